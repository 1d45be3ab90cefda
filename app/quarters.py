"""The quarters of the periodic reports: which days each of them covers unless set otherwise."""

import re
from datetime import date
from typing import NamedTuple

# The report of a quarter is due on the 15th of its last month (Kế hoạch 19/KH-UBND, IV.4), so a
# quarter's entries run from the 15th of one due month to the 14th of the next.
CUT_OFF_DAY = 15
MONTHS_IN_QUARTER = 3
QUARTERS = 4
CODE = re.compile(r"(?P<year>20\d\d)-Q(?P<number>[1-4])")


class Quarter(NamedTuple):
    """A quarter: `[started_on, ended_on)`, as in «2026-Q3» for 15/6–14/9/2026."""

    code: str
    started_on: date
    ended_on: date


def quarter_of(day: date) -> Quarter:
    """Return the quarter, by cut-off, that a day belongs to."""
    is_after_cut_off = day.month % MONTHS_IN_QUARTER == 0 and day.day >= CUT_OFF_DAY
    index = (day.month - 1) // MONTHS_IN_QUARTER + is_after_cut_off
    return _by_cut_off(day.year + index // QUARTERS, index % QUARTERS + 1)


def quarter_by_code(code: str) -> Quarter | None:
    """Return a quarter by cut-off, as in «2026-Q3»; None for other texts."""
    found = CODE.fullmatch(code)
    return _by_cut_off(int(found["year"]), int(found["number"])) if found else None


def calendar_quarter(code: str) -> Quarter | None:
    """Return the quarter of the calendar with a code, as in 1/7–30/9; None for other texts."""
    found = CODE.fullmatch(code)
    if not found:
        return None
    year, number = int(found["year"]), int(found["number"])
    first = date(year, (number - 1) * MONTHS_IN_QUARTER + 1, 1)
    end = date(year + number // QUARTERS, number * MONTHS_IN_QUARTER % 12 + 1, 1)
    return Quarter(code, first, end)


def due_day(code: str) -> date | None:
    """Return the day on which the report of a quarter is due (Kế hoạch 19/KH-UBND, IV.4)."""
    quarter = quarter_by_code(code)
    return None if quarter is None else quarter.ended_on


def _by_cut_off(year: int, number: int) -> Quarter:
    following = (year + 1, 1) if number == QUARTERS else (year, number + 1)
    return Quarter(f"{year}-Q{number}", _start(year, number), _start(*following))


def _start(year: int, number: int) -> date:
    if number == 1:
        return date(year - 1, 12, CUT_OFF_DAY)
    return date(year, (number - 1) * MONTHS_IN_QUARTER, CUT_OFF_DAY)
