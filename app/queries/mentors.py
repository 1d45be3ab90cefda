"""Mentors: one mentor's page, and the row to write to."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.settings import SiteSettings
from app.queries.standings import last_contacts, mentor_standings
from graphs.standing import MentorStanding
from models import EndReason, Mentor, MentorCapacity, Pause, Ward, db


class MentorDetail(NamedTuple):
    """A mentor spell as its page shows it.

    `own_capacity` is None where the usual one holds; `standing` is None once the spell has ended.
    """

    id: int
    person_id: int
    ward_id: int
    ward_name: str
    started_on: date
    ended_on: date | None
    end_reason: str | None
    paused_until: date | None
    own_capacity: int | None
    standing: MentorStanding | None
    last_contact_on: date | None


def get_mentor(scope: WardScope, mentor_id: int) -> Mentor:
    """Return a mentor spell for writing, locked until the transaction ends; 404 outside."""
    mentor = db.session.scalar(
        select(Mentor).where(Mentor.id == mentor_id, scope.limit(Mentor.ward_id)).with_for_update()
    )
    if mentor is None:
        raise OutOfScopeError(Mentor, mentor_id)
    return mentor


def get_mentor_detail(
    scope: WardScope, mentor_id: int, day: date, settings: SiteSettings
) -> MentorDetail:
    """Return a mentor spell as its page shows it as of a day; 404 outside the scope."""
    statement = (
        select(
            Mentor.id,
            Mentor.person_id,
            Mentor.ward_id,
            Ward.name,
            Mentor.started_on,
            Mentor.ended_on,
            EndReason.label,
            _paused_until(day),
            _own_capacity(day),
        )
        .join(Ward, Ward.id == Mentor.ward_id)
        .outerjoin(EndReason, EndReason.id == Mentor.end_reason_id)
        .where(Mentor.id == mentor_id, scope.limit(Mentor.ward_id))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(Mentor, mentor_id)
    standings = mentor_standings(scope, [mentor_id], day, settings)
    contacts = last_contacts(scope, [mentor_id], day)
    return MentorDetail._make([*row, standings.get(mentor_id), contacts.get(mentor_id)])


def _paused_until(day: date) -> ColumnElement[Any]:
    return (
        select(func.max(Pause.ended_on))
        .where(Pause.mentor_id == Mentor.id, Pause.started_on <= day, Pause.ended_on > day)
        .where(Pause.deleted_at.is_(None))
        .correlate(Mentor)
        .scalar_subquery()
    )


def _own_capacity(day: date) -> ColumnElement[Any]:
    return (
        select(MentorCapacity.capacity)
        .where(
            MentorCapacity.mentor_id == Mentor.id,
            MentorCapacity.effective_on <= day,
            MentorCapacity.deleted_at.is_(None),
        )
        .order_by(MentorCapacity.effective_on.desc(), MentorCapacity.id.desc())
        .limit(1)
        .correlate(Mentor)
        .scalar_subquery()
    )
