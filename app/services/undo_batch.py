"""Takes an action back by a new, compensating change."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import inspect, select, update
from sqlalchemy.orm import Session

from app import clock
from app.access.scope import WardScope
from app.errors import AlreadyUndoneError
from app.queries.deleted_rows import ROWS_RESTORED
from app.services.account_rows import lasting_administrators, refuse_loss_of_administrators
from app.services.bulk_undo import (
    SHARED_KINDS,
    UNDO,
    is_plain_making,
    made_rows,
    refuse_bereft_pairs,
    refuse_dependants,
    refuse_later_changes,
    withdraw_rows,
)
from app.services.change_recording import CREATED, ChangeRecorder, object_kind, unpack
from app.services.putting_back import is_plain_withdrawal, put_back_rows, refuse_orphans
from app.services.transaction import Receipt, transaction
from app.services.undo_rules import replaced_as_later_changes, undoable_batch
from models import (
    Account,
    Base,
    Batch,
    CatalogueEntry,
    Change,
    ChangedValue,
    Grant,
    Recorded,
    RosterImport,
    Setting,
    db,
)
from models.enums import BatchState, ImportState

REDO = "redo"
CHUNK = 500
ObjectKey = tuple[str, int]


def undo_batch(scope: WardScope, batch_id: int) -> Receipt:
    """Take back everything that one action changed.

    Raises `OutOfScopeError` for another ward's action, `AlreadyUndoneError`, `UndoExpiredError`
    after 30 days, `LaterChangeError` when something newer depends on it, and `PeriodClosedError`
    when a row counts in a closed report. Raises `LastAdministratorError` when nobody would be left
    to look after the accounts.
    """
    return _take_back_as(UNDO, scope, batch_id)


def redo_batch(scope: WardScope, batch_id: int) -> Receipt:
    """Put back what an undo took away: a new action, which can be undone like any other.

    Raises what `undo_batch` raises; for anything but an undo, `AlreadyUndoneError`.
    """
    return _take_back_as(REDO, scope, batch_id)


def _take_back_as(kind: str, scope: WardScope, batch_id: int) -> Receipt:
    with transaction(scope, kind) as unit:
        batch = undoable_batch(scope, batch_id)
        if (batch.kind == UNDO) != (kind == REDO):
            raise AlreadyUndoneError
        unit.batch.ward_id = batch.ward_id
        unit.batch.undoes_id = batch.id
        session, today = db.session(), clock.today()
        administrators = lasting_administrators(session, today)
        with replaced_as_later_changes():
            _take_back(session, batch, unit.recorder)
            session.flush()
        refuse_bereft_pairs(session, batch)
        refuse_orphans(session, batch)
        refuse_loss_of_administrators(session, administrators, today)
        batch.state = BatchState.UNDONE
        if batch.kind == ROWS_RESTORED:
            # What it took from the bin lies there again.
            session.get_one(Batch, batch.object_id).state = BatchState.DONE
        unit.batch.object_kind, unit.batch.object_id = batch.object_kind, batch.object_id
    return Receipt(batch.object_id or 0, unit.batch.id)


def _take_back(session: Session, batch: Batch, recorder: ChangeRecorder) -> None:
    refuse_later_changes(session, batch)
    made = made_rows(session, batch)
    refuse_dependants(session, batch, made)
    if is_plain_making(session, batch, made):
        withdraw_rows(session, batch, made, recorder)
    elif is_plain_withdrawal(session, batch):
        put_back_rows(session, batch, recorder)
    else:
        _take_back_one_by_one(session, batch)
    _mark_import(session, batch)


def _mark_import(session: Session, batch: Batch) -> None:
    """Let the list of an import say whether its people are there."""
    imported, state = batch.id, ImportState.DISCARDED
    if batch.kind == UNDO:
        imported, state = batch.undoes_id or 0, ImportState.APPLIED
    session.execute(
        update(RosterImport).where(RosterImport.batch_id == imported).values(state=state)
    )


def _take_back_one_by_one(session: Session, batch: Batch) -> None:
    changes = session.scalars(
        select(Change).where(Change.batch_id == batch.id).order_by(Change.id.desc())
    ).all()
    touched = [(change, object_id) for change in changes for object_id in change.object_ids]
    by_kind: dict[str, list[int]] = defaultdict(list)
    for change, object_id in touched:
        by_kind[change.object_kind].append(object_id)
    created = {
        (change.object_kind, object_id)
        for change, object_id in touched
        if change.action == CREATED and change.object_kind not in SHARED_KINDS
    }
    targets = dict(_load_targets(session, by_kind))
    values = _load_values(session, batch)
    # What was made goes first: a spell that is put back may need the days it took.
    for change, object_id in touched:
        if (change.object_kind, object_id) in created:
            _withdraw(session, targets[change.object_kind, object_id])
    session.flush()
    with session.no_autoflush:
        for change, object_id in touched:
            if change.action != CREATED:
                _put_back(targets[change.object_kind, object_id], values[change.id])


def _load_targets(
    session: Session, by_kind: dict[str, list[int]]
) -> Iterable[tuple[ObjectKey, Base]]:
    models = {object_kind(mapper.class_): mapper.class_ for mapper in Base.registry.mappers}
    for kind, ids in by_kind.items():
        model = models[kind]
        for chunk in _chunks(ids):
            statement = select(model).where(model.id.in_(chunk))
            found = session.scalars(statement, execution_options={"include_deleted": True})
            for target in found:
                yield (kind, target.id), target


def _load_values(session: Session, batch: Batch) -> dict[int, list[ChangedValue]]:
    values: dict[int, list[ChangedValue]] = defaultdict(list)
    of_batch = select(ChangedValue).join(Change).where(Change.batch_id == batch.id)
    for value in session.scalars(of_batch):
        values[value.change_id].append(value)
    return values


def _withdraw(session: Session, target: Base) -> None:
    """Take back a creation: rows stay, marked; nothing is really deleted but a dated setting."""
    if isinstance(target, Recorded):
        target.deleted_at = clock.now()
    elif isinstance(target, CatalogueEntry):
        target.is_active = False
    elif isinstance(target, Account):
        target.disabled_at = clock.now()
    elif isinstance(target, Grant):
        target.ended_on = target.started_on
    elif isinstance(target, Setting):
        session.delete(target)


def _put_back(target: Base, values: list[ChangedValue]) -> None:
    columns = inspect(type(target)).columns
    for value in values:
        column_type = columns[value.field].type
        python_type = getattr(column_type, "enum_class", None) or column_type.python_type
        setattr(target, value.field, unpack(python_type, value.old))


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
