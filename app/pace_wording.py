"""The words for a pace: «Cần 4 người mỗi tuần để kịp 15/09/2026; 4 tuần qua: 1,5»."""

from datetime import date
from typing import NamedTuple

from app.formatting import format_day, format_number
from app.pace import Pace, PaceState, pace_of
from app.texts import _
from app.wording import TARGET_UNITS
from models.enums import TargetIndicator


class TargetState(NamedTuple):
    """A target and how far it is reached on a day, None without a figure; see `pace_of`."""

    indicator: TargetIndicator
    due_on: date
    value: int
    reached: int | None
    gained: int | None

    def pace(self, day: date) -> Pace | None:
        """Return the pace as of a day, None where there is no figure to judge."""
        if self.reached is None:
            return None
        days_left = (self.due_on - day).days
        return pace_of(
            target=self.value, reached=self.reached, days_left=days_left, gained=self.gained
        )


def pace_sentence(state: TargetState, day: date) -> str:
    """Return how a target stands, what is needed a week and what the last four weeks brought."""
    pace = state.pace(day)
    if pace is None:
        if state.indicator.is_of_year and state.due_on.year != day.year:
            return _("Chỉ tính trong năm %(year)s.", year=state.due_on.year)
        return _("Chưa có dữ liệu.")
    unit = _(TARGET_UNITS[state.indicator])
    if pace.state is PaceState.REACHED:
        return _("Đã đạt.")
    missing = format_number(pace.missing)
    if pace.state is PaceState.PAST_DUE:
        return _("Đã quá hạn, còn thiếu %(missing)s %(unit)s.", missing=missing, unit=unit)
    recent = _recent(pace)
    if pace.needed is None:
        return _(
            "Hôm nay là hạn, còn thiếu %(missing)s %(unit)s; 4 tuần qua: %(recent)s.",
            missing=missing,
            unit=unit,
            recent=recent,
        )
    return _(
        "Cần %(needed)s %(unit)s mỗi tuần để kịp %(day)s; 4 tuần qua: %(recent)s.",
        needed=tenths(pace.needed),
        unit=unit,
        day=format_day(state.due_on),
        recent=recent,
    )


def tenths(number: float) -> str:
    """Write a number with one decimal, and without any where it is whole: «1,5», «4»."""
    rounded = round(number, 1)
    return format_number(rounded, 0 if rounded.is_integer() else 1)


def _recent(pace: Pace) -> str:
    if pace.weekly is None:
        return _("chưa đủ dữ liệu")
    amount = tenths(abs(pace.weekly))
    return _("giảm %(amount)s", amount=amount) if pace.weekly < 0 and amount != "0" else amount
