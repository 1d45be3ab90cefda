"""Notes that turns were performed as planned, one or many at once."""

from collections.abc import Iterable
from contextlib import suppress

from app.access.scope import WardScope
from app.errors import TurnRecordedError
from app.services.duty_writing import Turn, write_turn
from app.services.transaction import Receipt, transaction


def confirm_duty(
    scope: WardScope, turns: Iterable[Turn], *, request_key: str | None = None
) -> Receipt:
    """Record the turns as performed, in one undoable unit.

    What somebody else confirmed meanwhile stays; `TurnRecordedError` where that is all of it.
    Raises `PostNotOpenError`, `OutOfScopeError`.
    """
    with transaction(scope, "duty_confirmed", request_key=request_key) as unit:
        rows = []
        for turn in turns:
            with suppress(TurnRecordedError):
                rows.append(write_turn(scope, turn))
        if not rows:
            raise TurnRecordedError
        unit.about(rows[0], ward_id=rows[0].ward_id)
    return unit.receipt
