"""Records half a day at the desk, planned or performed."""

from dataclasses import dataclass
from datetime import date

from app.access.scope import WardScope
from app.errors import PostNotOpenError, TurnRecordedError
from app.formatting import format_day
from app.queries.duty import find_turn, load_post
from app.services.reporting_periods import period_counting
from app.services.transaction import Receipt, transaction
from models import DutyTurn, db
from models.enums import HalfDay


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """Half a day of a support post at the desk."""

    post_id: int
    day: date
    half_day: HalfDay
    is_performed: bool


def record_duty(scope: WardScope, turn: Turn, *, request_key: str | None = None) -> Receipt:
    """Record a turn, or note that a planned one was performed; return the receipt about it.

    One dated in a closed period counts in the next open one. Raises `PostNotOpenError`,
    `TurnRecordedError` when it is recorded already, `OutOfScopeError`.
    """
    with transaction(scope, "duty_recorded", request_key=request_key) as unit:
        post = load_post(scope, turn.post_id)
        if not post.is_open_on(turn.day):
            raise PostNotOpenError(day=format_day(turn.day))
        row = find_turn(scope, turn.post_id, turn.day, turn.half_day)
        if row is None:
            row = DutyTurn(
                ward_id=post.ward_id,
                support_post_id=post.id,
                service_date=turn.day,
                half_day=turn.half_day,
                reported_in_id=period_counting(turn.day),
                is_performed=turn.is_performed,
            )
            db.session.add(row)
        elif turn.is_performed and not row.is_performed:
            row.is_performed = True
        else:
            raise TurnRecordedError
        unit.about(row, ward_id=post.ward_id)
    return unit.receipt
