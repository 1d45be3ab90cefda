"""Marks on which halves of a day the desk of a ward is closed."""

from collections.abc import Collection
from datetime import date

from app import clock
from app.access.scope import WardScope
from app.queries.duty_pattern import load_holidays
from app.services.transaction import Receipt, transaction
from models import DutyHoliday, db
from models.enums import HalfDay


def set_holiday(
    scope: WardScope,
    ward_id: int,
    day: date,
    half_days: Collection[HalfDay],
    *,
    request_key: str | None = None,
) -> Receipt:
    """Close the desk on these halves of a day, and on no others. Raises `OutOfScopeError`."""
    with transaction(scope, "duty_holiday_set", ward_id=ward_id, request_key=request_key) as unit:
        marked = load_holidays(scope, ward_id, day)
        for row in marked:
            if row.half_day not in half_days:
                row.deleted_at = clock.now()
        missing = set(half_days) - {row.half_day for row in marked}
        db.session.add_all(
            DutyHoliday(ward_id=ward_id, day=day, half_day=half) for half in sorted(missing)
        )
    return unit.receipt
