"""What lists of people and of pairs share: search, state, ward, tag, who it is."""

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from datetime import date
from typing import ClassVar, Protocol, Self, TypeVar

from app.access.policy import Permission
from app.access.scope import WardScope
from app.formatting import write_phone
from app.forms.people_search import PeopleSearchForm
from app.queries.catalogues_for_forms import list_tags
from app.queries.list_order import By
from app.queries.people import SPELLS
from app.queries.tags import labels_by_spell
from app.texts import _
from app.web.listing import WARD, WORDS, Address, Column, Listing
from models.enums import PersonRole

STATE = "tinh-trang"
PHONE = "dien-thoai"
TAG = "nhan"


class PersonLine(Protocol):
    """What every line of a list of people says; the list fills in the tags where it shows them."""

    @property
    def id(self) -> int: ...
    @property
    def full_name(self) -> str: ...
    @property
    def birth_year(self) -> int | None: ...
    @property
    def phone(self) -> str | None: ...
    @property
    def hamlet(self) -> str | None: ...
    @property
    def ward_name(self) -> str: ...
    @property
    def started_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def tags(self) -> tuple[str, ...]: ...
    def _replace(self, *, tags: tuple[str, ...]) -> Self: ...


Line = TypeVar("Line")
Person = TypeVar("Person", bound=PersonLine)


class SearchListing(Listing[Line]):
    """A list that is narrowed by typed words, a state, a ward and a tag."""

    states: ClassVar[Sequence[tuple[str, str]]]

    def __init__(self, scope: WardScope, address: Address) -> None:
        super().__init__(scope, address)
        self.tags = list_tags()
        self.form = PeopleSearchForm(
            formdata=address, states=self.states, wards=self.wards, tags=self.tags
        )
        self.chosen = self.form.chosen

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the list."""
        return {
            WORDS: self.chosen.words,
            STATE: self.chosen.state,
            WARD: self.chosen.ward_code,
            TAG: self.chosen.tag,
        }

    @property
    def tools_look(self) -> Hashable:
        """All that the search box and the filters above the list depend on.

        None where words were typed: those are nobody's to keep.
        """
        if self.words:
            return None
        return self.url, self.query(), tuple(self.wards), tuple(self.tags)

    @property
    def filter_words(self) -> list[str]:
        """The state, the ward and the typed words."""
        parts = [dict(self.states)[self.chosen.state]]
        parts += [ward.full_name for ward in self.wards if ward.code == self.chosen.ward_code]
        if self.chosen.tag:
            parts.append(_("nhãn «%(tag)s»", tag=self.form.tag_label))
        if self.chosen.words:
            parts.append(_("tìm «%(words)s»", words=self.chosen.words))
        return parts


class PeopleListing(SearchListing[Person]):
    """A list of people of one role."""

    bulk_permission = Permission.EDIT_PEOPLE
    role: ClassVar[PersonRole]

    @abstractmethod
    def standing(self, line: Person) -> str:
        """Return in a few words how somebody stands in the role."""

    def tagged(self, lines: Sequence[Person]) -> list[Person]:
        """Return the lines with their tags, which only lists that show them ask for."""
        if TAG not in self.shown:
            return list(lines)
        labels = labels_by_spell(self.scope, SPELLS[self.role], [line.id for line in lines])
        return [line._replace(tags=labels.get(line.id, ())) for line in lines]

    @property
    def shows_more(self) -> bool:
        """Whether any column is shown that all lists of people have and none usually shows."""
        return any(column.key in self.shown for column in person_columns())

    @property
    def told_apart_by(self) -> dict[str, bool]:
        """What the line under a name tells since no column does; {} where columns tell it all."""
        columns = {"year": By.BIRTH_YEAR, "hamlet": By.HAMLET, "phone": PHONE}
        parts = {part: column not in self.shown for part, column in columns.items()}
        return parts if any(parts.values()) else {}


def name_columns() -> tuple[Column[PersonLine], ...]:
    """Return the columns with which every list of people begins."""
    return (
        Column(By.NAME, "Họ và tên", lambda line: line.full_name),
        Column(By.WARD, "Xã, phường", lambda line: line.ward_name, of_wards=True),
    )


def started_column(*, is_usual: bool = False) -> Column[PersonLine]:
    """Return the column of the day on which the role began."""
    return Column(By.STARTED_ON, "Bắt đầu", lambda line: line.started_on, is_usual=is_usual)


def person_columns() -> tuple[Column[PersonLine], ...]:
    """Return the columns that every list of people can show besides."""
    return (
        Column(By.BIRTH_YEAR, "Năm sinh", lambda line: line.birth_year, is_usual=False,
               is_numeric=True, tells_apart=True),
        Column(By.HAMLET, "Thôn, làng, tổ", lambda line: line.hamlet, is_usual=False),
        Column(PHONE, "Điện thoại", lambda line: write_phone(line.phone),
               is_usual=False, is_sorted=False, tells_apart=True),
        Column(TAG, "Nhãn", lambda line: "; ".join(line.tags), is_usual=False, is_sorted=False),
        Column(By.ENDED_ON, "Thôi ngày", lambda line: line.ended_on, is_usual=False),
    )  # fmt: skip
