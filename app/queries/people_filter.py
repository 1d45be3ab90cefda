"""How lists of people are narrowed and cut: typed words, ward, and a window in order of names."""

from datetime import date
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from app.access.scope import WardScope
from app.queries.kept_standings import count_open
from app.queries.kept_statements import kept_statement, read_scoped
from app.queries.list_order import Order, SpellTable, along_names, in_order
from app.queries.name_search import MEANT, find_people, is_meant, understand
from app.queries.tags import carries
from app.queries.windows import FoundIds, Window
from app.queries.word_search import find_in_all_wards
from models import Mentor, Ward, db

Columns = TypeVarTuple("Columns")
# So many are not sorted, and if words find them in all wards no further ones are counted.
MANY = 2_000


class PeopleFilter(NamedTuple):
    """What a list is narrowed to: typed words, the codes of state, ward and tag; "" is all."""

    words: str = ""
    state: str = ""
    ward_code: str = ""
    tag: str = ""


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
        is_person = MEANT.id == spell.person_id
        return statement.join(MEANT, is_person).where(is_meant(chosen.words))
    found = people.subquery("found")
    return statement.join(found, found.c.id == spell.person_id)


def count_spells(
    scope: WardScope, spell: SpellTable, chosen: PeopleFilter, is_in_state: ColumnElement[bool]
) -> int:
    """Return how many spells a filter finds, of those in a state.

    The condition is one that is kept, so that the statement with it may be.
    """
    if chosen.words:
        return db.session.scalar(_counted(scope, spell, chosen, is_in_state)) or 0
    [(count,)] = read_scoped(scope, _kept_counted, spell, chosen, is_in_state)
    return count


def find_spells(
    scope: WardScope,
    spell: SpellTable,
    chosen: PeopleFilter,
    is_in_state: ColumnElement[bool],
    window: Window,
) -> FoundIds:
    """Return a window of the spells that a filter finds, of those in a state.

    The condition is one that is kept, so that the statement with it may be.
    """
    is_narrow = _is_narrow(scope, chosen)
    meaning = None if is_narrow else understand(chosen.words)
    if meaning is not None:
        return find_in_all_wards(scope, (spell, is_in_state), meaning, window, most=MANY)
    total = window.known_total
    if total is None:
        total = count_spells(scope, spell, chosen, is_in_state)
    is_sorted = total < MANY or is_narrow or not window.order.is_of_names
    in_its_order = spell, chosen, is_in_state, window.order, is_sorted
    cut = {"rows_before": window.offset(total), "rows_shown": window.size}
    if chosen.words:
        ids = list(db.session.scalars(_ordered(scope, *in_its_order), cut))
    else:
        ids = [row.id for row in read_scoped(scope, _kept_ordered, *in_its_order, **cut)]
    return FoundIds(ids, total, has_more=False)


def list_spell_ids(
    scope: WardScope,
    spell: SpellTable,
    chosen: PeopleFilter,
    is_in_state: ColumnElement[bool],
    order: Order,
) -> list[int]:
    """Return the ids of all spells that a filter finds, of those in a state, in order."""
    found = select_spells(scope, spell, chosen, is_in_state)
    return list(db.session.scalars(in_order(found, spell, order)))


def counted_window(
    scope: WardScope, spell: SpellTable, chosen: PeopleFilter, window: Window, day: date
) -> Window:
    """Return the window with the number of rows, where all open spells are wanted.

    Those the kept network has counted; where none is kept, the window comes back as it is.
    """
    if chosen.words or chosen.state or chosen.tag:
        return window
    spells = count_open(scope, day, chosen.ward_code)
    if spells is None:
        return window
    return window._replace(known_total=spells.mentors if spell is Mentor else spells.mentees)


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
        statement = _limited(select(spell.id), scope, spell, chosen).where(is_in_state)
        statement = along_names(statement, spell, order)
    return statement.offset(bindparam("rows_before")).limit(bindparam("rows_shown"))


_kept_ordered = kept_statement(_ordered)


def _counted(
    scope: WardScope, spell: SpellTable, chosen: PeopleFilter, is_in_state: ColumnElement[bool]
) -> Select[int]:
    counted = select_spells(scope, spell, chosen, is_in_state).subquery()
    return select(func.count()).select_from(counted)


_kept_counted = kept_statement(_counted)


def _is_narrow(scope: WardScope, chosen: PeopleFilter) -> bool:
    """Say whether the list is one of few wards or of a tag: never too many to sort."""
    return not scope.is_everywhere or bool(chosen.ward_code or chosen.tag)


def _limited(
    statement: Select[*Columns], scope: WardScope, spell: SpellTable, chosen: PeopleFilter
) -> Select[*Columns]:
    statement = statement.where(scope.limit(spell.ward_id))
    if chosen.tag:
        statement = statement.where(carries(scope, spell.person_id, chosen.tag))
    if not chosen.ward_code:
        return statement
    # A list in order of wards has joined the table as well.
    ward_id = select(Ward.id).where(Ward.code == chosen.ward_code).correlate(None)
    return statement.where(spell.ward_id == ward_id.scalar_subquery())
