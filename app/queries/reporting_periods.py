"""Reporting periods: those that were stored and, between them, the usual quarters."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.frozen import Frozen, thaw
from app.quarters import due_day, quarter_by_code, quarter_of
from models import ReportEdition, ReportingPeriod, db

ONE_DAY = timedelta(days=1)
# How far back periods are offered of which nothing was recorded.
EARLIER_QUARTERS = 6


class PeriodRow(NamedTuple):
    """A period `[started_on, ended_on)`; without id nothing was ever entered in it."""

    id: int | None
    code: str
    started_on: date
    ended_on: date
    closed_at: datetime | None = None
    edition: int = 0

    @property
    def last_day(self) -> date:
        """The cut-off: the last day that counts."""
        return self.ended_on - ONE_DAY

    @property
    def label(self) -> str:
        """«Quý 3/2026», or the code of a period that is no quarter."""
        year, _, number = self.code.partition("-Q")
        return f"Quý {number}/{year}" if number else self.code

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def due_on(self) -> date:
        """When its report has to be sent (Kế hoạch 19/KH-UBND, IV.4)."""
        return due_day(self.code) or self.ended_on


class EditionRow(NamedTuple):
    """One closing of a period, and why it was reopened, if it was."""

    edition: int
    closed_at: datetime
    closed_by_id: int | None
    digest: str
    reopened_at: datetime | None
    reopened_by_id: int | None
    reopen_reason: str | None


def list_periods(scope: WardScope, today: date) -> list[PeriodRow]:
    """Return the periods that have begun, the latest first: at least the last six."""
    del scope  # periods are the same for every ward
    stored = _stored()
    usual = [quarter_of(today)]
    for _number in range(EARLIER_QUARTERS - 1):
        usual.append(quarter_of(usual[-1].started_on - ONE_DAY))
    known = {period.code for period in stored}
    # Stored periods may have taken days of a neighbour that is not stored.
    gaps = [
        PeriodRow(None, *quarter)
        for quarter in usual
        if quarter.code not in known and not _is_covered(quarter.started_on, stored)
    ]
    begun = (period for period in (*stored, *gaps) if period.started_on <= today)
    return sorted(begun, key=lambda period: period.started_on, reverse=True)


def get_period(scope: WardScope, code: str) -> PeriodRow:
    """Return a period by its code; raise `OutOfScopeError` for one that is no quarter."""
    del scope
    quarter = quarter_by_code(code)
    stored = [period for period in _stored() if period.code == code]
    if stored:
        return stored[0]
    if quarter is None:
        raise OutOfScopeError(code)
    return PeriodRow(None, *quarter)


def period_to_show(scope: WardScope, today: date) -> PeriodRow:
    """Return the period that yesterday belongs to: a quarter that begins today tells nothing."""
    yesterday = today - ONE_DAY
    periods = list_periods(scope, today)
    return next((one for one in periods if one.started_on <= yesterday), periods[0])


def list_editions(scope: WardScope, period_id: int | None) -> Sequence[EditionRow]:
    """Return the closings of a period, the latest first, without their figures."""
    del scope
    columns = [getattr(ReportEdition, name) for name in EditionRow._fields]
    statement = (
        select(*columns)
        .where(ReportEdition.period_id == period_id)
        .order_by(ReportEdition.edition.desc())
    )
    return [EditionRow(*row) for row in db.session.execute(statement)]


def frozen_figures(
    scope: WardScope, period_id: int, edition: int | None = None
) -> dict[str, Any] | None:
    """Return the figures of all wards as a period was closed with; the last closing by default.

    None where it never was closed. Raises `OutOfScopeError` for a reader of some wards, who gets
    them from `app.queries.period_figures`.
    """
    scope.require(None)
    statement = select(ReportEdition.content).where(ReportEdition.period_id == period_id)
    if edition is not None:
        statement = statement.where(ReportEdition.edition == edition)
    content = db.session.scalar(statement.order_by(ReportEdition.edition.desc()).limit(1))
    return None if content is None else thaw(content)


def iterate_frozen(scope: WardScope) -> Iterator[tuple[str, int, Frozen]]:
    """Yield code, edition and stored figures of every closing."""
    scope.require(None)
    statement = (
        select(
            ReportingPeriod.code,
            ReportEdition.edition,
            ReportEdition.content,
            ReportEdition.digest,
        )
        .join(ReportingPeriod, ReportingPeriod.id == ReportEdition.period_id)
        .order_by(ReportEdition.id)
    )
    for code, edition, content, digest in db.session.execute(statement):
        yield code, edition, Frozen(content, digest)


def _stored() -> list[PeriodRow]:
    latest = (
        select(ReportEdition.edition)
        .where(ReportEdition.period_id == ReportingPeriod.id)
        .order_by(ReportEdition.edition.desc())
        .limit(1)
        .scalar_subquery()
    )
    statement = select(
        ReportingPeriod.id,
        ReportingPeriod.code,
        ReportingPeriod.started_on,
        ReportingPeriod.ended_on,
        ReportingPeriod.closed_at,
        latest,
    ).order_by(ReportingPeriod.started_on)
    return [PeriodRow._make([*row[:5], row[5] or 0]) for row in db.session.execute(statement)]


def _is_covered(day: date, stored: Sequence[PeriodRow]) -> bool:
    return any(period.started_on <= day < period.ended_on for period in stored)
