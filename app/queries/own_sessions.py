"""What the asking account itself entered at the desk: its latest turn of help, those of a day.

What it noted many at once is about no single visitor, and is left out.
"""

from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, select

from app import clock
from app.access.scope import WardScope
from app.queries.help_sessions import (
    SessionDetail,
    SessionRow,
    get_session_detail,
    sessions_latest_first,
)
from app.queries.kept_statements import kept_statement, read_scoped
from models import HelpSession, Procedure, db
from models.base import UtcDateTime
from models.enums import HelpMode, HelpResult


class LatestSession(NamedTuple):
    """What somebody entered last, in the words of a list."""

    id: int
    procedure: str
    mode: HelpMode
    result: HelpResult


def find_latest_session(scope: WardScope) -> LatestSession | None:
    """Return what the asking account entered last in a ward of the scope, if anything."""
    rows = read_scoped(scope, _latest)
    return LatestSession._make(rows[0]) if rows else None


@kept_statement
def _latest(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return (
        select(HelpSession.id, Procedure.label, HelpSession.mode, HelpSession.result)
        .join(Procedure, Procedure.id == HelpSession.procedure_id)
        .where(_is_own(scope))
        .order_by(HelpSession.id.desc())
        .limit(1)
    )


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
    rows = read_scoped(scope, _entered, at_most, midnight=midnight)
    return [SessionRow._make(row) for row in rows]


@kept_statement
def _entered(scope: WardScope, at_most: int) -> Select[*tuple[Any, ...]]:
    is_recent = HelpSession.entered_at >= bindparam("midnight", type_=UtcDateTime())
    return sessions_latest_first(scope, _is_own(scope), is_recent).limit(at_most)


def _is_own(scope: WardScope) -> ColumnElement[bool]:
    is_theirs = scope.is_reader(HelpSession.entered_by_id)
    return and_(is_theirs, HelpSession.bundle_id.is_(None), scope.limit(HelpSession.ward_id))
