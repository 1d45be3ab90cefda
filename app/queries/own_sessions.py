"""What the asking account itself entered at the desk: its latest turn of help, those of a day.

What it noted many at once is about no single visitor, and is left out.
"""

from datetime import date, datetime, time
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select

from app import clock
from app.access.scope import WardScope
from app.queries.help_sessions import SessionDetail, SessionRow, get_session_detail, list_sessions
from models import HelpSession, Procedure, db
from models.enums import HelpMode, HelpResult


class LatestSession(NamedTuple):
    """What somebody entered last, in the words of a list."""

    id: int
    procedure: str
    mode: HelpMode
    result: HelpResult


def find_latest_session(scope: WardScope) -> LatestSession | None:
    """Return what the asking account entered last in a ward of the scope, if anything."""
    statement = (
        select(HelpSession.id, Procedure.label, HelpSession.mode, HelpSession.result)
        .join(Procedure, Procedure.id == HelpSession.procedure_id)
        .where(_is_own(scope))
        .order_by(HelpSession.id.desc())
        .limit(1)
    )
    row = db.session.execute(statement).first()
    return None if row is None else LatestSession(*row)


def find_own_session(scope: WardScope, session_id: int) -> SessionDetail | None:
    """Return a session that the asking account entered itself; None where it did not."""
    statement = select(HelpSession.id).where(HelpSession.id == session_id, _is_own(scope))
    if db.session.scalar(statement) is None:
        return None
    return get_session_detail(scope, session_id)


def list_entered_sessions(scope: WardScope, day: date, *, at_most: int) -> list[SessionRow]:
    """Return what the asking account entered since a day began, the latest first, at most so many.

    Whatever day the sessions are of: also what it noted later of another day.
    """
    midnight = datetime.combine(day, time(), clock.LOCAL_ZONE)
    is_recent = HelpSession.entered_at >= midnight
    return list_sessions(scope, _is_own(scope), is_recent, at_most=at_most)


def _is_own(scope: WardScope) -> ColumnElement[bool]:
    is_theirs = HelpSession.entered_by_id == scope.account_id
    return and_(is_theirs, HelpSession.bundle_id.is_(None), scope.limit(HelpSession.ward_id))
