"""Takes an activity out of the books; it can be put back for 30 days."""

from app import clock
from app.access.scope import WardScope
from app.services.activity_writing import delete_parts, open_for_change
from app.services.transaction import Receipt, transaction


def delete_activity(scope: WardScope, activity_id: int) -> Receipt:
    """Mark an activity and its parts as deleted. Raises `PeriodClosedError`, `OutOfScopeError`."""
    with transaction(scope, "activity_deleted") as unit:
        activity = open_for_change(scope, activity_id, seen_edition=None)
        # Read first: the parts of a deleted activity are as invisible as it is.
        delete_parts(scope, activity_id)
        activity.deleted_at = clock.now()
        unit.about(activity, ward_id=activity.ward_id)
    return unit.receipt
