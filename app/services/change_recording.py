"""Turns what a database session is about to write into rows of the change log."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Table, insert, inspect, select
from sqlalchemy.orm import InstanceState, Session, UOWTransaction

from app.errors import PeriodClosedError
from app.services.bulk_rows import Always, Columns, insert_rows
from app.services.change_digests import chain_digest, chain_digests
from app.services.object_runs import ObjectRun, reserve_run_ids, runs_of
from app.services.single_rows import Step, first_row, insertion
from models import (
    Account,
    Base,
    CatalogueEntry,
    Change,
    ChangedValue,
    Grant,
    Recorded,
    ReportingPeriod,
    Setting,
)

Tracked = Recorded | Account | Grant | CatalogueEntry | Setting | ReportingPeriod
TRACKED = (Recorded, Account, Grant, CatalogueEntry, Setting, ReportingPeriod)

# What every row carries for the machinery, and what must never be written anywhere else.
UNLOGGED_FIELDS = frozenset(
    {"version", "batch_id", "entered_at", "entered_by_id", "password_hash", "search_text"}
)
READERS: dict[object, Callable[[str], object]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    time: time.fromisoformat,
}
# What a merge makes one, so that rows come to name another record of the same person.
MERGED_TABLES = frozenset({"persons", "mentors", "mentees", "support_posts"})
CREATED, UPDATED, DELETED, RESTORED = "created", "updated", "deleted", "restored"

# Each transaction runs these: written once, and for the tables, since no object stands behind them.
_CHANGES, _VALUES = cast("Table", Change.__table__), cast("Table", ChangedValue.__table__)
LAST_DIGEST = select(_CHANGES.c.digest).order_by(_CHANGES.c.id.desc()).limit(1)
NEW_CHANGES_WITH_IDS = insert(_CHANGES).returning(_CHANGES.c.id, sort_by_parameter_order=True)
NEW_VALUES = insert(_VALUES)

POSTGRESQL_CHAIN_LOCK = 19_072_026
TAKE_TURN = f"SELECT pg_advisory_xact_lock({POSTGRESQL_CHAIN_LOCK})"


@dataclass(slots=True)
class RecordedChange:
    """One row that changed: which, how, and the old and new value of each field."""

    object_kind: str
    object_id: int
    action: str
    values: list[tuple[str, Any, Any]] = field(default_factory=list)

    @classmethod
    def of(
        cls, target: "Tracked", action: str, values: list[tuple[str, Any, Any]] | None = None
    ) -> "RecordedChange":
        """Return the change of an object that the session has just written."""
        return cls(object_kind(target), _identity(target), action, values or [])


class Stamp(NamedTuple):
    """What each row that a unit of work writes, and each row of its log, says of it."""

    batch_id: int
    account_id: int | None
    done_at: datetime


@dataclass(slots=True)
class ChangeRecorder:
    """Collects the changes of one unit of work while the session flushes."""

    stamp: Stamp
    changes: list[RecordedChange] = field(default_factory=list)
    bulk_count: int = 0

    @property
    def count(self) -> int:
        """Return how many objects changed."""
        return len(self.changes) + self.bulk_count

    def before_flush(self, session: Session, _context: UOWTransaction, _objects: object) -> None:
        """Stamp new rows and refuse to touch those of a closed report."""
        for target in session.new:
            if isinstance(target, Recorded):
                target.entered_at = target.entered_at or self.stamp.done_at
                target.entered_by_id = target.entered_by_id or self.stamp.account_id
                target.batch_id = self.stamp.batch_id
        for target in session.dirty:
            if session.is_modified(target):
                _refuse_closed(session, target)

    def after_flush(self, session: Session, _context: UOWTransaction) -> None:
        """Note what was written, now that new rows have their ids."""
        for target in session.new:
            if isinstance(target, TRACKED):
                self.changes.append(RecordedChange.of(target, CREATED))
        for target in session.dirty:
            if isinstance(target, TRACKED) and session.is_modified(target):
                values = _changed_values(inspect(target))
                if values:
                    self.changes.append(RecordedChange.of(target, _action(values), values))
        for target in session.deleted:
            if isinstance(target, TRACKED):
                self.changes.append(RecordedChange.of(target, DELETED))

    def created(self, model: type[Base], object_id: int) -> None:
        """Note a new row of a table that was written past the session."""
        self.changes.append(RecordedChange(model.__tablename__, object_id, CREATED))

    def write(self, connection: Connection) -> list[Step]:
        """Append the collected changes to the log, each digest covering the one before.

        Rows that tell of no values are left to the caller, as the last steps of the unit.
        """
        rows = self._chained_rows(connection) if self.changes else []
        if not any(change.values for change in self.changes):
            return [insertion(Change, row) for row in rows]
        ids = connection.scalars(NEW_CHANGES_WITH_IDS, rows).all()
        values = [
            {"change_id": change_id, "field": name, "old": pack(old), "new": pack(new)}
            for change_id, change in zip(ids, self.changes, strict=True)
            for name, old, new in change.values
        ]
        connection.execute(NEW_VALUES, values)
        return []

    def write_bulk(
        self,
        session: Session,
        model: type[Base],
        object_ids: Sequence[int],
        action: str,
        values: Sequence[tuple[str, str | None, str | None]] = (),
    ) -> None:
        """Append at once what was done to rows of a table that the session does not know.

        Ids that follow each other are told of as runs. `values` are field, old and new value,
        packed, the same for all of them and kept once for each run.
        """
        row = {
            "changed_at": self.stamp.done_at,
            "account_id": self.stamp.account_id,
            "batch_id": self.stamp.batch_id,
            "object_kind": model.__tablename__,
            "action": action,
        }
        runs = list(runs_of(object_ids))
        digests = list(chain_digests(session.scalar(LAST_DIGEST) or "", row, runs))
        ids = reserve_run_ids(session, runs)
        told = {name: Always(value) for name, value in row.items()}
        columns: Columns = {**told, **_columns_of(runs), "id": ids, "digest": digests}
        insert_rows(session, Change, columns)
        for name, old, new in values:
            same = {"field": Always(name), "old": Always(old), "new": Always(new)}
            insert_rows(session, ChangedValue, {"change_id": ids, **same})
        self.bulk_count += len(object_ids)

    def _chained_rows(self, connection: Connection) -> list[dict[str, Any]]:
        last = first_row(connection, LAST_DIGEST, {})
        digest = last[0] if last else ""
        rows: list[dict[str, Any]] = []
        for change in self.changes:
            row: dict[str, Any] = {
                "changed_at": self.stamp.done_at,
                "account_id": self.stamp.account_id,
                "batch_id": self.stamp.batch_id,
                "object_kind": change.object_kind,
                "object_id": change.object_id,
                "object_count": 1,
                "action": change.action,
            }
            digest = chain_digest(digest, row)
            rows.append({**row, "digest": digest})
        return rows


def wait_for_turn(session: Session) -> None:
    """Wait until no other unit of work is under way, and keep others waiting until the commit.

    One writer at a time extends the chain of digests. Taken first of all, the same lock makes each
    service look at what the one before it left behind, so that «look, then write» is safe without
    a constraint for every rule. SQLite's BEGIN IMMEDIATE sees to that itself.
    """
    connection = session.connection()
    statement = turn_statement(connection)
    if statement:
        connection.exec_driver_sql(statement)


def turn_statement(connection: Connection) -> str:
    """Return the statement by which `wait_for_turn` waits, for who runs it with others; or ""."""
    return TAKE_TURN if connection.dialect.name == "postgresql" else ""


def object_kind(target: object) -> str:
    """Return the name by which the log knows a table, as in «mentorships»."""
    name: str = getattr(target, "__tablename__")  # noqa: B009  # every mapped class has one
    return name


def pack(value: object) -> str | None:
    """Write one column's value as text that `unpack` reads back."""
    if value is None:
        return None
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)


