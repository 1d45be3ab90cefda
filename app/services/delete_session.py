"""Takes a help session out of the books; it can be put back for 30 days."""

from app import clock
from app.access.scope import WardScope
from app.errors import SessionHandedOnError
from app.queries.help_sessions import find_handoff, list_session_groups, load_session
from app.services.transaction import Receipt, transaction


def delete_session(scope: WardScope, session_id: int) -> Receipt:
    """Mark a session and its groups as deleted.

    Raises `SessionHandedOnError` when somebody was handed on from it, `PeriodClosedError`,
    `OutOfScopeError`.
    """
    with transaction(scope, "session_deleted") as unit:
        session = load_session(scope, session_id)
        if find_handoff(scope, session_id) is not None:
            raise SessionHandedOnError
        # Read first: the groups of a deleted session are as invisible as the session.
        groups = list_session_groups(scope, session_id)
        session.deleted_at = clock.now()
        for row in groups:
            row.deleted_at = session.deleted_at
        unit.about(session, ward_id=session.ward_id)
    return unit.receipt
