"""What a bench is given, and what it is."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bench.measuring import Bounds, Measured
from bench.sites import Site, Sites


class Lab(NamedTuple):
    """Where a bench works: the sites of this run, and the scale that it is asked about."""

    sites: Sites
    scale: str

    @property
    def site(self) -> Site:
        """The site of the scale in question."""
        return self.sites.open(self.scale)

    @property
    def is_quick(self) -> bool:
        """Whether the answer is wanted within seconds."""
        return self.scale == "S1"


class Bench(NamedTuple):
    """A comparison: what its ratio must be, and how to measure it; may yield several lines.

    Where `large_only`, that is asked of the larger scale alone.
    """

    bounds: Bounds
    measure: Callable[[Lab], Iterator[Measured]]
    large_only: bool = False


class WrongAnswerError(Exception):
    """What was to be measured does not do what it should; the argument says how."""