def unpack(python_type: Callable[[str], object], value: str | None) -> object:
    """Read a packed value back as the type of its column."""
    if value is None:
        return None
    if python_type is bool:
        return value == "1"
    return READERS.get(python_type, python_type)(value)


def _columns_of(runs: Sequence[ObjectRun]) -> dict[str, list[int]]:
    return {
        "object_id": [run.first_id for run in runs],
        "object_count": [run.how_many for run in runs],
    }


def _refuse_closed(session: Session, target: Base) -> None:
    """Refuse to touch what a closed report counts: an entry, or a part of one.

    A merge may: it says that two records are one person, and what the report counts stays.
    """
    with session.no_autoflush:
        whole = target.part_of if isinstance(target, Recorded) else None
        entry = target if whole is None else getattr(target, whole)
        period_id = getattr(entry, "reported_in_id", None)
        period = None if period_id is None else session.get(ReportingPeriod, period_id)
    if period is not None and period.is_closed and not _tells_who(target):
        raise PeriodClosedError(period=period.code)


def _tells_who(target: Base) -> bool:
    """Say whether a row comes to name another record of a person or a role, and no more changes."""
    state = inspect(target)
    columns = (state.mapper.columns[name] for name in _changed_fields(state))
    named = [{key.column.table.name for key in column.foreign_keys} for column in columns]
    return all(tables & MERGED_TABLES for tables in named)


def _changed_fields(state: InstanceState[Any]) -> list[str]:
    return [
        name
        for name in state.mapper.column_attrs.keys()  # noqa: SIM118  # not a dict
        if name not in UNLOGGED_FIELDS and state.attrs[name].history.has_changes()
    ]


def _changed_values(state: InstanceState[Base]) -> list[tuple[str, Any, Any]]:
    changed = ((name, state.attrs[name].history) for name in _changed_fields(state))
    return [
        (name, _first(history.deleted), _first(history.added))
        for name, history in changed
        if _first(history.deleted) != _first(history.added)
    ]


def _first(values: Iterable[object] | None) -> object:
    return next(iter(values or ()), None)


def _identity(target: object) -> int:
    # While it flushes, the session has not yet told a new object who it is.
    key: list[int] = inspect(target, raiseerr=True).mapper.primary_key_from_instance(target)
    return key[0]


def _action(values: list[tuple[str, Any, Any]]) -> str:
    for name, _old, new in values:
        if name == "deleted_at":
            return RESTORED if new is None else DELETED
    return UPDATED
