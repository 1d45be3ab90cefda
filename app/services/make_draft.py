"""Begins a plan of pairings: a draft that is worked out afterwards."""

from datetime import timedelta

from sqlalchemy import delete, select

from app import clock
from app.access.scope import WardScope
from app.services.transaction import technical_write
from graphs.planning.rows import Reach
from models import AssignmentDraft
from models.enums import DraftState

KEPT_FOR = timedelta(days=30)
# A plan gives each aim a minute at most; whatever is silent longer has ended with its process.
SILENT_FOR = timedelta(minutes=10)


def make_draft(scope: WardScope, *, ward_id: int | None, reach: Reach) -> int:
    """Keep a draft that waits to be worked out, and return its id; nothing of the network changes.

    `ward_id` None: all wards of the scope. Within one ward nobody else is within reach. The
    account's drafts that nobody published for a month go. Asked for the same once more while one
    is worked out, it is that one. Raises `OutOfScopeError` for a foreign ward.
    """
    if ward_id is not None:
        scope.require(ward_id)
    now, wanted = clock.now(), reach if ward_id is None else Reach.WARD
    with technical_write() as session:
        same = session.scalar(
            select(AssignmentDraft.id)
            .where(
                AssignmentDraft.account_id == scope.account_id,
                AssignmentDraft.ward_id == ward_id,
                AssignmentDraft.reach == wanted.value,
                AssignmentDraft.state == DraftState.COMPUTING,
                AssignmentDraft.touched_at > now - SILENT_FOR,
            )
            .limit(1)
        )
        if same is not None:
            return same
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
            reach=wanted.value,
            as_of=clock.today(),
            state=DraftState.COMPUTING,
            created_at=now,
            touched_at=now,
        )
        session.add(draft)
        session.flush()
        return draft.id
