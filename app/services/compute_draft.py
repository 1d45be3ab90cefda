"""Works a draft out: reads the people, finds the best plan, keeps it. No write waits meanwhile."""

from typing import Any

from sqlalchemy import update

from app import clock
from app.access.scope import WardScope
from app.errors import DraftClosedError
from app.planning.assignment import outcome_as_values
from app.queries.assignment import plan_rows
from app.queries.assignment_drafts import DraftCard, get_draft_card
from app.services.transaction import technical_write
from graphs.planning.assignment import checked_plan
from graphs.planning.draft import draft_of, fingerprint
from models import AssignmentDraft, db
from models.enums import DraftState


def compute_draft(scope: WardScope, draft_id: int) -> None:
    """Work out the plan of a draft that waits for it; who discards it ends that at the next aim.

    The aim that is worked on can be read from the draft. When it fails for any reason, the draft
    says so and the reason is raised.
    """
    card = get_draft_card(scope, draft_id)
    if card.state is not DraftState.COMPUTING:
        return
    is_done = False
    try:
        _note(scope, draft_id, **_worked_out(scope, card))
        is_done = True
    except DraftClosedError:
        is_done = True
    finally:
        if not is_done:
            db.session.rollback()
            touch_draft(scope, draft_id, state=DraftState.FAILED)


def touch_draft(scope: WardScope, draft_id: int, **values: object) -> bool:
    """Note that somebody works on a draft or will, and how far it is; false if nobody wants it."""
    is_wanted = (
        (AssignmentDraft.id == draft_id)
        & (AssignmentDraft.account_id == scope.account_id)
        & (AssignmentDraft.state == DraftState.COMPUTING)
    )
    with technical_write() as session:
        touched = session.scalar(
            update(AssignmentDraft)
            .where(is_wanted)
            .values(touched_at=clock.now(), version=AssignmentDraft.version + 1, **values)
            .returning(AssignmentDraft.id)
        )
    return touched is not None


def _worked_out(scope: WardScope, card: DraftCard) -> dict[str, Any]:
    rows = plan_rows(draft_scope(scope, card.ward_id), card.as_of)
    # What was read need not be held while the plan is worked out, which may take a minute.
    db.session.rollback()
    plan = checked_plan(
        rows, reach=card.reach, on_aim=lambda aim: _note(scope, card.id, aim=aim.value)
    )
    return {
        "state": DraftState.READY,
        "fingerprint": fingerprint(rows),
        "outcome": outcome_as_values(plan, rows.floor),
        "moves": draft_of(rows, plan).as_values(),
    }


def draft_scope(scope: WardScope, ward_id: int | None) -> WardScope:
    """Return the wards that a draft is about."""
    return scope if ward_id is None else scope.narrowed_to(ward_id)


def _note(scope: WardScope, draft_id: int, **values: object) -> None:
    """Note how far a draft is; raises `DraftClosedError` where somebody discarded it."""
    if not touch_draft(scope, draft_id, **values):
        raise DraftClosedError
