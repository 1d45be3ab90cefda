"""Which report an entry counts in. For use inside a transaction; commits nothing itself."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Date, bindparam, func, select

from app.quarters import Quarter, quarter_of
from app.services.single_rows import FirstRow, Question, first_row, insert_unless_there
from models import ReportingPeriod, db


def period_counting(day: date) -> int:
    """Return the id of the open period that counts an entry of a day.

    An entry for a closed period counts in the next open one; periods are made when first needed.
    """
    return counting_period(day, first_row(db.session.connection(), *state_of_period(day)))


def state_of_period(day: date) -> Question:
    """Return the question whose first row tells `counting_period` of a day's own period."""
    return _STATE_OF_DAY, {"day": day}


def counting_period(day: date, state: FirstRow) -> int:
    """Return what `period_counting` does, for who asked `state_of_period` already."""
    if state is not None:
        period_id, is_closed = state
        if not is_closed:
            return int(period_id)
    period = _find_or_make(day)
    while period.closed_at is not None:
        period = _find_or_make(period.ended_on)
    return period.id


def ensure_period(day: date) -> ReportingPeriod:
    """Return the period of a day, made where there is none yet."""
    return db.session.get_one(ReportingPeriod, _find_or_make(day).id)


class _Period(NamedTuple):
    """What decides whether a period takes entries; `ended_on` is the first day after it."""

    id: int
    ended_on: date
    closed_at: datetime | None


def _find_or_make(day: date) -> _Period:
    connection, covered = db.session.connection(), {"day": day}
    period = connection.execute(_PERIOD_OF_DAY, covered).one_or_none()
    if period is None:
        # Not through the session: a period is nobody's entry, and undoing the first entry of a
        # quarter must not depend on the later ones.
        insert_unless_there(db.session(), ReportingPeriod, **_free(day)._asdict(), version=1)
        period = connection.execute(_PERIOD_OF_DAY, covered).one()
    return _Period._make(period)


def _free(day: date) -> Quarter:
    """Return the quarter of a day without the days that its neighbours took."""
    quarter = quarter_of(day)
    before, after = db.session.connection().execute(_NEIGHBOURS, {"day": day}).one()
    return quarter._replace(
        started_on=max(filter(None, (quarter.started_on, before))),
        ended_on=min(filter(None, (quarter.ended_on, after))),
    )


# For the table: everything that is entered asks it.
_PERIODS = ReportingPeriod.__table__
_DAY = bindparam("day", type_=Date())
_OF_DAY = (
    select()
    .where(_PERIODS.c.started_on <= _DAY, _PERIODS.c.ended_on > _DAY)
    .order_by(_PERIODS.c.id)
    .limit(1)
)
_PERIOD_OF_DAY = _OF_DAY.with_only_columns(*(_PERIODS.c[name] for name in _Period._fields))
_STATE_OF_DAY = _OF_DAY.with_only_columns(
    _PERIODS.c.id, _PERIODS.c.closed_at.is_not(None).label("is_closed")
)
_NEIGHBOURS = select(
    select(func.max(_PERIODS.c.ended_on)).where(_PERIODS.c.ended_on <= _DAY).scalar_subquery(),
    select(func.min(_PERIODS.c.started_on)).where(_PERIODS.c.started_on > _DAY).scalar_subquery(),
)
