"""What was changed later in the rows of a history, by whom, and in which action."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, case, literal, select, union_all
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from app.queries.history import UNDO
from app.queries.timeline_rows import WITH_DELETED, HistoryRow
from models import Base, Batch, Change, ChangedValue, EndReason, Hamlet, Person, db
from models.change_log import tells_of

CREATED = "created"
# Fields whose values are ids of other rows, and where those have their words.
NAMED_BY = {
    "hamlet_id": (Hamlet.id, Hamlet.name),
    "end_reason_id": (EndReason.id, EndReason.label),
    "substitute_person_id": (Person.id, Person.full_name),
    "merged_into_id": (Person.id, Person.full_name),
}


class FieldEdit(NamedTuple):
    """Old and new value of a field, as the log keeps them."""

    field: str
    old: str | None
    new: str | None


@dataclass
class RowChange:
    """What one action did to a row that was there before."""

    id: int
    kind: str
    object_id: int
    action: str
    changed_at: datetime
    account_id: int | None
    batch_id: int
    edits: list[FieldEdit] = field(default_factory=list)

    @property
    def key(self) -> tuple[int, str, int]:
        """What tells it from all others: its place in the log, and which row of a run it is."""
        return self.id, self.kind, self.object_id


class ActionKind(NamedTuple):
    """The code of an action and, where it took another one back, of that one."""

    kind: str
    undoes: str | None


def list_row_changes(scope: WardScope, rows: Collection[HistoryRow]) -> list[RowChange]:
    """Return the changes of rows that the scope has shown, the oldest first."""
    del scope  # whoever may see a row may see how it came to say what it says
    ids: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        ids[row.kind].add(row.id)
    if not ids:
        return []
    found = db.session.execute(union_all(*_changes(ids)), execution_options=WITH_DELETED).all()
    changes: dict[tuple[int, str, int], RowChange] = {}
    for *known, name, old, new in found:
        change = RowChange(*known)
        change = changes.setdefault(change.key, change)
        if name is not None:
            change.edits.append(FieldEdit(name, old, new))
    return sorted(changes.values(), key=lambda change: change.key)


def name_actions(scope: WardScope, batch_ids: Collection[int]) -> dict[int, ActionKind]:
    """Return what kinds of actions some units were, of which the scope has shown a part."""
    del scope  # a kind is nobody's secret
    undone = aliased(Batch)
    statement = (
        select(Batch.id, Batch.kind, case((Batch.kind == UNDO, undone.kind)))
        .outerjoin(undone, undone.id == Batch.undoes_id)
        .where(Batch.id.in_(batch_ids))
    )
    return {batch_id: ActionKind(*kinds) for batch_id, *kinds in db.session.execute(statement)}


def name_values(scope: WardScope, changes: Iterable[RowChange]) -> dict[tuple[str, str], str]:
    """Return the words behind the ids among the changed values, by field and value."""
    del scope  # they belong to rows that the scope has shown
    wanted: dict[str, set[str]] = {name: set() for name in NAMED_BY}
    for change in changes:
        for edit in change.edits:
            if edit.field in wanted:
                wanted[edit.field].update(value for value in (edit.old, edit.new) if value)
    parts = [
        select(literal(name), key, words).where(key.in_([int(value) for value in wanted[name]]))
        for name, (key, words) in NAMED_BY.items()
    ]
    rows = db.session.execute(union_all(*parts), execution_options=WITH_DELETED)
    return {(name, str(key)): words for name, key, words in rows}


def _changes(ids: Mapping[str, Collection[int]]) -> Iterator[Select[*tuple[Any, ...]]]:
    """Yield for each table the changes of its rows, looked up row by row; a run tells of many."""
    tables: dict[str, type[Base]] = {
        mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers
    }
    for kind, row_ids in sorted(ids.items()):
        row: Any = tables[kind]
        yield (
            select(
                Change.id,
                literal(kind),
                row.id,
                Change.action,
                Change.changed_at,
                Change.account_id,
                Change.batch_id,
                ChangedValue.field,
                ChangedValue.old,
                ChangedValue.new,
            )
            .select_from(row)
            .join(Change, tells_of(Change, kind, row.id, row.id))
            .outerjoin(ChangedValue, ChangedValue.change_id == Change.id)
            .where(row.id.in_(sorted(row_ids)), Change.action != CREATED)
        )
