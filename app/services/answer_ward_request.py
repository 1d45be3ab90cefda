"""A ward accepts what another asks, and names who helps, or declines it with a reason."""

from app import clock
from app.access.scope import WardScope
from app.queries.duty import load_post
from app.queries.pairing import lock_mentor
from app.queries.ward_requests import load_received_request
from app.request_errors import RequestAnsweredError, RequestDayOverError
from app.services.transaction import Receipt, transaction
from models import WardRequest
from models.enums import RequestKind, RequestState


def accept_ward_request(
    scope: WardScope, request_id: int, helper_id: int, *, request_key: str | None = None
) -> Receipt:
    """Accept a request with a mentor, or with the post of who sits at the desk, of the asked ward.

    Raises `RequestAnsweredError`, `RequestDayOverError`, `OutOfScopeError`.
    """
    with transaction(scope, "ward_request_accepted", request_key=request_key) as unit:
        row = _open_request(scope, request_id)
        if row.day is not None and row.day < clock.today():
            raise RequestDayOverError
        asked = scope.narrowed_to(row.asked_ward_id)
        if row.kind is RequestKind.MENTOR:
            row.mentor_id = lock_mentor(asked, helper_id).id
        else:
            row.support_post_id = load_post(asked, helper_id).id
        row.state = RequestState.ACCEPTED
        unit.about(row, ward_id=row.asked_ward_id)
    return unit.receipt


def decline_ward_request(
    scope: WardScope, request_id: int, reason: str, *, request_key: str | None = None
) -> Receipt:
    """Decline a request, with the reason. Raises `RequestAnsweredError`, `OutOfScopeError`."""
    with transaction(scope, "ward_request_declined", request_key=request_key) as unit:
        row = _open_request(scope, request_id)
        row.state, row.reason = RequestState.DECLINED, reason
        unit.about(row, ward_id=row.asked_ward_id)
    return unit.receipt


def _open_request(scope: WardScope, request_id: int) -> WardRequest:
    row = load_received_request(scope, request_id)
    if row.state is not RequestState.OPEN:
        raise RequestAnsweredError
    return row
