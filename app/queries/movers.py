"""Who came, went or moved: the people behind the spells that a comparison of days names."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from app.access.scope import WardScope
from app.queries.kept_statements import kept_statement, read_scoped
from models import Mentee, Mentor, Person, SupportPost, Ward


class MoverRole(StrEnum):
    """The roles in which people come and go, as addresses name them."""

    MENTOR = "mentor"
    MENTEE = "nguoi-hoc"
    SUPPORT = "ho-tro"


class SpellCard(NamedTuple):
    """A spell: whose it is, where, from when, and until when if it has ended."""

    id: int
    full_name: str
    ward_name: str
    started_on: date
    ended_on: date | None


_TABLES: dict[MoverRole, type[Mentor | Mentee | SupportPost]] = {
    MoverRole.MENTOR: Mentor,
    MoverRole.MENTEE: Mentee,
    MoverRole.SUPPORT: SupportPost,
}


def name_spells(
    scope: WardScope, role: MoverRole, spell_ids: Collection[int]
) -> dict[int, SpellCard]:
    """Return the spells of a page that lie in the scope, by id; who is absent stays unnamed."""
    rows = read_scoped(scope, _spells, role, ids=sorted(spell_ids))
    return {row[0]: SpellCard._make(row) for row in rows}


@kept_statement
def _spells(scope: WardScope, role: MoverRole) -> Select[*tuple[Any, ...]]:
    spell = _TABLES[role]
    return (
        select(spell.id, Person.full_name, Ward.name, spell.started_on, spell.ended_on)
        .join(Person, Person.id == spell.person_id)
        .join(Ward, Ward.id == spell.ward_id)
        .where(spell.id.in_(bindparam("ids", expanding=True)), scope.limit(spell.ward_id))
    )
