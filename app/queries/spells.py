"""The spells of any role, for writing, and what was recorded for them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.mentees import get_mentee
from app.queries.mentors import get_mentor
from app.queries.people import SPELLS
from app.queries.support_posts import get_support_post
from models import (
    Attendance,
    Contact,
    DutyTurn,
    Mentee,
    Mentor,
    Mentorship,
    Person,
    SupportPost,
    db,
)
from models.enums import PersonRole

RoleSpellRow = Mentor | Mentee | SupportPost


class SpellKey(NamedTuple):
    """Which spell: the ids of mentors, mentees and posts are counted apart."""

    role: PersonRole
    id: int


class SpellHolder(NamedTuple):
    """Who holds a role, where, and the day from which no longer."""

    person_id: int
    ward_id: int
    ended_on: date | None


def get_spell_holder(scope: WardScope, key: SpellKey) -> SpellHolder:
    """Return who holds a role, for reading; 404 outside the scope."""
    spell = SPELLS[key.role]
    row = db.session.execute(
        select(spell.person_id, spell.ward_id, spell.ended_on).where(
            spell.id == key.id, scope.limit(spell.ward_id)
        )
    ).one_or_none()
    if row is None:
        raise OutOfScopeError(spell, key.id)
    return SpellHolder(*row)


def get_spell(scope: WardScope, key: SpellKey) -> RoleSpellRow:
    """Return a spell for writing, locked until the transaction ends; 404 outside the scope."""
    if key.role is PersonRole.MENTOR:
        return get_mentor(scope, key.id)
    if key.role is PersonRole.MENTEE:
        return get_mentee(scope, key.id)
    return get_support_post(scope, key.id)


def load_spells(
    scope: WardScope, role: PersonRole, ids: Collection[int], *, is_locked: bool = True
) -> list[RoleSpellRow]:
    """Return spells of one role with their people, in order of id; 404 if one is outside the scope.

    Locked until the transaction ends, unless they are only looked at.
    """
    spell, wanted = SPELLS[role], set(ids)
    statement = (
        select(spell)
        .where(spell.id.in_(wanted), scope.limit(spell.ward_id))
        .options(joinedload(spell.person).joinedload(Person.hamlet))
        .order_by(spell.id)
    )
    if spell is Mentor:
        statement = statement.options(selectinload(Mentor.capacities))
    if is_locked:
        statement = statement.with_for_update(of=spell)
    spells: list[RoleSpellRow] = list(db.session.scalars(statement))
    if len(spells) != len(wanted):
        raise OutOfScopeError(spell, sorted(wanted))
    return spells


def known_ids(scope: WardScope, role: PersonRole, ids: Collection[int]) -> list[int]:
    """Return which of these spells the scope has, in order of their names."""
    spell = SPELLS[role]
    statement = (
        select(spell.id)
        .join(Person, Person.id == spell.person_id)
        .where(spell.id.in_(set(ids)), scope.limit(spell.ward_id))
        .order_by(Person.sort_key, spell.id)
    )
    return list(db.session.scalars(statement))


def wards_of(scope: WardScope, role: PersonRole, ids: Collection[int]) -> set[int]:
    """Return the wards of the scope to which these spells belong."""
    spell = SPELLS[role]
    statement = select(spell.ward_id).where(spell.id.in_(set(ids)), scope.limit(spell.ward_id))
    return set(db.session.scalars(statement.distinct()))


class SpellRecord(NamedTuple):
    """What was recorded for a spell: pairings, ended ones too, and its last meeting and duty."""

    pairings: Sequence[Mentorship] = ()
    last_meeting_on: date | None = None
    last_duty_on: date | None = None

    @property
    def open_pairings(self) -> list[Mentorship]:
        """Those that have no end yet."""
        return [pairing for pairing in self.pairings if pairing.ended_on is None]


def spell_records(scope: WardScope, spells: Sequence[RoleSpellRow]) -> dict[int, SpellRecord]:
    """Return what was recorded for spells of one role, for writing; two statements at most."""
    _require_wards(scope, spells)
    ids = [spell.id for spell in spells]
    if not spells or isinstance(spells[0], SupportPost):
        duties = _last_duties(ids)
        return {key: SpellRecord(last_duty_on=duties.get(key)) for key in ids}
    side = Mentorship.mentor_id if isinstance(spells[0], Mentor) else Mentorship.mentee_id
    pairings: dict[int, list[Mentorship]] = defaultdict(list)
    for pairing in db.session.scalars(
        select(Mentorship).where(side.in_(ids)).order_by(Mentorship.id)
    ):
        pairings[getattr(pairing, side.key)].append(pairing)
    meetings = _last_meetings(side, ids)
    return {key: SpellRecord(pairings[key], meetings.get(key)) for key in ids}


def list_holders_elsewhere(
    scope: WardScope, spells: Sequence[RoleSpellRow], ward_id: int, day: date
) -> frozenset[int]:
    """Return which people of spells of one role hold it in another ward too, on a day or later.

    The spells are the scope's, that ward may be any.
    """
    _require_wards(scope, spells)
    if not spells:
        return frozenset()
    spell = type(spells[0])
    statement = select(spell.person_id).where(
        spell.person_id.in_([one.person_id for one in spells]),
        spell.ward_id == ward_id,
        spell.ended_on.is_(None) | (spell.ended_on > day),
    )
    return frozenset(db.session.scalars(statement))


def _require_wards(scope: WardScope, spells: Sequence[RoleSpellRow]) -> None:
    for ward_id in {spell.ward_id for spell in spells}:
        scope.require(ward_id)


def _last_meetings(side: InstrumentedAttribute[int], ids: Collection[int]) -> dict[int, date]:
    statement = (
        select(side, func.max(Contact.service_date))
        .join(Attendance, Attendance.mentorship_id == Mentorship.id)
        .join(Contact, Contact.id == Attendance.contact_id)
        .where(side.in_(ids))
        .group_by(side)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def _last_duties(ids: Collection[int]) -> dict[int, date]:
    statement = (
        select(DutyTurn.support_post_id, func.max(DutyTurn.service_date))
        .where(DutyTurn.support_post_id.in_(ids), DutyTurn.is_performed)
        .group_by(DutyTurn.support_post_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}
