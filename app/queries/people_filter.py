"""How lists of people are narrowed and cut: typed words, ward, and a window in order of names."""

from typing import NamedTuple, TypeVarTuple

from sqlalchemy import ColumnElement, Select, UnaryExpression, bindparam, func, select
from sqlalchemy.sql.operators import custom_op

from app.access.scope import WardScope
from app.queries.kept_statements import kept_statement, read_rows
from app.queries.list_order import Order, SpellTable, joined_for, order_keys
from app.queries.name_search import find_people, is_meant
from models import Person, Ward, db

Columns = TypeVarTuple("Columns")
# So many are not sorted, and if words find them no further ones are counted.
MANY = 2_000


class PeopleFilter(NamedTuple):
    """What a list is narrowed to: typed words, a code for the state, a ward's code; "" is all."""

    words: str = ""
    state: str = ""
    ward_code: str = ""


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

    def cut(self, ids: list[int]) -> "FoundSpells":
        """Return the page of a list of which all ids are at hand, in order."""
        start = self.offset(len(ids))
        return FoundSpells(ids[start : start + self.size], len(ids), has_more=False)


class FoundSpells(NamedTuple):
    """Ids of the window of a list, in its order; `total` counts all, up to `MANY` for words.

    `has_more` says that words found so many or more.
    """

    ids: list[int]
    total: int
    has_more: bool


def select_spells(
    scope: WardScope, spell: SpellTable, chosen: PeopleFilter, is_in_state: ColumnElement[bool]
) -> Select[int]:
    """Return the select of the ids of the spells that a filter finds, of those in a state."""
    statement = _limited(select(spell.id), scope, spell, chosen).where(is_in_state)
    people = find_people(chosen.words)
    if people is None:
        return statement
    if _is_narrow(scope, chosen):
        # Reading the names of a ward is less work than finding them in all wards.
        is_person = Person.id == spell.person_id
        return statement.join(Person, is_person).where(is_meant(chosen.words))
    found = people.subquery("found")
    return statement.join(found, found.c.id == spell.person_id)


def count_spells(
    scope: WardScope, spell: SpellTable, chosen: PeopleFilter, is_in_state: ColumnElement[bool]
) -> int:
    """Return how many spells a filter finds, of those in a state; for words at most `MANY`."""
    statement = select_spells(scope, spell, chosen, is_in_state)
    counted = (statement.limit(MANY) if chosen.words else statement).subquery()
    return db.session.scalar(select(func.count()).select_from(counted)) or 0


def find_spells(
    scope: WardScope,
    spell: SpellTable,
    chosen: PeopleFilter,
    is_in_state: ColumnElement[bool],
    window: Window,
) -> FoundSpells:
    """Return a window of the spells that a filter finds, of those in a state.

    The condition is one that is kept, so that the statement with it may be.
    """
    if chosen.words and not _is_narrow(scope, chosen):
        found = _among_few_people(scope, spell, chosen, is_in_state, window)
        if found is not None:
            return found
    total = window.known_total
    if total is None:
        total = count_spells(scope, spell, chosen, is_in_state)
    has_more = bool(chosen.words) and total == MANY
    is_sorted = total < MANY or _is_narrow(scope, chosen) or not window.order.is_of_names
    in_its_order = scope, spell, chosen, is_in_state, window.order, is_sorted
    cut = {"rows_before": window.offset(total), "rows_shown": window.size}
    if chosen.words:
        ids = list(db.session.scalars(_ordered(*in_its_order), cut))
    else:
        ids = [row.id for row in read_rows(_kept_ordered(*in_its_order), **cut)]
    return FoundSpells(ids, total, has_more)


def _among_few_people(
    scope: WardScope,
    spell: SpellTable,
    chosen: PeopleFilter,
    is_in_state: ColumnElement[bool],
    window: Window,
) -> FoundSpells | None:
    """Return a window of the spells of few people whom words find.

    None for twice `MANY` people or more, and where the window is empty. It is one statement:
    finding the people takes longer than what is then asked about a few of them.
    """
    people = find_people(chosen.words)
    if people is None:
        return None
    hits = people.limit(2 * MANY).cte("hits")
    are_few = select(func.count()).select_from(hits).scalar_subquery() < 2 * MANY
    found = (
        _limited(select(spell.id, func.count().over().label("total")), scope, spell, chosen)
        .join(hits, hits.c.id == spell.person_id)
        .join(Person, Person.id == spell.person_id)
        .where(is_in_state, are_few)
    )
    statement = joined_for(found, spell, window.order).order_by(*order_keys(spell, window.order))
    # Among more than are counted no page comes after the last of those that are.
    start = window.offset(MANY)
    rows = db.session.execute(statement.offset(start).limit(window.size)).all()
    if not rows:
        return None
    total: int = min(rows[0].total, MANY)
    return FoundSpells([row.id for row in rows], total, has_more=total == MANY)


def _ordered(  # noqa: PLR0913, PLR0917  # what a statement is kept by
    scope: WardScope,
    spell: SpellTable,
    chosen: PeopleFilter,
    is_in_state: ColumnElement[bool],
    order: Order,
    is_sorted: bool,  # noqa: FBT001  # as one of the things that a statement is kept by
) -> Select[int]:
    """Return the select of a window in an order: sorted, or along all names till it is full."""
    if is_sorted:
        statement = in_order(select_spells(scope, spell, chosen, is_in_state), spell, order)
    else:
        statement = _along_names(scope, spell, chosen, order).where(is_in_state)
    return statement.offset(bindparam("rows_before")).limit(bindparam("rows_shown"))


_kept_ordered = kept_statement(_ordered)


def in_order(ids: Select[int], spell: SpellTable, order: Order) -> Select[int]:
    """Return the select of the same ids of spells in an order."""
    found = ids.subquery("chosen")
    statement = (
        select(found.c.id)
        .join(spell, spell.id == found.c.id)
        .join(Person, Person.id == spell.person_id)
    )
    return joined_for(statement, spell, order).order_by(*order_keys(spell, order))


def _along_names(
    scope: WardScope, spell: SpellTable, chosen: PeopleFilter, order: Order
) -> Select[int]:
    """Take people in order of their names until a window is full, instead of sorting all.

    A key with a sign cannot be looked up: so SQLite begins with the people.
    """
    key = Person.__table__.c.id
    signed_key = UnaryExpression(key, operator=custom_op("+"), type_=key.type)
    statement = _limited(select(spell.id), scope, spell, chosen)
    people = find_people(chosen.words)
    if people is not None:
        statement = statement.where(signed_key.in_(people))
    return statement.join(Person, signed_key == spell.person_id).order_by(*order_keys(spell, order))


def _is_narrow(scope: WardScope, chosen: PeopleFilter) -> bool:
    """Say whether the list is one of few wards, of which there are never too many to sort."""
    return not scope.is_everywhere or bool(chosen.ward_code)


def _limited(
    statement: Select[*Columns], scope: WardScope, spell: SpellTable, chosen: PeopleFilter
) -> Select[*Columns]:
    statement = statement.where(scope.limit(spell.ward_id))
    if not chosen.ward_code:
        return statement
    ward_id = select(Ward.id).where(Ward.code == chosen.ward_code).scalar_subquery()
    return statement.where(spell.ward_id == ward_id)
