"""Which report an entry counts in. For use inside a transaction; commits nothing itself."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Date, bindparam, select

from app.services.single_rows import insert_unless_there, run_kept
from models import ReportingPeriod, db

# The report of a quarter is due on the 15th of its last month (Kế hoạch 19/KH-UBND, IV.4), so a
# quarter's entries run from the 15th of one due month to the 14th of the next.
CUT_OFF_DAY = 15
MONTHS_IN_QUARTER = 3
QUARTERS = 4


class Quarter(NamedTuple):
    """A quarter by cut-off: `[started_on, ended_on)`, as in «2026-Q3» for 15/6–14/9/2026."""

    code: str
    started_on: date
    ended_on: date


def quarter_of(day: date) -> Quarter:
    """Return the quarter, by cut-off, that a day belongs to."""
    is_after_cut_off = day.month % MONTHS_IN_QUARTER == 0 and day.day >= CUT_OFF_DAY
    index = (day.month - 1) // MONTHS_IN_QUARTER + is_after_cut_off
    year = day.year + index // QUARTERS
    number = index % QUARTERS + 1
    return Quarter(f"{year}-Q{number}", _start(year, number), _start(*_next(year, number)))


def period_counting(day: date) -> int:
    """Return the id of the open period that counts an entry of a day.

    An entry for a closed period counts in the next open one; periods are made when first needed.
    """
    quarter = quarter_of(day)
    known = run_kept(db.session.connection(), _STATE_OF_DAY, {"day": quarter.started_on}).first()
    if known and not known.is_closed:
        period_id: int = known.id
        return period_id
    period = _find_or_make(quarter)
    while period.closed_at is not None:
        period = _find_or_make(quarter_of(period.ended_on))
    return period.id


class _Period(NamedTuple):
    """What decides whether a period takes entries; `ended_on` is the first day after it."""

    id: int
    ended_on: date
    closed_at: datetime | None


def _find_or_make(quarter: Quarter) -> _Period:
    connection, covered = db.session.connection(), {"day": quarter.started_on}
    period = connection.execute(_PERIOD_OF_DAY, covered).one_or_none()
    if period is None:
        # Not through the session: a period is nobody's entry, and undoing the first entry of a
        # quarter must not depend on the later ones.
        insert_unless_there(db.session(), ReportingPeriod, **quarter._asdict(), version=1)
        period = connection.execute(_PERIOD_OF_DAY, covered).one()
    return _Period._make(period)


# For the table: everything that is entered asks it.
_PERIODS = ReportingPeriod.__table__
_OF_DAY = (
    select()
    .where(
        _PERIODS.c.started_on <= bindparam("day", type_=Date()),
        _PERIODS.c.ended_on > bindparam("day", type_=Date()),
    )
    .order_by(_PERIODS.c.id)
    .limit(1)
)
_PERIOD_OF_DAY = _OF_DAY.with_only_columns(*(_PERIODS.c[name] for name in _Period._fields))
_STATE_OF_DAY = _OF_DAY.with_only_columns(
    _PERIODS.c.id, _PERIODS.c.closed_at.is_not(None).label("is_closed")
)


def _start(year: int, number: int) -> date:
    if number == 1:
        return date(year - 1, 12, CUT_OFF_DAY)
    return date(year, (number - 1) * MONTHS_IN_QUARTER, CUT_OFF_DAY)


def _next(year: int, number: int) -> tuple[int, int]:
    return (year + 1, 1) if number == QUARTERS else (year, number + 1)
