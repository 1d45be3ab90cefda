"""How dates, numbers, phones and names are written for people."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Protocol

from app import clock
from models.names import format_phone, mask_phone

UNIT_STEP = 1024
_VIETNAMESE_SIGNS = str.maketrans(",.", ".,")


class Distinguishable(Protocol):
    """A line about a person, with what tells two people of one name apart."""

    @property
    def birth_year(self) -> int | None: ...

    @property
    def hamlet(self) -> str | None: ...

    @property
    def phone(self) -> str | None: ...


def format_day(day: date | None) -> str:
    """Write a day as 31/12/2026; an absent one as a dash."""
    # Three times as quick as `strftime`: a list has two or three in each row.
    return "–" if day is None else f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_instant(instant: datetime | None) -> str:
    """Write an instant on Gia Lai's clock as «14:05 ngày 31/12/2026»."""
    return "–" if instant is None else clock.local_time(instant).strftime("%H:%M ngày %d/%m/%Y")


def format_number(number: float, decimals: int = 0) -> str:
    """Write a number with points between thousands and a decimal comma: 1.234,5."""
    return f"{number:,.{decimals}f}".translate(_VIETNAMESE_SIGNS)


def format_share(part: int, whole: int) -> str:
    """Write a part of a whole with its base: «41/135 (30 %)»; without a base, «chưa có dữ liệu».

    A line never breaks between the number and its sign.
    """
    if whole == 0:
        return "chưa có dữ liệu"
    return f"{format_number(part)}/{format_number(whole)} ({format_percent(part, whole)})"


def format_percent(part: int, whole: int) -> str:
    """Write a part of a whole that is not 0 as «30 %»."""
    return f"{round(100 * part / whole)}\u00a0%"


def format_bytes(size: int) -> str:
    """Write a number of bytes as «12,3 MB», with a unit that leaves at most four digits."""
    amount = size / UNIT_STEP
    for unit in ("KB", "MB", "GB"):
        if amount < UNIT_STEP:
            return f"{format_number(amount, 1)} {unit}"
        amount /= UNIT_STEP
    return f"{format_number(amount, 1)} TB"


def format_cell(value: str | float | date | None) -> str:
    """Write what a table of numbers holds; None, which is not 0, as a dash."""
    if value is None or isinstance(value, date):
        return format_day(value)
    if isinstance(value, str):
        return value
    return format_number(value, 0 if isinstance(value, int) else 1)


def tell_apart(
    person: Distinguishable, *, year: bool = True, hamlet: bool = True, phone: bool = True
) -> str:
    """Write what tells two people of one name apart: «1990 · Thôn 1 · 0912 ••• 678».

    What stands beside it anyway is left out.
    """
    parts = [str(person.birth_year or "chưa ghi năm sinh")] if year else []
    if hamlet and person.hamlet:
        parts.append(person.hamlet)
    if phone and person.phone:
        parts.append(mask_phone(person.phone))
    return " · ".join(parts)


def write_phone(e164: str | None) -> str | None:
    """Write a whole number as it is written here, for who may have it; None where there is none."""
    return format_phone(e164) if e164 else None


FILTERS: dict[str, Callable[..., Any]] = {
    "cell": format_cell,
    "day": format_day,
    "instant": format_instant,
    "number": format_number,
    "percent": format_percent,
    "share": format_share,
    "phone": format_phone,
    "masked_phone": mask_phone,
    "told_apart": tell_apart,
}
