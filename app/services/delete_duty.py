"""Takes a duty turn out of the books; it can be put back for 30 days."""

from app import clock
from app.access.scope import WardScope
from app.queries.duty import load_turn
from app.services.transaction import Receipt, transaction


def delete_duty(scope: WardScope, turn_id: int) -> Receipt:
    """Mark a turn as deleted. Raises `PeriodClosedError` and `OutOfScopeError`."""
    with transaction(scope, "duty_deleted") as unit:
        turn = load_turn(scope, turn_id)
        turn.deleted_at = clock.now()
        unit.about(turn, ward_id=turn.ward_id)
    return unit.receipt
