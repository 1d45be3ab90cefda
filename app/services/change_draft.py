"""Changes single moves of a plan of pairings: dropped, taken back, or to another mentor."""

from collections.abc import Callable

from app import clock
from app.access.scope import WardScope
from app.errors import DraftClosedError, MentorOverfullError, MoveForbiddenError, OutOfScopeError
from app.queries.assignment import plan_rows
from app.queries.assignment_drafts import lock_draft, wards_of_spells
from app.services.compute_draft import draft_scope
from app.services.transaction import technical_write
from graphs.planning.checking import check_moves
from graphs.planning.draft import (
    Draft,
    DraftMove,
    changed_draft,
    describe_mentors,
    moves_of,
    outcomes,
    redirected,
)
from graphs.planning.rows import Reach
from models import AssignmentDraft
from models.enums import DraftState


def drop_move(scope: WardScope, draft_id: int, mentee_id: int, *, is_dropped: bool) -> None:
    """Drop the move of a mentee, or take it back into the plan.

    Raises `DraftClosedError`, and `OutOfScopeError` for another account's draft or a mentee whom
    it does not move.
    """
    _change(
        scope,
        draft_id,
        lambda _row, draft: changed_draft(
            draft, _move_of(draft, mentee_id)._replace(is_dropped=is_dropped)
        ),
    )


def redirect_move(scope: WardScope, draft_id: int, mentee_id: int, mentor_id: int) -> None:
    """Let the mentee of a move go to another mentor.

    Raises `MoveForbiddenError` where the two may not be paired, `MentorOverfullError` where the
    plan leaves that mentor no room, and what `drop_move` raises.
    """

    def change(row: AssignmentDraft, draft: Draft) -> Draft:
        return _redirected(draft_scope(scope, row.ward_id), row, draft, mentee_id, mentor_id)

    _change(scope, draft_id, change)


def _change(
    scope: WardScope, draft_id: int, change: Callable[[AssignmentDraft, Draft], Draft]
) -> None:
    with technical_write():
        row = lock_draft(scope, draft_id)
        if row.state is not DraftState.READY or row.moves is None:
            raise DraftClosedError
        row.moves = change(row, Draft.of_values(row.moves)).as_values()
        row.touched_at = clock.now()


def _move_of(draft: Draft, mentee_id: int) -> DraftMove:
    for move in draft.moves:
        if move.mentee == mentee_id:
            return move
    raise OutOfScopeError(DraftMove, mentee_id)


def _redirected(
    scope: WardScope, row: AssignmentDraft, draft: Draft, mentee_id: int, mentor_id: int
) -> Draft:
    """Return the draft with another mentor in a move, by the rows of the wards that it touches."""
    move = _move_of(draft, mentee_id)
    people = {mentor_id} if move.from_mentor is None else {mentor_id, move.from_mentor}
    wards = wards_of_spells(scope, people, [mentee_id])
    around = WardScope.of({*wards.mentors.values(), *wards.mentees.values()}, scope.account_id)
    rows = plan_rows(around, row.as_of)
    mentors = {mentor.id: mentor for mentor in rows.mentors}
    mentees = {mentee.id: mentee for mentee in rows.mentees}
    if mentor_id not in mentors or mentee_id not in mentees or mentor_id == move.from_mentor:
        raise MoveForbiddenError
    other = redirected(move, mentees[mentee_id], mentors[mentor_id], rows.wards)
    described = describe_mentors([mentor_id], mentors, rows.mentees)
    changed = changed_draft(draft, other, described.values())
    if check_moves(rows, moves_of(Draft(described, (other,))), reach=Reach(row.reach)):
        raise MoveForbiddenError
    if outcomes(changed)[mentor_id].is_overfull:
        raise MentorOverfullError
    return changed
