"""Taking back what one unit made, a table at a time: an import makes very many rows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import NamedTuple, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app import clock
from app.errors import LaterChangeError
from app.services.change_recording import CREATED, DELETED, ChangeRecorder, object_kind, pack
from models import Base, Batch, Change, Hamlet, Mentee, Mentor, Mentorship, Recorded
from models.change_log import tells_of
from models.enums import BatchState

UNDO = "undo"
# Made in passing and used by everybody from then on, so they stay when their first use goes.
SHARED_KINDS = frozenset({Hamlet.__tablename__})


class MadeRows(NamedTuple):
    """Between which ids the rows of one table are that a unit made; others may be among them."""

    first_id: int
    last_id: int


def made_rows(session: Session, batch: Batch) -> dict[str, MadeRows]:
    """Return by table the rows that a unit made, and that go when it is undone."""
    ends = func.min(Change.object_id), func.max(Change.last_object_id)
    told = (
        select(Change.object_kind, *ends)
        .where(Change.batch_id == batch.id, Change.action == CREATED)
        .group_by(Change.object_kind)
    )
    rows = session.execute(told).all()
    return {kind: MadeRows(*made) for kind, *made in rows if kind not in SHARED_KINDS}


def is_plain_making(session: Session, batch: Batch, made: Mapping[str, MadeRows]) -> bool:
    """Say whether a unit did nothing but make rows that a mark alone withdraws, or that stay."""
    is_other = (Change.batch_id == batch.id) & (Change.action != CREATED)
    if session.scalar(select(Change.id).where(is_other).limit(1)) is not None:
        return False
    return made.keys() <= set(plain_kinds())


def refuse_later_changes(session: Session, batch: Batch) -> None:
    """Raise `LaterChangeError` when what was touched was changed since, and that still stands."""
    mine, later = aliased(Change), aliased(Change)
    newest_own = select(func.max(Change.id)).where(Change.batch_id == batch.id).scalar_subquery()
    is_same = tells_of(later, mine.object_kind, mine.object_id, mine.last_object_id)
    # Found by the log alone, so that the database looks up what was touched, not what came later.
    touching = (
        select(later.batch_id)
        .select_from(mine)
        .join(later, is_same & (later.id > newest_own))
        .where(mine.batch_id == batch.id)
    )
    found = (
        select(Batch.id)
        .where(
            Batch.id.in_(touching),
            Batch.id != batch.id,
            Batch.state != BatchState.UNDONE,
            # An undo leaves things as they were before; what was put back by hand is a change.
            Batch.kind != UNDO,
        )
        .limit(1)
    )
    if session.scalar(found) is not None:
        raise LaterChangeError


def refuse_bereft_pairs(session: Session, batch: Batch) -> None:
    """Raise `LaterChangeError` when a pair that was put back outlasts the role of either side."""
    is_of_batch = (Change.batch_id == batch.id) & (Change.object_kind == Mentorship.__tablename__)
    bereft = (
        select(Mentorship.id)
        .join(Change, Mentorship.id.between(Change.object_id, Change.last_object_id))
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .where(is_of_batch, or_(_outlasts(Mentor.ended_on), _outlasts(Mentee.ended_on)))
        .limit(1)
    )
    if session.scalar(bereft) is not None:
        raise LaterChangeError


def _outlasts(spell_end: InstrumentedAttribute[date | None]) -> ColumnElement[bool]:
    is_longer = or_(Mentorship.ended_on.is_(None), Mentorship.ended_on > spell_end)
    return and_(spell_end.is_not(None), is_longer)


def refuse_dependants(session: Session, batch: Batch, made: Mapping[str, MadeRows]) -> None:
    """Raise `LaterChangeError` when a living row of another unit points at what this one made."""
    for table, column, kind in references():
        if kind not in made:
            continue
        is_made = exists().where(
            tells_of(Change, kind, column, column),
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
    for model in recorded_models():
        if object_kind(model) in made:
            runs = _made_runs(session, batch, object_kind(model))
            _mark_deleted(session, table_of(model), runs, now)
            ids = list(chain.from_iterable(runs))
            recorder.write_bulk(session, model, ids, DELETED, told)


def _made_runs(session: Session, batch: Batch, kind: str) -> list[range]:
    is_made = (Change.object_kind == kind) & (Change.action == CREATED)
    told = (
        select(Change.object_id, Change.last_object_id)
        .where(Change.batch_id == batch.id, is_made)
        .order_by(Change.object_id)
    )
    return [range(first_id, last_id + 1) for first_id, last_id in session.execute(told)]


def _mark_deleted(session: Session, table: Table, runs: Sequence[range], now: datetime) -> None:
    is_in_run = table.c.id.between(bindparam("first_id"), bindparam("last_id"))
    mark = update(table).where(is_in_run).values(deleted_at=now, version=table.c.version + 1)
    ends = [{"first_id": run[0], "last_id": run[-1]} for run in runs]
    session.connection().execute(mark, ends)


def references() -> Iterator[tuple[Table, Column[int], str]]:
    """Yield each column of a logged table that points at another table, and that one's name."""
    for model in recorded_models():
        for column in table_of(model).columns:
            for key in column.foreign_keys:
                yield table_of(model), column, key.column.table.name


def plain_kinds() -> Iterator[str]:
    """Yield the tables whose rows are withdrawn by a mark alone: no closed report counts them."""
    for model in recorded_models():
        is_part = issubclass(model, Recorded) and model.part_of is not None
        if "reported_in_id" not in table_of(model).columns and not is_part:
            yield object_kind(model)


def recorded_models() -> list[type[Base]]:
    """Return the tables whose rows are only ever marked as deleted, in a stable order."""
    mapped: list[type[Base]] = [mapper.class_ for mapper in Base.registry.mappers]
    return sorted((model for model in mapped if issubclass(model, Recorded)), key=object_kind)


def table_of(model: type[Base]) -> Table:
    """Return the plain table behind a model."""
    return cast("Table", model.__table__)
