"""Drops a plan of pairings that nobody published."""

from app import clock
from app.access.scope import WardScope
from app.errors import DraftClosedError
from app.queries.assignment_drafts import lock_draft
from app.services.transaction import technical_write
from models.enums import DraftState


def discard_draft(scope: WardScope, draft_id: int) -> None:
    """Drop a draft, also one that is still worked out. Nothing of the network changes.

    Raises `DraftClosedError` for a published one, `OutOfScopeError` for another account's.
    """
    with technical_write():
        row = lock_draft(scope, draft_id)
        if row.state is DraftState.PUBLISHED:
            raise DraftClosedError
        row.state, row.moves, row.outcome = DraftState.DISCARDED, None, None
        row.touched_at = clock.now()
