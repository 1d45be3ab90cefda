"""Which part of a long list a page shows, and the addresses of the parts beside it."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request

PAGE_SIZE = 40


@dataclass(frozen=True, slots=True)
class Paging:
    """One part of a list of `total` rows; what the template component `pager` reads.

    With `has_more` the list goes on behind those rows, and nobody counted how far.
    """

    total: int
    page: int
    size: int = PAGE_SIZE
    has_more: bool = False

    @classmethod
    def asked_for(cls, total: int, size: int = PAGE_SIZE, *, has_more: bool = False) -> "Paging":
        """Return the part that the address asks for by `trang`; the nearest one that exists."""
        paging = cls.of_page(request.args.get("trang", default=1, type=int), total, size)
        return replace(paging, has_more=has_more)

    @classmethod
    def of_page(cls, wanted: int, total: int, size: int) -> "Paging":
        """Return a part by its number; the nearest one that exists."""
        last = max(1, -(-total // size))
        return cls(total, min(max(wanted, 1), last), size)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many rows stand before this part."""
        return (self.page - 1) * self.size

    @property
    def first_index(self) -> int:
        return min(self.offset + 1, self.total)

    @property
    def last_index(self) -> int:
        return min(self.offset + self.size, self.total)

    @property
    def prev_url(self) -> str | None:
        return self._url(self.page - 1) if self.page > 1 else None

    @property
    def next_url(self) -> str | None:
        return self._url(self.page + 1) if self.page < self.pages else None

    def _url(self, page: int) -> str:
        # Never through `url_for`: words of the address would become its options (`_scheme`).
        words = [pair for pair in request.args.items(multi=True) if pair[0] != "trang"]
        return f"{request.path}?{urlencode([*words, ('trang', page)])}"
