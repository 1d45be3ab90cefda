"""Sets first day and cut-off of a reporting period; its neighbours give and take the days."""

from datetime import date
from typing import cast

from sqlalchemy import Table, update

from app.access.scope import WardScope
from app.errors import EditConflictError, PeriodClosedError
from app.period_errors import NeighbourClosedError, PeriodDaysError
from app.queries.period_entries import KINDS
from app.queries.reporting_periods import ONE_DAY
from app.services.close_period import period_of
from app.services.reporting_periods import ensure_period
from app.services.transaction import Receipt, transaction
from models import ReportingPeriod, db


def change_period(
    scope: WardScope, code: str, *, first_day: date, last_day: date, seen: tuple[date, date]
) -> Receipt:
    """Let a period cover `[first_day, last_day]`; entries follow into the period of their day.

    What came late for a closed period stays where it counts. Raises `PeriodClosedError`,
    `NeighbourClosedError` where a day would pass to or from a closed period, `PeriodDaysError`
    where a period would be left without a day, `EditConflictError` when the days are no longer
    those that were `seen`, `OutOfScopeError`.
    """
    scope.require(None)
    with transaction(scope, "period_changed") as unit:
        period = period_of(code)
        if period.is_closed:
            raise PeriodClosedError(period=period.code)
        if (period.started_on, period.ended_on - ONE_DAY) != seen:
            raise EditConflictError
        # A period that left all its days would be another one.
        if not first_day <= last_day >= period.started_on or first_day >= period.ended_on:
            raise PeriodDaysError
        before = ensure_period(period.started_on - ONE_DAY)
        after = ensure_period(period.ended_on)
        ended_on = last_day + ONE_DAY
        if before.started_on >= first_day or after.ended_on <= ended_on:
            raise PeriodDaysError
        touched = [period]
        if first_day != period.started_on:
            _require_open(before)
            before.ended_on = first_day
            touched.append(before)
        if ended_on != period.ended_on:
            _require_open(after)
            after.started_on = ended_on
            touched.append(after)
        period.started_on, period.ended_on = first_day, ended_on
        db.session.flush()
        _follow(touched)
        unit.about(period)
    return unit.receipt


def _require_open(period: ReportingPeriod) -> None:
    if period.is_closed:
        raise NeighbourClosedError(period=period.code)


def _follow(periods: list[ReportingPeriod]) -> None:
    """Let the entries of some open periods count where their days now are.

    Which period counts an entry follows from its day, so no change is logged for each of them.
    """
    ids = [period.id for period in periods]
    for model in KINDS.values():
        table = cast("Table", model.__table__)
        for period in periods:
            is_of_it = table.c.service_date >= period.started_on
            is_of_it &= table.c.service_date < period.ended_on
            moved = table.c.reported_in_id.in_(ids) & (table.c.reported_in_id != period.id)
            db.session.execute(
                update(table).where(moved, is_of_it).values(reported_in_id=period.id)
            )
