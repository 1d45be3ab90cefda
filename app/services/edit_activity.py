"""Corrects an activity that is not in a closed report."""

from app.access.scope import WardScope
from app.services.activity_writing import ActivityDetails, open_for_change, write_activity
from app.services.transaction import Receipt, transaction


def edit_activity(
    scope: WardScope, activity_id: int, details: ActivityDetails, *, seen_edition: int
) -> Receipt:
    """Make an activity what was entered; a planned one stays planned unless it says who attended.

    Raises `EditConflictError` when somebody changed it since the reader saw it,
    `PeriodClosedError`, `NoMentorOfWardError`, `OutOfScopeError`.
    """
    with transaction(scope, "activity_edited") as unit:
        activity = open_for_change(scope, activity_id, seen_edition=seen_edition)
        write_activity(scope, activity, details)
        unit.about(activity, ward_id=activity.ward_id)
    return unit.receipt
