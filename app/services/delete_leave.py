"""Takes leave from the desk out of the books; it can be put back for 30 days."""

from app import clock
from app.access.scope import WardScope
from app.queries.duty_leave import load_leave
from app.services.transaction import Receipt, transaction


def delete_leave(scope: WardScope, leave_id: int) -> Receipt:
    """Mark somebody's leave as deleted. Raises `OutOfScopeError`."""
    with transaction(scope, "duty_leave_deleted") as unit:
        leave = load_leave(scope, leave_id)
        leave.deleted_at = clock.now()
        unit.about(leave, ward_id=leave.ward_id)
    return unit.receipt
