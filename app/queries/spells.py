"""The spell of any role, for writing, and what was recorded for it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.mentees import get_mentee
from app.queries.mentors import get_mentor
from app.queries.people import SPELLS
from app.queries.support_posts import get_support_post
from models import Attendance, Contact, DutyTurn, Mentee, Mentor, Mentorship, SupportPost, db
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


def list_spell_pairings(scope: WardScope, spell: RoleSpellRow) -> Sequence[Mentorship]:
    """Return the pairings of a mentor or mentee spell for writing, ended ones too."""
    scope.require(spell.ward_id)
    if isinstance(spell, SupportPost):
        return ()
    statement = select(Mentorship).where(_is_of(spell)).order_by(Mentorship.id)
    return db.session.scalars(statement).all()


def last_meeting_on(scope: WardScope, spell: RoleSpellRow) -> date | None:
    """Return the day of the last contact of any pairing of a mentor or mentee spell."""
    scope.require(spell.ward_id)
    if isinstance(spell, SupportPost):
        return None
    return db.session.scalar(
        select(func.max(Contact.service_date))
        .join(Attendance, Attendance.contact_id == Contact.id)
        .join(Mentorship, Mentorship.id == Attendance.mentorship_id)
        .where(_is_of(spell))
    )


def last_duty_on(scope: WardScope, spell: RoleSpellRow) -> date | None:
    """Return the day of the last performed duty turn of a support post."""
    scope.require(spell.ward_id)
    if not isinstance(spell, SupportPost):
        return None
    return db.session.scalar(
        select(func.max(DutyTurn.service_date)).where(
            DutyTurn.support_post_id == spell.id, DutyTurn.is_performed
        )
    )


def _is_of(spell: Mentor | Mentee) -> ColumnElement[bool]:
    side = Mentorship.mentor_id if isinstance(spell, Mentor) else Mentorship.mentee_id
    return side == spell.id
