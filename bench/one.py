"""One bench, measured in a process of its own."""

import sys
from dataclasses import replace
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from bench.lab import Lab, WrongAnswerError
from bench.measuring import Bounds, Measured, as_json, unmeasured
from bench.sites import Sites


class Order(NamedTuple):
    """What is to be measured, at which scale, on which database.

    `place` is the module of the bench: what only others need is not loaded. `folders` are those of
    `Sites`.
    """

    place: str
    name: str
    scale: str
    folders: tuple[Path, Path]
    on_postgresql: bool = False

    @property
    def shown_name(self) -> str:
        """The name in the line of JSON."""
        return self.name + ("_postgresql" if self.on_postgresql else "")

    def sites(self) -> Sites:
        """The databases to measure on."""
        if not self.on_postgresql:
            return Sites(*self.folders)
        # Needed here alone: the other benches run without a server.
        from bench.postgresql import PostgresqlSites

        return PostgresqlSites(*self.folders)


def run(order: Order, holding: "Connection[bool, None]") -> None:
    """Print one line of JSON for each figure of a bench, and tell whether it holds."""
    name, scale = order.shown_name, order.scale
    bench = import_module(order.place).BENCHES[order.name]
    try:
        lab = Lab(order.sites(), scale)
        for measured in bench.measure(lab):
            is_judged = not (lab.is_quick and bench.large_only)
            shown = measured if is_judged else unjudged(measured)
            tell(name, scale, bench.bounds, shown, holding)
    except WrongAnswerError as error:
        tell(name, scale, bench.bounds, unmeasured("nothing", str(error)), holding)


def unjudged(measured: Measured) -> Measured:
    """Say that a figure of the smaller scale is no matter of the bounds."""
    return replace(measured, of=f"{measured.of}; judged at the larger scale", is_judged=False)


def tell(
    name: str, scale: str, bounds: Bounds, measured: Measured, holding: "Connection[bool, None]"
) -> None:
    """Print the line, and beside it why an answer was wrong; what was wrong goes to errors."""
    print(as_json(name, scale, bounds, measured), flush=True)
    if measured.fault:
        print(f"{name}: {measured.fault}", file=sys.stderr, flush=True)
    holding.send(measured.holds(bounds) is not False)
