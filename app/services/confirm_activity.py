"""Notes that a planned activity was held, with its turns: one step."""

from app import clock
from app.access.scope import WardScope
from app.activity_errors import ActivityAheadError, ActivityHeldError
from app.formatting import format_day
from app.services.activity_writing import Attendance, open_for_change, write_attendance
from app.services.transaction import Receipt, transaction


def confirm_activity(
    scope: WardScope, activity_id: int, attended: Attendance, *, request_key: str | None = None
) -> Receipt:
    """Record who came to a planned activity; it counts in the open period of its day.

    Raises `ActivityHeldError`, `ActivityAheadError` for a day to come, `OutOfScopeError`.
    """
    with transaction(scope, "activity_confirmed", request_key=request_key) as unit:
        activity = open_for_change(scope, activity_id, seen_edition=None)
        if activity.is_held:
            raise ActivityHeldError
        if activity.service_date > clock.today():
            raise ActivityAheadError(day=format_day(activity.service_date))
        write_attendance(scope, activity, attended)
        unit.about(activity, ward_id=activity.ward_id)
    return unit.receipt
