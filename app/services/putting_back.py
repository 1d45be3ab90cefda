"""Puts back what an undo or a deletion took away, and never without what it hangs on."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.errors import LaterChangeError
from app.services.bulk_undo import plain_kinds, recorded_models, references, table_of
from app.services.change_recording import DELETED, RESTORED, ChangeRecorder, object_kind
from models import Base, Batch, Change, ChangedValue


def is_plain_withdrawal(session: Session, batch: Batch) -> bool:
    """Say whether a unit did nothing but mark rows that a mark alone withdraws and puts back."""
    of_batch = Change.batch_id == batch.id
    is_other = (Change.action != DELETED) | Change.object_kind.not_in(sorted(plain_kinds()))
    return session.scalar(select(Change.id).where(of_batch, is_other).limit(1)) is None


def put_back_rows(session: Session, batch: Batch, recorder: ChangeRecorder) -> None:
    """Take the marks off all rows that a unit marked, a table at a time, and tell the log."""
    for model in recorded_models():
        runs, when = _marked_runs(session, batch, object_kind(model))
        if runs:
            _unmark(session, model, runs)
            ids = [row_id for run in runs for row_id in run]
            recorder.write_bulk(session, model, ids, RESTORED, [("deleted_at", when, None)])


def refuse_orphans(session: Session, batch: Batch) -> None:
    """Raise `LaterChangeError` when a row was put back that points at one which is gone."""
    told = select(Change.object_kind).where(Change.batch_id == batch.id, Change.action == DELETED)
    kinds = set(session.scalars(told.distinct()))
    tables = {object_kind(model): table_of(model) for model in recorded_models()}
    for table, column, parent_kind in references():
        if table.name not in kinds or parent_kind not in tables:
            continue
        parent = tables[parent_kind].alias()
        found = (
            select(table.c.id)
            .join(
                Change,
                table.c.id.between(Change.object_id, Change.last_object_id)
                & (Change.object_kind == table.name),
            )
            .join(parent, parent.c.id == column)
            .where(
                Change.batch_id == batch.id,
                Change.action == DELETED,
                table.c.deleted_at.is_(None),
                parent.c.deleted_at.is_not(None),
            )
            .limit(1)
        )
        if session.execute(found).first():
            raise LaterChangeError


def _marked_runs(session: Session, batch: Batch, kind: str) -> tuple[list[range], str | None]:
    told = (
        select(Change.object_id, Change.last_object_id, ChangedValue.new)
        .join(ChangedValue, ChangedValue.change_id == Change.id)
        .where(
            Change.batch_id == batch.id,
            Change.object_kind == kind,
            ChangedValue.field == "deleted_at",
        )
        .order_by(Change.object_id)
    )
    rows = session.execute(told).all()
    when = rows[0][2] if rows else None
    return [range(first_id, last_id + 1) for first_id, last_id, _ in rows], when


def _unmark(session: Session, model: type[Base], runs: list[range]) -> None:
    table = table_of(model)
    is_in_run = table.c.id.between(bindparam("first_id"), bindparam("last_id"))
    unmark = update(table).where(is_in_run).values(deleted_at=None, version=table.c.version + 1)
    ends = [{"first_id": run[0], "last_id": run[-1]} for run in runs]
    session.connection().execute(unmark, ends)
