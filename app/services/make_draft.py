"""Begins a plan of pairings: a draft that is worked out afterwards."""

from datetime import timedelta

from sqlalchemy import delete

from app import clock
from app.access.scope import WardScope
from app.services.transaction import technical_write
from graphs.planning.rows import Reach
from models import AssignmentDraft
from models.enums import DraftState

KEPT_FOR = timedelta(days=30)


def make_draft(scope: WardScope, *, ward_id: int | None, reach: Reach) -> int:
    """Keep a draft that waits to be worked out, and return its id; nothing of the network changes.

    `ward_id` None: all wards of the scope. Within one ward nobody else is within reach. The
    account's drafts that nobody published for a month go. Raises `OutOfScopeError` for a foreign
    ward.
    """
    if ward_id is not None:
        scope.require(ward_id)
    now = clock.now()
    with technical_write() as session:
        session.execute(
            delete(AssignmentDraft).where(
                AssignmentDraft.account_id == scope.account_id,
                AssignmentDraft.batch_id.is_(None),
                AssignmentDraft.created_at < now - KEPT_FOR,
            )
        )
        draft = AssignmentDraft(
            account_id=scope.account_id,
            ward_id=ward_id,
            reach=(reach if ward_id is None else Reach.WARD).value,
            as_of=clock.today(),
            state=DraftState.COMPUTING,
            created_at=now,
            touched_at=now,
        )
        session.add(draft)
        session.flush()
        return draft.id
