"""Works a draft out: reads the people, finds the best plan, keeps it. No write waits meanwhile."""

from typing import Any

from sqlalchemy import update

from app import clock
from app.access.scope import WardScope
from app.planning.assignment import outcome_as_values
from app.queries.assignment import plan_rows
from app.queries.assignment_drafts import DraftCard, get_draft_card
from app.services.transaction import technical_write
from graphs.planning.assignment import checked_plan
from graphs.planning.draft import draft_of, fingerprint
from models import AssignmentDraft, db
from models.enums import DraftState


def compute_draft(scope: WardScope, draft_id: int) -> None:
    """Work out the plan of a draft that waits for it; one that was discarded meanwhile stays so.

    The aim that is worked on can be read from the draft. When it fails for any reason, the draft
    says so and the reason is raised.
    """
    card = get_draft_card(scope, draft_id)
    if card.state is not DraftState.COMPUTING:
        return
    is_done = False
    try:
        _write(draft_id, **_worked_out(scope, card))
        is_done = True
    finally:
        if not is_done:
            db.session.rollback()
            _write(draft_id, state=DraftState.FAILED)


def _worked_out(scope: WardScope, card: DraftCard) -> dict[str, Any]:
    rows = plan_rows(draft_scope(scope, card.ward_id), card.as_of)
    # What was read need not be held while the plan is worked out, which may take a minute.
    db.session.rollback()
    plan = checked_plan(rows, reach=card.reach, on_aim=lambda aim: _write(card.id, aim=aim.value))
    return {
        "state": DraftState.READY,
        "fingerprint": fingerprint(rows),
        "outcome": outcome_as_values(plan, rows.floor),
        "moves": draft_of(rows, plan).as_values(),
    }


def draft_scope(scope: WardScope, ward_id: int | None) -> WardScope:
    """Return the wards that a draft is about."""
    return scope if ward_id is None else scope.narrowed_to(ward_id)


def _write(draft_id: int, **values: object) -> None:
    """Note how far the draft is, unless somebody discarded it."""
    is_wanted = (AssignmentDraft.id == draft_id) & (AssignmentDraft.state == DraftState.COMPUTING)
    with technical_write() as session:
        session.execute(
            update(AssignmentDraft)
            .where(is_wanted)
            .values(touched_at=clock.now(), version=AssignmentDraft.version + 1, **values)
        )
