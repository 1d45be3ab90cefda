"""Help sessions that were noted many at once: which there are, and how many."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, time
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Date, Row, Select, bindparam, func, select

from app.access.scope import WardScope
from app.queries.kept_statements import kept_statement, read_scoped
from models import Account, HelpSession, Procedure, ReportingPeriod, SessionBundle, Ward, db
from models.enums import HalfDay, HelpMode

Day = date | BindParameter[date]


class BundleLine(NamedTuple):
    """What a bundle still has of one procedure and mode: turns, and people among them."""

    procedure: str
    mode: HelpMode
    sessions: int
    people: int


class Bundle(NamedTuple):
    """Sessions of one day that were noted at once, and the action that can be undone as one."""

    id: int
    ward_id: int
    ward_name: str
    service_date: date
    half_day: HalfDay | None
    began_at: time | None
    ended_at: time | None
    entered_by_id: int | None
    entered_by: str | None
    batch_id: int
    counted_from: date
    period_code: str
    lines: tuple[BundleLine, ...]

    @property
    def sessions(self) -> int:
        """How many turns it has."""
        return sum(line.sessions for line in self.lines)

    @property
    def people(self) -> int:
        """How many of them were with somebody who came first this year."""
        return sum(line.people for line in self.lines)

    @property
    def is_late(self) -> bool:
        """Its own period was closed already; it counts in a later one."""
        return self.counted_from > self.service_date


# What a row tells of the bundle, before it tells of one line.
HEAD = len(Bundle._fields) - 1


def find_bundle(scope: WardScope, bundle_id: int) -> Bundle | None:
    """Return a bundle with what is left of it; None when all of it was taken back."""
    rows = db.session.execute(_lines(scope, HelpSession.bundle_id == bundle_id))
    return next(iter(_bundles(rows)), None)


def list_bundles(scope: WardScope, first_day: date, last_day: date) -> list[Bundle]:
    """Return the bundles of some days (both inclusive), the latest day and entry first."""
    return _bundles(read_scoped(scope, _of_days, first_day=first_day, last_day=last_day))


@kept_statement
def _of_days(scope: WardScope) -> Select[*tuple[Any, ...]]:
    first_day, last_day = (bindparam(name, type_=Date()) for name in ("first_day", "last_day"))
    return _lines(scope, _is_of_days(first_day, last_day))


def count_bundled(scope: WardScope, first_day: date, last_day: date) -> int:
    """Return how many sessions of some days (both inclusive) were noted many at once."""
    return db.session.scalar(bundled_sessions(scope, first_day, last_day)) or 0


def bundled_sessions(scope: WardScope, first_day: date, last_day: date) -> Select[int]:
    """Return the statement for `count_bundled`, to be a part of another."""
    return select(func.count(HelpSession.id)).where(
        scope.limit(HelpSession.ward_id), _is_of_days(first_day, last_day)
    )


def list_bundled_ids(scope: WardScope, session_ids: Collection[int]) -> frozenset[int]:
    """Return which of some sessions were noted many at once."""
    if not session_ids:
        return frozenset()
    is_meant = HelpSession.id.in_(session_ids) & HelpSession.bundle_id.is_not(None)
    statement = select(HelpSession.id).where(scope.limit(HelpSession.ward_id), is_meant)
    return frozenset(db.session.scalars(statement))


def _is_of_days(first_day: Day, last_day: Day) -> ColumnElement[bool]:
    is_of_days = HelpSession.service_date.between(first_day, last_day)
    return HelpSession.bundle_id.is_not(None) & is_of_days


def _lines(scope: WardScope, condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Select the lines of bundles, each with the head of its bundle before it."""
    span = SessionBundle.half_day, SessionBundle.began_at, SessionBundle.ended_at
    entry = SessionBundle.entered_by_id, Account.display_name, SessionBundle.batch_id
    period = ReportingPeriod.started_on, ReportingPeriod.code
    head = SessionBundle.id, Ward.id, Ward.name, HelpSession.service_date, *span, *entry, *period
    kind = Procedure.label, HelpSession.mode
    people = func.count(HelpSession.id).filter(HelpSession.is_first_this_year)
    return (
        select(*head, *kind, func.count(HelpSession.id), people)
        .join(HelpSession, HelpSession.bundle_id == SessionBundle.id)
        .join(Ward, Ward.id == HelpSession.ward_id)
        .join(Procedure, Procedure.id == HelpSession.procedure_id)
        .join(ReportingPeriod, ReportingPeriod.id == HelpSession.reported_in_id)
        .outerjoin(Account, Account.id == SessionBundle.entered_by_id)
        .where(scope.limit(HelpSession.ward_id), condition)
        .group_by(*head, *kind, Procedure.position)
        .order_by(
            HelpSession.service_date.desc(),
            SessionBundle.id.desc(),
            Procedure.position,
            HelpSession.mode,
        )
    )


def _bundles(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[Bundle]:
    lines: defaultdict[tuple[Any, ...], list[BundleLine]] = defaultdict(list)
    for row in rows:
        lines[tuple(row[:HEAD])].append(BundleLine._make(row[HEAD:]))
    return [Bundle._make((*told, tuple(of_it))) for told, of_it in lines.items()]
