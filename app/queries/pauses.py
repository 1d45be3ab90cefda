"""Pauses of a role, and who could stand in."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.access.scope import WardScope
from app.queries.people import SPELLS
from app.queries.spells import RoleSpellRow, SpellKey, get_spell_holder
from models import Mentee, Pause, Person, db
from models.enums import PersonRole

PAUSED_SPELL: dict[PersonRole, InstrumentedAttribute[int | None]] = {
    PersonRole.MENTOR: Pause.mentor_id,
    PersonRole.MENTEE: Pause.mentee_id,
    PersonRole.SUPPORT_POST: Pause.support_post_id,
}
ROLE_OF_SPELL: dict[type[RoleSpellRow], PersonRole] = {
    model: role for role, model in SPELLS.items()
}


class PauseRow(NamedTuple):
    """A time away `[started_on, ended_on)`; `ended_on` is the day of the return."""

    id: int
    started_on: date
    ended_on: date
    substitute: str | None


class Substitute(NamedTuple):
    """Somebody who holds the same role in the same ward."""

    person_id: int
    full_name: str


def find_pause(scope: WardScope, key: SpellKey, day: date) -> PauseRow | None:
    """Return the pause of a role of the scope that lies around a day, else the next one."""
    get_spell_holder(scope, key)
    statement = (
        select(Pause.id, Pause.started_on, Pause.ended_on, Person.full_name)
        .outerjoin(Person, Person.id == Pause.substitute_person_id)
        .where(PAUSED_SPELL[key.role] == key.id, Pause.ended_on > day)
        .order_by(Pause.started_on, Pause.id)
        .limit(1)
    )
    row = db.session.execute(statement).one_or_none()
    return None if row is None else PauseRow(*row)


def get_pause(scope: WardScope, key: SpellKey, pause_id: int) -> Pause | None:
    """Return a pause of a role of the scope for writing, if it still is one."""
    get_spell_holder(scope, key)
    statement = select(Pause).where(Pause.id == pause_id, PAUSED_SPELL[key.role] == key.id)
    return db.session.scalar(statement.with_for_update())


def pauses_of(scope: WardScope, spells: Sequence[RoleSpellRow]) -> dict[int, list[Pause]]:
    """Return the pauses of spells of one role, of mentees those of the whole chain, by first day.

    One statement, for writing.
    """
    for ward_id in {spell.ward_id for spell in spells}:
        scope.require(ward_id)
    if not spells:
        return {}
    key: ColumnElement[int | None]
    statement = select(Pause).order_by(Pause.started_on, Pause.id)
    if isinstance(spells[0], Mentee):
        key = func.coalesce(Mentee.origin_id, Mentee.id)
        statement = statement.join(Mentee, Mentee.id == Pause.mentee_id)
    else:
        key = PAUSED_SPELL[ROLE_OF_SPELL[type(spells[0])]].expression
    firsts = {spell.id: _first_of_chain(spell) for spell in spells}
    of_chain: dict[int, list[Pause]] = defaultdict(list)
    rows = db.session.execute(statement.add_columns(key).where(key.in_(set(firsts.values()))))
    for pause, first in rows:
        of_chain[first].append(pause)
    return {spell_id: of_chain[first] for spell_id, first in firsts.items()}


def list_substitutes(scope: WardScope, key: SpellKey, day: date) -> list[Substitute]:
    """Return who holds the same role in the same ward and is there on a day, by given name.

    Nobody stands in for a mentee.
    """
    holder = get_spell_holder(scope, key)
    if key.role is PersonRole.MENTEE:
        return []
    spell = SPELLS[key.role]
    is_away = exists().where(
        PAUSED_SPELL[key.role] == spell.id,
        Pause.started_on <= day,
        Pause.ended_on > day,
        Pause.deleted_at.is_(None),
    )
    statement = (
        select(Person.id, Person.full_name)
        .join(spell, spell.person_id == Person.id)
        .where(spell.ward_id == holder.ward_id, spell.is_open_on(day), ~is_away)
        .where(Person.id != holder.person_id)
        .order_by(Person.sort_key, Person.id)
    )
    return [Substitute(*row) for row in db.session.execute(statement)]


def _first_of_chain(spell: RoleSpellRow) -> int:
    """A mentee's first spell stands for the whole chain, as nobody is away from half of it."""
    return (spell.origin_id or spell.id) if isinstance(spell, Mentee) else spell.id
