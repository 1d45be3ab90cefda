"""Who is found by what somebody types, in any role: one line for each role of a person."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, select
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from app.queries.kept_statements import kept_statement, read_scoped
from app.queries.list_order import SpellTable
from app.queries.people import SPELLS
from app.queries.people_filter import PeopleFilter, find_spells
from app.queries.windows import FoundLines, Window
from models import Hamlet, Person, Ward
from models.enums import PersonRole


class PersonFound(NamedTuple):
    """Somebody in a role; `id` is that of the latest spell in it that the scope has."""

    id: int
    full_name: str
    birth_year: int | None
    phone: str | None
    hamlet: str | None
    ward_name: str
    started_on: date
    ended_on: date | None


def search_role(
    scope: WardScope, role: PersonRole, words: str, *, at_most: int
) -> FoundLines[PersonFound]:
    """Return the people of the scope whom words mean in a role, ended ones too, by given name."""
    spell = SPELLS[role]
    window = Window(size=at_most)
    found = find_spells(scope, spell, PeopleFilter(words), _is_latest(scope, spell), window)
    rows = {row.id: row for row in read_scoped(scope, _lines, spell, ids=found.ids)}
    return found.shown_as([PersonFound._make(rows[key]) for key in found.ids])


@kept_statement
def _is_latest(scope: WardScope, spell: SpellTable) -> ColumnElement[bool]:
    """Of several spells of a person in one role, those that nobody moved or came back from."""
    later = aliased(spell)
    return ~exists().where(
        later.person_id == spell.person_id,
        later.started_on > spell.started_on,
        later.deleted_at.is_(None),
        scope.limit(later.ward_id),
    )


@kept_statement
def _lines(scope: WardScope, spell: SpellTable) -> Select[*tuple[Any, ...]]:
    return (
        select(
            spell.id,
            Person.full_name,
            Person.birth_year,
            Person.phone,
            Hamlet.name,
            Ward.name,
            spell.started_on,
            spell.ended_on,
        )
        .join(Person, Person.id == spell.person_id)
        .join(Ward, Ward.id == spell.ward_id)
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .where(spell.id.in_(bindparam("ids", expanding=True)), scope.limit(spell.ward_id))
    )
