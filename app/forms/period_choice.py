"""Which stretch of time figures are shown for: a year, a quarter of the reports, or a month."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from wtforms import SelectField

from app.formatting import format_day
from app.forms.base import BaseForm
from app.forms.options import options
from app.queries.reporting_periods import PeriodRow
from app.queries.wards import WardCard

ONE_DAY = timedelta(days=1)
YEARS, MONTHS = 2, 12


class Period(NamedTuple):
    """The days `[first_day, last_day]`, with a code for addresses and a name for people."""

    code: str
    label: str
    first_day: date
    last_day: date


def choosable_periods(today: date, quarters: Sequence[PeriodRow]) -> list[Period]:
    """Return the periods that have begun: years, then `quarters`, then months, the latest first."""
    return [*_years(today), *_quarters(today, quarters), *_months(today)]


class PeriodChoiceForm(BaseForm):
    """A period, and one of the reader's wards where there are several."""

    ky = SelectField("Thời gian")
    xa = SelectField("Xã, phường")

    class Meta(BaseForm.Meta):
        """A form that only reads needs no protection."""

        csrf = False

    def __init__(
        self,
        *,
        wards: Sequence[WardCard],
        quarters: Sequence[PeriodRow],
        today: date,
        **values: object,
    ) -> None:
        super().__init__(**values)
        self._periods = {one.code: one for one in choosable_periods(today, quarters)}
        # On 1 January the year that has just ended tells more than one without a day.
        self._usual = str((today - ONE_DAY).year)
        self._wards = {ward.code: ward for ward in wards}
        self.ky.choices = options((code, one.label) for code, one in self._periods.items())
        if self.ky.data not in self._periods:
            self.ky.data = self._usual
        self.xa.choices = options([("", "Tất cả"), *((w.code, w.full_name) for w in wards)])
        if len(wards) == 1:
            del self.xa

    @property
    def period(self) -> Period:
        """The chosen period; the running year where none was chosen, or none of those offered."""
        return self._periods[self.ky.data]

    @property
    def ward(self) -> WardCard | None:
        """The chosen ward; None for all of them."""
        return self._wards.get(self.xa.data or "") if "xa" in self else None

    @property
    def is_narrowed(self) -> bool:
        """Whether something else is shown than the running year of all wards."""
        return self.ky.data != self._usual or self.ward is not None


def _years(today: date) -> Iterator[Period]:
    for year in range(today.year, today.year - YEARS, -1):
        last = min(date(year, 12, 31), today)
        yield Period(str(year), f"Năm {year}", date(year, 1, 1), last)


def _quarters(today: date, quarters: Sequence[PeriodRow]) -> Iterator[Period]:
    for quarter in quarters:
        days = f"{format_day(quarter.started_on)} – {format_day(quarter.last_day)}"
        label = f"{quarter.label} ({days})"
        yield Period(quarter.code, label, quarter.started_on, min(quarter.last_day, today))


def _months(today: date) -> Iterator[Period]:
    first = today.replace(day=1)
    for _number in range(MONTHS):
        last = (first + timedelta(days=31)).replace(day=1) - ONE_DAY
        yield Period(f"{first:%Y-%m}", f"Tháng {first.month}/{first.year}", first, min(last, today))
        first = (first - ONE_DAY).replace(day=1)
