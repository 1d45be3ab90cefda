"""What recording turns has in common, one or several at once; commits nothing."""

from dataclasses import dataclass
from datetime import date

from app.access.scope import WardScope
from app.errors import OutOfScopeError, PostNotOpenError, TurnRecordedError
from app.formatting import format_day
from app.queries.duty import find_turn, load_post
from app.queries.duty_leave import find_desk_ward
from app.services.reporting_periods import period_counting
from models import DutyTurn, SupportPost, db
from models.enums import HalfDay


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """Half a day of a support post at the desk."""

    post_id: int
    day: date
    half_day: HalfDay
    is_performed: bool


def write_turn(scope: WardScope, turn: Turn) -> DutyTurn:
    """Write a turn, or note that a planned one was performed; return its row.

    Who stands in for somebody, or whom a bordering ward sent, takes it at that desk, also where the
    own post is elsewhere. Raises
    `PostNotOpenError`, `TurnRecordedError`, `OutOfScopeError`.
    """
    row = find_turn(scope, turn.post_id, turn.day, turn.half_day)
    desk_id = (
        find_desk_ward(scope, turn.post_id, turn.day, turn.half_day) if row is None else row.ward_id
    )
    post = load_post(scope, turn.post_id) if desk_id is None else _load_visitor(turn.post_id)
    if not post.is_open_on(turn.day):
        raise PostNotOpenError(day=format_day(turn.day))
    if row is None:
        row = DutyTurn(
            ward_id=desk_id or post.ward_id,
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
    return row


def _load_visitor(post_id: int) -> SupportPost:
    """Return the post of somebody whom a leave or a planned turn of the scope names."""
    post = db.session.get(SupportPost, post_id, with_for_update=True)
    if post is None:
        raise OutOfScopeError(SupportPost, post_id)
    return post
