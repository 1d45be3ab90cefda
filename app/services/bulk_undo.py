"""Taking back what one unit made, a table at a time: an import makes very many rows."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from sqlalchemy import Column, Select, Table, and_, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from app import clock
from app.errors import LaterChangeError
from app.services.change_recording import CREATED, DELETED, ChangeRecorder, object_kind, pack
from models import Base, Batch, Change, Hamlet, Recorded
from models.enums import BatchState

# Made in passing and used by everybody from then on, so they stay when their first use goes.
SHARED_KINDS = frozenset({Hamlet.__tablename__})


class MadeRows(NamedTuple):
    """The rows of one table that a unit made: how many, and between which ids."""

    first_id: int
    last_id: int
    how_many: int


def made_rows(session: Session, batch: Batch) -> dict[str, MadeRows]:
    """Return by table the rows that a unit made, and that go when it is undone."""
    numbers = (func.min(Change.object_id), func.max(Change.object_id), func.count())
    told = (
        select(Change.object_kind, *numbers)
        .where(Change.batch_id == batch.id, Change.action == CREATED)
        .group_by(Change.object_kind)
    )
    rows = session.execute(told).all()
    return {kind: MadeRows(*made) for kind, *made in rows if kind not in SHARED_KINDS}


def is_plain_making(session: Session, batch: Batch, made: Mapping[str, MadeRows]) -> bool:
    """Say whether a unit did nothing but make rows that a mark alone withdraws."""
    count = session.scalar(select(func.count()).where(Change.batch_id == batch.id))
    is_all = count == sum(rows.how_many for rows in made.values())
    return is_all and made.keys() <= set(_plain_kinds())


def refuse_later_changes(session: Session, batch: Batch) -> None:
    """Raise `LaterChangeError` when what was touched was changed since, and that still stands."""
    mine, later = aliased(Change), aliased(Change)
    newest_own = select(func.max(Change.id)).where(Change.batch_id == batch.id).scalar_subquery()
    is_same = and_(later.object_kind == mine.object_kind, later.object_id == mine.object_id)
    found = (
        select(later.id)
        .select_from(mine)
        .join(later, and_(is_same, later.id > newest_own))
        .join(Batch, Batch.id == later.batch_id)
        .where(
            mine.batch_id == batch.id,
            Batch.id != batch.id,
            Batch.state != BatchState.UNDONE,
            Batch.undoes_id.is_(None),
        )
        .limit(1)
    )
    if session.scalar(found) is not None:
        raise LaterChangeError


def refuse_dependants(session: Session, batch: Batch, made: Mapping[str, MadeRows]) -> None:
    """Raise `LaterChangeError` when a living row of another unit points at what this one made."""
    for table, column, kind in _references():
        if kind not in made:
            continue
        is_made = exists().where(
            Change.object_kind == kind,
            Change.object_id == column,
            Change.batch_id == batch.id,
            Change.action == CREATED,
        )
        found = (
            select(table.c.id)
            .where(
                column.between(made[kind].first_id, made[kind].last_id),
                table.c.batch_id.is_distinct_from(batch.id),
                table.c.deleted_at.is_(None),
                is_made,
            )
            .limit(1)
        )
        if session.execute(found).first():
            raise LaterChangeError


def withdraw_rows(
    session: Session, batch: Batch, made: Mapping[str, MadeRows], recorder: ChangeRecorder
) -> None:
    """Mark the rows as deleted and tell the log; the marks of one undo are of one moment."""
    now = clock.now()
    told = [("deleted_at", None, pack(now))]
    for model in _recorded_models():
        if object_kind(model) not in made:
            continue
        table, ids = _table(model), _made_ids(batch, object_kind(model))
        marked = (
            update(table)
            .where(table.c.id.in_(ids.order_by(None)))
            .values(deleted_at=now, version=table.c.version + 1)
        )
        session.connection().execute(marked)
        recorder.write_bulk(session, model, list(session.scalars(ids)), DELETED, told)


def _made_ids(batch: Batch, kind: str) -> Select[int]:
    is_made = (Change.object_kind == kind) & (Change.action == CREATED)
    return (
        select(Change.object_id)
        .where(Change.batch_id == batch.id, is_made)
        .order_by(Change.object_id.desc())
    )


def _references() -> Iterator[tuple[Table, Column[int], str]]:
    """Yield each column of a logged table that points at another table, and that one's name."""
    for model in _recorded_models():
        for column in _table(model).columns:
            for key in column.foreign_keys:
                yield _table(model), column, key.column.table.name


def _plain_kinds() -> Iterator[str]:
    """Yield the tables whose rows are withdrawn by a mark alone: no closed report counts them."""
    for model in _recorded_models():
        if "reported_in_id" not in _table(model).columns:
            yield object_kind(model)


def _recorded_models() -> list[type[Base]]:
    mapped: list[type[Base]] = [mapper.class_ for mapper in Base.registry.mappers]
    return sorted((model for model in mapped if issubclass(model, Recorded)), key=object_kind)


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)
