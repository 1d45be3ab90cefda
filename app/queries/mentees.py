"""Mentees: one mentee's page, and the row to write to."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.settings import SiteSettings
from app.queries.standings import mentee_standings
from models import EndReason, Mentee, Pause, Ward, db


class MenteeDetail(NamedTuple):
    """A mentee spell as its page shows it."""

    id: int
    person_id: int
    ward_id: int
    ward_name: str
    started_on: date
    ended_on: date | None
    end_reason: str | None
    paused_until: date | None
    waiting_since: date | None


def get_mentee(scope: WardScope, mentee_id: int) -> Mentee:
    """Return a mentee spell for writing, locked until the transaction ends; 404 outside."""
    mentee = db.session.scalar(
        select(Mentee).where(Mentee.id == mentee_id, scope.limit(Mentee.ward_id)).with_for_update()
    )
    if mentee is None:
        raise OutOfScopeError(Mentee, mentee_id)
    return mentee


def get_mentee_detail(
    scope: WardScope, mentee_id: int, day: date, settings: SiteSettings
) -> MenteeDetail:
    """Return a mentee spell as its page shows it as of a day; 404 outside the scope."""
    statement = (
        select(
            Mentee.id,
            Mentee.person_id,
            Mentee.ward_id,
            Ward.name,
            Mentee.started_on,
            Mentee.ended_on,
            EndReason.label,
            _paused_until(day),
        )
        .join(Ward, Ward.id == Mentee.ward_id)
        .outerjoin(EndReason, EndReason.id == Mentee.end_reason_id)
        .where(Mentee.id == mentee_id, scope.limit(Mentee.ward_id))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(Mentee, mentee_id)
    standing = mentee_standings(scope, [mentee_id], day, settings).get(mentee_id)
    return MenteeDetail._make([*row, standing.waiting_since if standing else None])


def _paused_until(day: date) -> ColumnElement[Any]:
    return (
        select(func.max(Pause.ended_on))
        .where(Pause.mentee_id == Mentee.id, Pause.started_on <= day, Pause.ended_on > day)
        .where(Pause.deleted_at.is_(None))
        .correlate(Mentee)
        .scalar_subquery()
    )
