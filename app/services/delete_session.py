"""Takes help sessions out of the books; they can be put back for 30 days."""

from collections.abc import Collection

from app import clock
from app.access.scope import WardScope
from app.errors import NoticeChangedError, SessionHandedOnError
from app.queries.help_sessions import find_handoff, list_session_groups, load_session
from app.queries.reviews import get_burst
from app.services.transaction import Receipt, transaction
from models import HelpSession


def delete_session(scope: WardScope, session_id: int) -> Receipt:
    """Mark a session and its groups as deleted.

    Raises `SessionHandedOnError` when somebody was handed on from it, `PeriodClosedError`,
    `OutOfScopeError`.
    """
    with transaction(scope, "session_deleted") as unit:
        session = _take_out(scope, session_id)
        unit.about(session, ward_id=session.ward_id)
    return unit.receipt


def delete_from_burst(
    scope: WardScope,
    session_id: int,
    chosen: Collection[int],
    *,
    request_key: str | None = None,
) -> Receipt:
    """Delete those sessions of a burst that did not take place; all of them are undone as one.

    `session_id` is one of the burst. Raises `NoticeChangedError` where others are chosen than the
    burst has, and what `delete_session` raises.
    """
    with transaction(scope, "sessions_deleted", request_key=request_key) as unit:
        burst = get_burst(scope, session_id)
        if not chosen or not set(chosen) <= {session.id for session in burst.sessions}:
            raise NoticeChangedError
        rows = [_take_out(scope, one) for one in sorted(chosen)]
        unit.about(rows[0], ward_id=burst.ward_id)
    return unit.receipt


def _take_out(scope: WardScope, session_id: int) -> HelpSession:
    session = load_session(scope, session_id)
    if find_handoff(scope, session_id) is not None:
        raise SessionHandedOnError
    # Read first: the groups of a deleted session are as invisible as the session.
    groups = list_session_groups(scope, session_id)
    session.deleted_at = clock.now()
    for row in groups:
        row.deleted_at = session.deleted_at
    return session
