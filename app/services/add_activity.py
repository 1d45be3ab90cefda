"""Enters an activity of a ward, planned or held."""

from app.access.scope import WardScope
from app.services.activity_writing import ActivityDetails, write_activity
from app.services.transaction import Receipt, transaction
from models import Activity


def add_activity(
    scope: WardScope, ward_id: int, details: ActivityDetails, *, request_key: str | None = None
) -> Receipt:
    """Enter an activity; one held on a day of a closed period counts in the next open one.

    Raises `NoMentorOfWardError` and `OutOfScopeError`.
    """
    scope.require(ward_id)
    with transaction(scope, "activity_added", ward_id=ward_id, request_key=request_key) as unit:
        activity = Activity(ward_id=ward_id, is_held=details.attended is not None)
        write_activity(scope, activity, details)
        unit.about(activity, ward_id=ward_id)
    return unit.receipt
