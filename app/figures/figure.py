"""What every figure is made of, and what it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from app.access.scope import WardScope
from app.formatting import format_day
from app.queries.wards import WardCard
from graphs.figures.theme import Plot

Cell = str | int | float | date | None


class FigureTable(NamedTuple):
    """The numbers of a figure; `links` are the addresses of the rows' first cells, if any."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A picture with everything that is told beside it.

    `draw` makes a plain plotly dict of `data` and `layout`, `tabulate` the numbers: a page shows
    the table and its browser asks for the plot later, so each is made when it is wanted. Where
    there may be nothing to draw, `empty_message` says so. Heights are in CSS pixels.
    """

    name: str
    title: str
    caption: str
    definition: str
    as_of: date
    draw: Callable[[], Plot]
    tabulate: Callable[[], FigureTable]
    height: int
    phone_height: int | None = None
    empty_message: str | None = None

    @cached_property
    def plot(self) -> Plot:
        """The plotly figure."""
        return self.draw()

    @cached_property
    def table(self) -> FigureTable:
        """The same numbers as a table."""
        return self.tabulate()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self.empty_message is not None and not self.plot["data"]

    @property
    def note(self) -> str:
        """The caption with the day of the figures, for a picture that leaves the page."""
        return f"{self.caption} Số liệu đến {format_day(self.as_of)}."


class FigureQuery(NamedTuple):
    """What a figure is asked for: wards of a scope (or one of them), a day, a choice of its own."""

    scope: WardScope
    day: date
    ward: WardCard | None = None
    choice: str = ""
