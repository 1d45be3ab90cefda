"""Which rows an action deleted, and which of them were put back one by one."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Row, Select, select

from app.access.scope import WardScope
from models import Batch, Change, db
from models.enums import BatchState

DELETED, RESTORED = "deleted", "restored"
# The kind of action that puts back some rows of another one, which is its object.
ROWS_RESTORED = "rows_restored"


class RowKey(NamedTuple):
    """A row of any table."""

    kind: str
    id: int


def put_back_alone(scope: WardScope, batch_ids: Collection[int]) -> dict[int, set[RowKey]]:
    """Return which rows of actions that the scope has shown were put back one by one."""
    del scope  # whoever sees the action may see what is left of it
    statement = (
        select(Batch.object_id, Change.object_kind, Change.object_id, Change.object_count)
        .join(Change, Change.batch_id == Batch.id)
        .where(
            # It came later: the rest of the log need not be looked at.
            Batch.id > min(batch_ids, default=0),
            Batch.object_kind == Batch.__tablename__,
            Batch.object_id.in_(batch_ids),
            Batch.kind == ROWS_RESTORED,
            Batch.state == BatchState.DONE,
            Change.action == RESTORED,
        )
    )
    found: dict[int, set[RowKey]] = defaultdict(set)
    for batch_id, kind, first_id, count in db.session.execute(statement):
        if batch_id is not None:
            found[batch_id].update(RowKey(kind, first_id + step) for step in range(count))
    return found


def list_deleted(scope: WardScope, batch_id: int) -> list[RowKey]:
    """Return the rows that an action deleted and that nobody put back, as the log tells them."""
    statement: Select[str, int, int] = (
        select(Change.object_kind, Change.object_id, Change.object_count)
        .where(Change.batch_id == batch_id, Change.action == DELETED)
        .order_by(Change.id)
    )
    runs: list[Row[str, int, int]] = list(db.session.execute(statement).all())
    alone = put_back_alone(scope, [batch_id])[batch_id]
    keys = (RowKey(kind, first + step) for kind, first, count in runs for step in range(count))
    return [key for key in keys if key not in alone]
