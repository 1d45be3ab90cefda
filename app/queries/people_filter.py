"""How lists of people are narrowed and cut: typed words, ward, and a window in order of names."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, UnaryExpression, and_, func, select
from sqlalchemy.sql.operators import custom_op

from app.access.scope import WardScope
from app.queries.name_search import find_people
from models import Mentee, Mentor, Person, SupportPost, Ward, db

SpellTable = type[Mentor] | type[Mentee] | type[SupportPost]
# From so many rows on it is cheaper to walk along the names until a window is full than to sort.
MANY = 5_000


class PeopleFilter(NamedTuple):
    """What a list is narrowed to: typed words, a code for the state, a ward's code; "" is all."""

    words: str = ""
    state: str = ""
    ward_code: str = ""


class Window(NamedTuple):
    """Which page of a long list is wanted; one that does not exist means the nearest that does."""

    page: int = 1
    size: int = 50

    def offset(self, total: int) -> int:
        """Return how many of `total` rows stand before the page."""
        last_page = max(1, -(-total // self.size))
        return (min(max(self.page, 1), last_page) - 1) * self.size


def matches_filter(
    scope: WardScope, spell: SpellTable, chosen: PeopleFilter
) -> ColumnElement[bool]:
    """Return the condition on a table of spells for the scope, the typed words and the ward."""
    conditions = [scope.limit(spell.ward_id)]
    if chosen.ward_code:
        ward_id = select(Ward.id).where(Ward.code == chosen.ward_code).scalar_subquery()
        conditions.append(spell.ward_id == ward_id)
    people = find_people(chosen.words)
    if people is not None:
        conditions.append(spell.person_id.in_(people))
    return and_(*conditions)


def count_spells(scope: WardScope, spell: SpellTable, is_wanted: ColumnElement[bool]) -> int:
    """Return how many spells of the scope there are of a kind that meet a condition."""
    statement = select(func.count()).select_from(spell).where(scope.limit(spell.ward_id), is_wanted)
    return db.session.scalar(statement) or 0


def list_spell_ids(
    scope: WardScope,
    spell: SpellTable,
    is_wanted: ColumnElement[bool],
    window: Window,
    total: int,
) -> list[int]:
    """Return the ids in a window of the spells that meet a condition, of which there are `total`.

    They are in order of names, then of ids.
    """
    statement = in_order_of_names(scope, spell, is_wanted, walks=total >= MANY)
    return list(db.session.scalars(statement.offset(window.offset(total)).limit(window.size)))


def in_order_of_names(
    scope: WardScope, spell: SpellTable, is_wanted: ColumnElement[bool], *, walks: bool = False
) -> Select[int]:
    """Return the select of the ids of spells that meet a condition, by given name, then by id.

    With `walks` the people are taken in order of their names until there are enough, instead of
    sorting all: a key with a sign in front cannot be looked up, so SQLite begins with the people.
    """
    key: ColumnElement[Any] = Person.__table__.c.id
    if walks:
        key = UnaryExpression(key, operator=custom_op("+"), type_=key.type)
    return (
        select(spell.id)
        .join(Person, key == spell.person_id)
        .where(scope.limit(spell.ward_id), is_wanted)
        .order_by(Person.sort_key, spell.id)
    )
