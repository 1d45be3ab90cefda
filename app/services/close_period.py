"""Closes a reporting period with its figures frozen, and opens it again."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app import clock
from app.access.scope import WardScope
from app.errors import OutOfScopeError, PeriodClosedError
from app.formatting import format_day
from app.frozen import freeze
from app.period_errors import PeriodNotOverError, PeriodOpenError
from app.quarters import quarter_by_code
from app.queries.period_figures import collect_frozen
from app.queries.reporting_periods import ONE_DAY, PeriodRow
from app.services.reporting_periods import ensure_period
from app.services.transaction import Receipt, transaction
from models import ReportEdition, ReportingPeriod, db

# Collects the figures of a period as values that JSON knows.
Collect = Callable[[WardScope, PeriodRow, date], dict[str, Any]]


def close_period(
    scope: WardScope,
    code: str,
    *,
    collect: Collect = collect_frozen,
    request_key: str | None = None,
) -> Receipt:
    """Close a period and keep its figures, in one transaction; later entries go to the next.

    Raises `PeriodNotOverError` before its last day is over, `PeriodClosedError`, and
    `OutOfScopeError` for who does not see every ward.
    """
    scope.require(None)
    with transaction(scope, "period_closed", request_key=request_key) as unit:
        period = period_of(code)
        if period.is_closed:
            raise PeriodClosedError(period=period.code)
        today = clock.today()
        if today < period.ended_on:
            raise PeriodNotOverError(day=format_day(period.ended_on - ONE_DAY))
        row = PeriodRow(period.id, period.code, period.started_on, period.ended_on)
        frozen = freeze(collect(scope, row, today))
        period.closed_at = unit.stamp.done_at
        period.closed_by_id = scope.account_id
        db.session.add(
            ReportEdition(
                period_id=period.id,
                edition=_last_edition(period.id) + 1,
                closed_at=unit.stamp.done_at,
                closed_by_id=scope.account_id,
                content=frozen.content,
                digest=frozen.digest,
            )
        )
        unit.about(period)
    return unit.receipt


def reopen_period(
    scope: WardScope, code: str, *, reason: str, request_key: str | None = None
) -> Receipt:
    """Open a closed period again; its frozen figures stay, with the reason beside them.

    What counted in the next period as late stays there. Raises `PeriodOpenError`,
    `OutOfScopeError`.
    """
    scope.require(None)
    with transaction(scope, "period_reopened", request_key=request_key) as unit:
        period = period_of(code)
        if not period.is_closed:
            raise PeriodOpenError
        period.closed_at = period.closed_by_id = None
        edition = db.session.scalar(
            select(ReportEdition)
            .where(ReportEdition.period_id == period.id)
            .order_by(ReportEdition.edition.desc())
            .limit(1)
        )
        if edition is not None:
            edition.reopened_at = unit.stamp.done_at
            edition.reopened_by_id = scope.account_id
            edition.reopen_reason = reason
        unit.about(period)
    return unit.receipt


def period_of(code: str) -> ReportingPeriod:
    """Return a period by its code, made where nothing was entered in it yet.

    Raises `OutOfScopeError` for a code that is no quarter. For use inside a transaction.
    """
    found = db.session.scalar(
        select(ReportingPeriod).where(ReportingPeriod.code == code).with_for_update()
    )
    if found is not None:
        return found
    quarter = quarter_by_code(code)
    if quarter is None:
        raise OutOfScopeError(code)
    made = ensure_period(quarter.started_on)
    if made.code != code:
        made = ensure_period(quarter.ended_on - ONE_DAY)
    if made.code != code:
        raise OutOfScopeError(code)
    return made


def _last_edition(period_id: int) -> int:
    last = select(func.max(ReportEdition.edition)).where(ReportEdition.period_id == period_id)
    return db.session.scalar(last) or 0
