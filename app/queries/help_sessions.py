"""Help sessions at the desk: one of them, and those of a day."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, bindparam, func, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.kept_statements import kept_statement, read_scoped
from models import (
    Handoff,
    HelpSession,
    HelpSessionGroup,
    Procedure,
    ReportingPeriod,
    Ward,
    db,
)
from models.enums import HelpMode, HelpResult, LearningOffer

DAY = bindparam("day", type_=Date())


class SessionRow(NamedTuple):
    """A session as lists show it; `handed_on_id` is the hand-on that followed, if any.

    `learning_offer` is what the visitor answered to the offer to learn, if anybody asked.
    `is_bundled` marks what was noted many at once.
    """

    id: int
    ward_name: str
    service_date: date
    service_time: time | None
    procedure: str
    mode: HelpMode
    result: HelpResult
    is_first_this_year: bool
    learning_offer: LearningOffer | None
    handed_on_id: int | None
    is_bundled: bool


class DayCounts(NamedTuple):
    """Turns (lượt) and people (người, first this year): two figures, never added."""

    sessions: int
    people: int


class LoggedSession(NamedTuple):
    """What saving a session led to: its number on its day in its ward, and where it counts."""

    service_date: date
    number_on_day: int
    counted_from: date
    period_code: str

    @property
    def is_late(self) -> bool:
        """Its own period was closed already; it counts in a later one."""
        return self.counted_from > self.service_date


class SessionDetail(NamedTuple):
    """One session with all that was entered; `edition` grows with every change of it."""

    id: int
    ward_id: int
    ward_name: str
    service_date: date
    procedure_id: int
    procedure: str
    mode: HelpMode
    result: HelpResult
    is_first_this_year: bool
    obstacle_id: int | None
    language_id: int | None
    minutes: int | None
    note: str | None
    is_bundled: bool
    group_ids: tuple[int, ...]
    handed_on_id: int | None
    edition: int


def load_session(scope: WardScope, session_id: int) -> HelpSession:
    """Return a session for writing, locked until the transaction ends; 404 outside the scope."""
    row = db.session.scalar(
        select(HelpSession)
        .where(HelpSession.id == session_id, scope.limit(HelpSession.ward_id))
        .with_for_update()
    )
    if row is None:
        raise OutOfScopeError(HelpSession, session_id)
    return row


def get_session_detail(scope: WardScope, session_id: int) -> SessionDetail:
    """Return a session as its form shows it; 404 outside the scope."""
    statement = (
        select(
            HelpSession.id,
            HelpSession.ward_id,
            Ward.name,
            HelpSession.service_date,
            HelpSession.procedure_id,
            Procedure.label,
            HelpSession.mode,
            HelpSession.result,
            HelpSession.is_first_this_year,
            HelpSession.obstacle_id,
            HelpSession.language_id,
            HelpSession.minutes,
            HelpSession.note,
            HelpSession.bundle_id.is_not(None),
        )
        .join(Ward, Ward.id == HelpSession.ward_id)
        .join(Procedure, Procedure.id == HelpSession.procedure_id)
        .where(HelpSession.id == session_id, scope.limit(HelpSession.ward_id))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(HelpSession, session_id)
    details = (
        _group_ids(session_id),
        find_handoff(scope, session_id),
        get_session_edition(scope, session_id),
    )
    return SessionDetail._make((*row, *details))


def get_session_edition(scope: WardScope, session_id: int) -> int:
    """Return a number that grows with each change of a session or of its groups.

    The groups are rows of their own; the sum of all versions, of removed rows too, never falls.
    """
    of_session = select(HelpSession.version).where(
        HelpSession.id == session_id, scope.limit(HelpSession.ward_id)
    )
    of_groups = select(func.sum(HelpSessionGroup.version)).where(
        HelpSessionGroup.help_session_id == session_id
    )
    keep_removed = {"include_deleted": True}
    parts = (of_session, of_groups)
    return sum(db.session.scalar(part, execution_options=keep_removed) or 0 for part in parts)


def list_session_groups(scope: WardScope, session_id: int) -> Sequence[HelpSessionGroup]:
    """Return the groups of a session of the scope, for writing."""
    statement = (
        select(HelpSessionGroup)
        .join(HelpSession, HelpSession.id == HelpSessionGroup.help_session_id)
        .where(HelpSession.id == session_id, scope.limit(HelpSession.ward_id))
        .order_by(HelpSessionGroup.target_group_id, HelpSessionGroup.id)
    )
    return db.session.scalars(statement).all()


def find_handoff(scope: WardScope, session_id: int) -> int | None:
    """Return the id of the hand-on that followed a session, or None."""
    statement = (
        select(Handoff.id)
        .where(Handoff.help_session_id == session_id, scope.limit(Handoff.ward_id))
        .order_by(Handoff.id)
        .limit(1)
    )
    return db.session.scalar(statement)


def describe_logged(scope: WardScope, session_id: int) -> LoggedSession | None:
    """Return what to say after saving; None when the session was taken back meanwhile."""
    statement = (
        select(
            HelpSession.service_date,
            HelpSession.ward_id,
            ReportingPeriod.started_on,
            ReportingPeriod.code,
        )
        .join(ReportingPeriod, ReportingPeriod.id == HelpSession.reported_in_id)
        .where(HelpSession.id == session_id, scope.limit(HelpSession.ward_id))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        return None
    service_date, ward_id, counted_from, code = row
    so_far = db.session.scalar(
        select(func.count(HelpSession.id)).where(
            HelpSession.ward_id == ward_id,
            HelpSession.service_date == service_date,
            HelpSession.id <= session_id,
        )
    )
    return LoggedSession(service_date, so_far or 0, counted_from, code)


def list_day_sessions(scope: WardScope, day: date, *, at_most: int) -> list[SessionRow]:
    """Return the sessions of a day, the latest entry first, at most so many."""
    rows = read_scoped(scope, _day_sessions, at_most, day=day)
    return [SessionRow._make(row) for row in rows]


@kept_statement
def _day_sessions(scope: WardScope, at_most: int) -> Select[*tuple[Any, ...]]:
    return sessions_latest_first(scope, HelpSession.service_date == DAY).limit(at_most)


def sessions_latest_first(
    scope: WardScope, *conditions: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    """Make the select of `SessionRow`s that meet all conditions, the latest entry first."""
    handed_on = (
        select(func.min(Handoff.id))
        .where(Handoff.help_session_id == HelpSession.id)
        .scalar_subquery()
    )
    return (
        select(
            HelpSession.id,
            Ward.name,
            HelpSession.service_date,
            HelpSession.service_time,
            Procedure.label,
            HelpSession.mode,
            HelpSession.result,
            HelpSession.is_first_this_year,
            HelpSession.learning_offer,
            handed_on,
            HelpSession.bundle_id.is_not(None),
        )
        .join(Ward, Ward.id == HelpSession.ward_id)
        .join(Procedure, Procedure.id == HelpSession.procedure_id)
        .where(scope.limit(HelpSession.ward_id), *conditions)
        .order_by(HelpSession.id.desc())
    )


def count_day(scope: WardScope, day: date) -> DayCounts:
    """Return the turns and the first-time people of a day."""
    [counts] = read_scoped(scope, _counts_of_day, day=day)
    return DayCounts._make(counts)


@kept_statement
def _counts_of_day(scope: WardScope) -> Select[*tuple[Any, ...]]:
    people = func.count(HelpSession.id).filter(HelpSession.is_first_this_year)
    return select(func.count(HelpSession.id), people).where(
        scope.limit(HelpSession.ward_id), HelpSession.service_date == DAY
    )


def _group_ids(session_id: int) -> tuple[int, ...]:
    statement = (
        select(HelpSessionGroup.target_group_id)
        .where(HelpSessionGroup.help_session_id == session_id)
        .order_by(HelpSessionGroup.target_group_id)
    )
    return tuple(db.session.scalars(statement))
