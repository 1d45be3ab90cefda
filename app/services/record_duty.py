"""Records half a day at the desk, planned or performed."""

from app.access.scope import WardScope
from app.services.duty_writing import Turn, write_turn
from app.services.transaction import Receipt, transaction


def record_duty(scope: WardScope, turn: Turn, *, request_key: str | None = None) -> Receipt:
    """Record a turn, or note that a planned one was performed; return the receipt about it.

    One dated in a closed period counts in the next open one. Raises `PostNotOpenError`,
    `TurnRecordedError` when it is recorded already, `OutOfScopeError`.
    """
    with transaction(scope, "duty_recorded", request_key=request_key) as unit:
        row = write_turn(scope, turn)
        unit.about(row, ward_id=row.ward_id)
    return unit.receipt
