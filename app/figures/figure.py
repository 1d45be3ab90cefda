"""What every figure is made of, and what it is asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.access.scope import WardScope
from app.formatting import format_day
from app.queries.wards import WardCard

Cell = str | int | float | date | None


class FigureTable(NamedTuple):
    """The numbers of a figure; `links` are the addresses of the rows' first cells, if any."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with everything that is told beside it.

    `plot` is a plain plotly dict of `data` and `layout`; without data the page shows
    `empty_message`. Heights are in CSS pixels; a phone's may differ.
    """

    name: str
    title: str
    caption: str
    definition: str
    as_of: date
    plot: dict[str, Any]
    table: FigureTable
    height: int
    phone_height: int | None = None
    empty_message: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.plot["data"]

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
