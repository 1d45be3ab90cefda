"""Which page of a long list is wanted, and what was found of it."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from app.queries.list_order import Order

Line = TypeVar("Line")


class Window(NamedTuple):
    """Which page of a long list is wanted; one that does not exist means the nearest that does.

    Who knows how many rows the list has says so in `known_total`, and they are not counted.
    """

    page: int = 1
    size: int = 50
    known_total: int | None = None
    order: Order = Order()

    def offset(self, total: int) -> int:
        """Return how many of `total` rows stand before the page."""
        last_page = max(1, -(-total // self.size))
        return (min(max(self.page, 1), last_page) - 1) * self.size

    def cut(self, ids: list[int]) -> "FoundIds":
        """Return the page of a list of which all ids are at hand, in order."""
        start = self.offset(len(ids))
        return FoundIds(ids[start : start + self.size], len(ids), has_more=False)


class FoundIds(NamedTuple):
    """Ids of the window of a list, in its order; `total` counts all, for words up to a bound.

    `has_more` says that words found more than that.
    """

    ids: list[int]
    total: int
    has_more: bool

    def shown_as(self, lines: Sequence[Line]) -> "FoundLines[Line]":
        """Return the same with the lines of the ids."""
        return FoundLines(lines, self.total, self.has_more)


class FoundLines(NamedTuple, Generic[Line]):
    """A window of a list; `has_more` says that words found more than `total`."""

    lines: Sequence[Line]
    total: int
    has_more: bool
