"""Runs one bench in a process of its own: `python -m bench.one MODULE NAME SCALE KEPT COPIES`.

The module is that of the bench: what only others need is not loaded.
"""

import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from bench.lab import Bench, Lab, WrongAnswerError
from bench.measuring import Bounds, Measured, as_json, unmeasured
from bench.sites import Sites


def run(name: str, bench: Bench, scale: str, sites: Sites) -> None:
    """Print one line of JSON for each figure; what was wrong goes to standard error."""
    try:
        lab = Lab(sites, scale)
        for measured in bench.measure(lab):
            is_judged = not (lab.is_quick and bench.large_only)
            tell(name, scale, bench.bounds, measured if is_judged else unjudged(measured))
    except WrongAnswerError as error:
        tell(name, scale, bench.bounds, unmeasured("nothing", str(error)))


def unjudged(measured: Measured) -> Measured:
    """Say that a figure of the smaller scale is no matter of the bounds."""
    return replace(measured, of=f"{measured.of}; judged at the larger scale", is_judged=False)


def tell(name: str, scale: str, bounds: Bounds, measured: Measured) -> None:
    """Print the line, and beside it why an answer was wrong."""
    print(as_json(name, scale, bounds, measured), flush=True)
    if measured.fault:
        print(f"{name}: {measured.fault}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    module, name, scale, kept, copies = sys.argv[1:]
    run(name, import_module(module).BENCHES[name], scale, Sites(Path(kept), Path(copies)))
