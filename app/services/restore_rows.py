"""Puts back single rows of what one action deleted, and leaves the rest in the bin."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.access.scope import WardScope
from app.errors import AlreadyUndoneError
from app.queries.deleted_rows import ROWS_RESTORED, RowKey, list_deleted
from app.queries.recycle_bin import BIN_KINDS, NO_DELETIONS
from app.services.bulk_undo import recorded_models, references, refuse_bereft_pairs, table_of
from app.services.change_recording import object_kind
from app.services.putting_back import refuse_orphans
from app.services.transaction import Receipt, transaction
from app.services.undo_rules import replaced_as_later_changes, undoable_batch
from models import db
from models.enums import BatchState

TABLES = {object_kind(model): table_of(model) for model in recorded_models()}
LINKS = [(table.name, column, parent) for table, column, parent in references()]


def restore_rows(
    scope: WardScope, batch_id: int, chosen: Collection[RowKey], *, request_key: str | None = None
) -> Receipt:
    """Put back some of the rows that an action deleted, with what belongs to them.

    With a row comes what it hangs on, and what says more about it alone: a mentee's person with
    groups and consents. Raises what `undo_batch` raises; `AlreadyUndoneError` where nothing of what
    was chosen lies in the bin.
    """
    with transaction(scope, ROWS_RESTORED, request_key=request_key) as unit:
        batch, session = undoable_batch(scope, batch_id), db.session()
        there = set(list_deleted(scope, batch_id)) if batch.kind not in NO_DELETIONS else set()
        wanted = [key for key in chosen if key in there]
        if not wanted:
            raise AlreadyUndoneError
        unit.about(batch, ward_id=batch.ward_id)
        back = _with_belongings(session, wanted, there)
        with replaced_as_later_changes():
            _unmark(session, back)
            session.flush()
        refuse_bereft_pairs(session, batch)
        refuse_orphans(session, batch)
        if not any(key.kind in BIN_KINDS for key in there - back):
            batch.state = BatchState.UNDONE
    return unit.receipt


def _unmark(session: Session, keys: Iterable[RowKey]) -> None:
    ids = _by_kind(keys)
    for model in recorded_models():
        found = ids.get(object_kind(model))
        if found:
            statement = select(model).where(TABLES[object_kind(model)].c.id.in_(found))
            for row in session.scalars(statement, execution_options={"include_deleted": True}):
                row.deleted_at = None  # type: ignore[attr-defined]  # recorded rows have it


def _with_belongings(
    session: Session, wanted: Iterable[RowKey], there: Collection[RowKey]
) -> set[RowKey]:
    """Add what rows hang on, and then what hangs on these and is no entry of the bin itself."""
    back, step = set(wanted), set(wanted)
    while step:
        step = {up for _row, up in _links(session, step) if up in there} - back
        back |= step
    step = back
    while step:
        step = {
            child
            for child, parents in _children(session, step, there).items()
            if not any(up in there and up not in back for up in parents)
        } - back
        back |= step
    return back


def _links(session: Session, keys: Iterable[RowKey]) -> Iterator[tuple[RowKey, RowKey]]:
    """Yield each of some rows with what it hangs on."""
    ids = _by_kind(keys)
    for kind, column, parent in LINKS:
        if kind in ids and parent in TABLES:
            key = TABLES[kind].c.id
            for row_id, up in session.execute(select(key, column).where(key.in_(ids[kind]))):
                if up is not None:
                    yield RowKey(kind, row_id), RowKey(parent, up)


def _children(
    session: Session, keys: Iterable[RowKey], there: Collection[RowKey]
) -> Mapping[RowKey, list[RowKey]]:
    """Return rows that hang on some and were deleted with them, each with all that it hangs on."""
    ids = _by_kind(keys)
    kinds = {key.kind for key in there}.difference(BIN_KINDS)
    found: set[RowKey] = set()
    for kind, column, parent in LINKS:
        if kind in kinds and parent in ids:
            hangs_on: ColumnElement[bool] = column.in_(ids[parent])
            rows = session.scalars(select(TABLES[kind].c.id).where(hangs_on))
            found |= {RowKey(kind, row_id) for row_id in rows}.intersection(there)
    parents: dict[RowKey, list[RowKey]] = {key: [] for key in found}
    for row, up in _links(session, found):
        parents[row].append(up)
    return parents


def _by_kind(keys: Iterable[RowKey]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, row_id in keys:
        ids[kind].append(row_id)
    return ids
