"""What all lists have in common: the address says the filter, the order and the columns.

One description serves the page, the workbook, and whoever needs all ids that a filter finds.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Generic, TypedDict, TypeVar
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from app import clock
from app.access.current import may
from app.access.policy import Permission
from app.access.scope import WardScope
from app.exchange.figure_workbook import Cell
from app.queries.list_order import Order
from app.queries.saved_views import list_views
from app.queries.wards import WardCard, list_wards
from app.queries.windows import FoundLines, Window
from app.texts import _
from app.web.addresses import known_address
from app.web.paging import Paging
from app.web.shortcuts import ShortcutLink

Line = TypeVar("Line")
Address = MultiDict[str, str]

WORDS, WARD, ORDER, COLUMNS, PAGE = "q", "xa", "sap", "cot", "trang"
DESCENDING = "-"
# Of the rows that a filter finds: those that were ticked, or all of them.
CHOSEN, ALL = "chon", "tat_ca"


@dataclass(frozen=True, slots=True)
class Column(Generic[Line]):
    """One column: its key in addresses, its heading, and what a workbook says in it.

    `is_usual` columns are shown unless others are chosen; `of_wards` ones to readers of several.
    `url` leads from what it says to a page, where there is one. `tells_apart` ones stand in every
    workbook: by them the import knows the row again.
    """

    key: str
    label: str
    value: Callable[[Line], Cell]
    is_usual: bool = True
    is_numeric: bool = False
    is_sorted: bool = True
    of_wards: bool = False
    url: Callable[[Line], str | None] | None = None
    tells_apart: bool = False


class Heading(TypedDict):
    """A heading as the table shows it; `direction` is how the list is in order of it, or ""."""

    text: str
    numeric: bool
    url: str | None
    direction: str


class Choice(TypedDict):
    """An order or a column that may be chosen."""

    value: str
    label: str
    is_chosen: bool


class Listing(ABC, Generic[Line]):
    """One list as an address asks for it; what the address does not know counts as not said.

    The first column is the row's name: always shown, and the usual order unless another is named.
    Who may see the list has `permission`.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    noun: ClassVar[str] = "người"
    endpoint: ClassVar[str]
    export_endpoint: ClassVar[str]
    permission: ClassVar[Permission] = Permission.VIEW_PEOPLE
    export_permission: ClassVar[Permission] = Permission.EXPORT_ROSTERS
    bulk_permission: ClassVar[Permission | None] = None
    usual_order: ClassVar[Order] = Order()
    page_size: ClassVar[int] = 50
    columns: ClassVar[tuple[Column, ...]]  # type: ignore[type-arg]  # of the list's own lines

    def __init__(self, scope: WardScope, address: Address) -> None:
        self.scope = scope
        self.address = address
        self.today: date = clock.today()
        self.wards: list[WardCard] = list_wards(scope)
        self.order = self._asked_order()
        self.shown = self._asked_columns()

    @abstractmethod
    def window(self) -> FoundLines[Line]:
        """Return the page of the list that the address asks for."""

    @abstractmethod
    def ids(self) -> list[int]:
        """Return the ids of all rows that the filter finds, on whatever page, in order."""

    @abstractmethod
    def lines(self, ids: Sequence[int]) -> Iterable[Line]:
        """Return the lines of some of these ids, in their order."""

    @property
    @abstractmethod
    def filters(self) -> dict[str, str]:
        """Return what narrows the list, as names and values of the address; "" narrows nothing."""

    @property
    @abstractmethod
    def filter_words(self) -> list[str]:
        """Return in words what the list is narrowed to."""

    @property
    def wards_of_place(self) -> list[WardCard]:
        """The ward that the list is narrowed to, else all wards of the reader."""
        code = self.filters.get(WARD, "")
        return [ward for ward in self.wards if ward.code == code] or self.wards

    @property
    def place(self) -> WardScope:
        """The wards whose rows the list can hold."""
        narrowed = self.wards_of_place
        if len(narrowed) == 1 and len(self.wards) > 1:
            return self.scope.narrowed_to(narrowed[0].id)
        return self.scope

    @property
    def url(self) -> str:
        """The address of the whole list."""
        return known_address(self.endpoint)

    @property
    def words(self) -> str:
        """What was typed into the search box."""
        return self.filters.get(WORDS, "")

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was typed or chosen that leaves rows out."""
        return any(self.filters.values())

    @property
    def clear_url(self) -> str | None:
        """The way back to all rows, in the order and columns shown; None where none is left out.

        An order alone does not open the fold with the filters: the list stays in sight.
        """
        narrowing = [name for name, value in self.filters.items() if value and name != WORDS]
        if not narrowing:
            return None
        rest = self.query(without=self.filters)
        return f"{self.url}?{rest}" if rest else self.url

    @property
    def asked_window(self) -> Window:
        """The page that the address asks for."""
        return Window(self.address.get(PAGE, 1, int), self.page_size, order=self.order)

    def paging(self, found: FoundLines[Line]) -> Paging:
        """Return the parts of the list beside the one that is shown."""
        return Paging.asked_for(found.total, self.page_size, has_more=found.has_more)

    def query(self, *, without: Iterable[str] = (), **other: str) -> str:
        """Return what the address says beside the page, in short; `other` takes the place of it."""
        said = [*self.filters.items(), (ORDER, self._order_value(self.order))]
        said = [(name, other.get(name, value)) for name, value in said if name not in without]
        usual = {ORDER: self._order_value(self.usual_order)}
        pairs = [(name, value) for name, value in said if value and value != usual.get(name)]
        return urlencode(pairs + self._said_columns())

    @property
    def kept_by_search(self) -> list[tuple[str, str]]:
        """What a new search keeps of the address."""
        said = [*self.filters.items(), (ORDER, self._order_value(self.order))]
        return [pair for pair in said if pair[0] != WORDS] + self._said_columns()

    @property
    def headings(self) -> list[Heading]:
        """The headings of the columns that are shown, each a link that puts the list in order."""
        return [self._heading(column) for column in self.shown_columns]

    @property
    def shown_columns(self) -> list[Column[Line]]:
        """The columns that the address asks for, in order."""
        return [column for column in self.columns if column.key in self.shown]

    @property
    def file_columns(self) -> list[Column[Line]]:
        """The columns of a workbook: those shown, and those that tell who a row is about."""
        return [column for column in self.columns if column.key in self.shown or column.tells_apart]

    @property
    def orders(self) -> list[Choice]:
        """Every order that may be chosen."""
        chosen = self._order_value(self.order)
        ways = (("", _("tăng dần")), (DESCENDING, _("giảm dần")))
        return [
            Choice(
                value=way + column.key,
                label=f"{column.label}, {word}",
                is_chosen=way + column.key == chosen,
            )
            for column in self._offered_columns()
            if column.is_sorted
            for way, word in ways
        ]

    @property
    def column_choices(self) -> list[Choice]:
        """Every column beside the first, which is always shown."""
        return [
            Choice(value=column.key, label=column.label, is_chosen=column.key in self.shown)
            for column in self._offered_columns()[1:]
        ]

    @property
    def links(self) -> list[ShortcutLink]:
        """What may be done with the list as it is shown, and the views that the reader keeps."""
        said = f"?{self.query()}".removesuffix("?")
        views = [
            ShortcutLink(view.name, f"{self.url}?{view.query}".removesuffix("?"), "list-ul")
            for view in list_views(self.scope, self.key)
        ]
        keep = f"{url_for('saved_views.index', list_key=self.key)}{said}"
        ways = [*views, ShortcutLink(_("Lưu cách xem này"), keep, "sliders")]
        if self.bulk_permission is not None and may(self.bulk_permission):
            url = f"{url_for('bulk.index', list_key=self.key)}{said}"
            ways.append(ShortcutLink(_("Chọn nhiều người"), url, "check2-all"))
        if may(self.export_permission):
            url = f"{known_address(self.export_endpoint)}{said}"
            ways.append(ShortcutLink(_("Tải danh sách này (.xlsx)"), url, "download"))
        return ways

    def _offered_columns(self) -> list[Column[Line]]:
        several = len(self.wards) > 1
        return [column for column in self.columns if several or not column.of_wards]

    def _asked_order(self) -> Order:
        said = self.address.get(ORDER, "")
        column = said.removeprefix(DESCENDING)
        known = {column.key for column in self.columns if column.is_sorted}
        if column not in known:
            return self.usual_order
        return Order(column, is_descending=said.startswith(DESCENDING))

    def _asked_columns(self) -> frozenset[str]:
        offered = self._offered_columns()
        asked = set(self.address.getlist(COLUMNS)) & {column.key for column in offered}
        if not asked:
            return self._usual_columns()
        return frozenset(asked | {offered[0].key})

    def _usual_columns(self) -> frozenset[str]:
        return frozenset(column.key for column in self._offered_columns() if column.is_usual)

    def _said_columns(self) -> list[tuple[str, str]]:
        if self.shown == self._usual_columns():
            return []
        return [(COLUMNS, column.key) for column in self.shown_columns]

    def _heading(self, column: Column[Line]) -> Heading:
        is_current = column.key == self.order.column
        is_descending = is_current and self.order.is_descending
        url = None
        if column.is_sorted:
            following = Order(column.key, is_descending=is_current and not is_descending)
            query = self.query(**{ORDER: self._order_value(following)})
            url = f"{self.url}?{query}" if query else self.url
        direction = ("descending" if is_descending else "ascending") if is_current else ""
        return Heading(text=column.label, numeric=column.is_numeric, url=url, direction=direction)

    @staticmethod
    def _order_value(order: Order) -> str:
        return (DESCENDING if order.is_descending else "") + order.column


AnyListing = Listing[Any]
