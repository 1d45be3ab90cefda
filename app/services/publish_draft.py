"""Publishes a plan of pairings: what was kept of it comes true at once, or nothing does."""

from app import clock
from app.access.scope import WardScope
from app.errors import (
    DraftBrokenError,
    DraftClosedError,
    EmptyPlanError,
    NetworkChangedError,
)
from app.queries.assignment import plan_rows
from app.queries.assignment_drafts import lock_draft
from app.services.compute_draft import draft_scope
from app.services.plan_writing import Pairing, write_pairings
from app.services.transaction import Receipt, transaction
from graphs.planning.checking import check_moves
from graphs.planning.draft import Draft, fingerprint, moves_of
from graphs.planning.rows import Reach
from models import AssignmentDraft
from models.enums import DraftState


def publish_draft(scope: WardScope, draft_id: int, *, request_key: str | None = None) -> Receipt:
    """End and begin the pairs of a draft today, as one unit that can be undone.

    Raises `DraftClosedError` for one that is published, discarded or not worked out,
    `EmptyPlanError` when every move was dropped, `NetworkChangedError` when anything of which the
    plan was made has changed since, `DraftBrokenError` when the moves that are left break a rule,
    and `OutOfScopeError` for another account's draft.
    """
    with transaction(scope, "plan_published", request_key=request_key) as unit:
        row = lock_draft(scope, draft_id)
        pairings = _checked(scope, row)
        begun = write_pairings(draft_scope(scope, row.ward_id), pairings, on=clock.today())
        row.state, row.batch_id, row.touched_at = DraftState.PUBLISHED, unit.batch_id, clock.now()
        unit.about(begun[0], ward_id=row.ward_id)
    return unit.receipt


def _checked(scope: WardScope, row: AssignmentDraft) -> list[Pairing]:
    """Return what the draft comes to; everything is looked at again in this transaction."""
    if row.state is not DraftState.READY or row.moves is None:
        raise DraftClosedError
    draft = Draft.of_values(row.moves)
    if not draft.accepted:
        raise EmptyPlanError
    rows = plan_rows(draft_scope(scope, row.ward_id), clock.today())
    if fingerprint(rows) != row.fingerprint:
        raise NetworkChangedError
    if check_moves(rows, moves_of(draft), reach=Reach(row.reach)):
        raise DraftBrokenError
    return [Pairing(move.mentee, move.to_mentor, move.from_mentor) for move in draft.accepted]
