"""Calendar months: what a paper sheet of meetings is about."""

import re
from datetime import date, timedelta
from typing import NamedTuple

MONTHS_OF_YEAR = 12
EARLIEST_YEAR = 2020


class Month(NamedTuple):
    """A month of a year, in order of time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month that a day lies in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return self.later(1).first_day - timedelta(days=1)

    @property
    def in_words(self) -> str:
        """As people write it: 11/2026."""
        return f"{self.number:02}/{self.year}"

    @property
    def code(self) -> str:
        """As addresses carry it: 11-2026."""
        return f"{self.number:02}-{self.year}"

    def later(self, months: int) -> "Month":
        """Return the month so many months later, or earlier for a negative number."""
        years, index = divmod(self.number - 1 + months, MONTHS_OF_YEAR)
        return Month(self.year + years, index + 1)


def parse_month(text: str) -> Month | None:
    """Read 11-2026 or 11/2026; None for another text and for a year before the program's."""
    found = re.fullmatch(r"(\d{1,2})[-/](\d{4})", text.strip(), re.ASCII)
    if found is None:
        return None
    number, year = map(int, found.groups())
    is_month = 1 <= number <= MONTHS_OF_YEAR and EARLIEST_YEAR <= year < date.max.year
    return Month(year, number) if is_month else None
