"""Keeps the tallies of the desks in step with the help sessions; commits nothing.

Whatever a session flushes is counted: by `transaction()` or past it. Statements that write many
rows at once flush nothing; after them call `fill_tallies`, after new rows that are alike
`counting_new_sessions`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Delete,
    Enum,
    Insert,
    String,
    and_,
    bindparam,
    delete,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, UOWTransaction

from app.services.single_rows import Step
from models import DeskDay, DeskTopic, HelpSession
from models.derived import IS_COUNTED, PEOPLE, RAW, SESSIONS, TOPIC_COLUMNS
from models.enums import HelpMode, TopicKind

Tally = type[DeskDay] | type[DeskTopic]

COUNTED_FIELDS = (
    "ward_id",
    "service_date",
    "mode",
    "procedure_id",
    "obstacle_id",
    "is_first_this_year",
    "deleted_at",
)
LONGEST_MONTH = timedelta(days=31)


class DayCell(NamedTuple):
    """The key of a row of `desk_days`."""

    ward_id: int
    service_date: date
    mode: HelpMode


class TopicCell(NamedTuple):
    """The key of a row of `desk_topics`; `next_month` ends the days that it counts."""

    ward_id: int
    month: date
    kind: TopicKind
    topic_id: int
    next_month: date


Cell = DayCell | TopicCell


@event.listens_for(Session, "after_flush")
def keep_tallies(session: Session, _context: UOWTransaction) -> None:
    """Count anew the cells in which help sessions stood before a flush, and stand after it."""
    changed = [target for target in _sessions_of(session.dirty) if _has_changed(target)]
    gone = _sessions_of(session.deleted)
    left = {cell for target in (*changed, *gone) for cell in _cells(_values_before(target))}
    written = (*_sessions_of(session.new), *changed)
    entered = {cell for target in written for cell in _cells(_values(target))}
    if left or entered:
        _count_anew(session.connection(), left, entered)


def fill_tallies(session: Session) -> None:
    """Count all tallies anew from the help sessions."""
    for tally in (DeskDay, DeskTopic):
        names = [column.name for column in tally.__table__.columns]
        session.execute(delete(tally))
        session.execute(insert(tally).from_select(names, tally.counted_anew()))


def counting_new_sessions(
    connection: Connection, values: Mapping[str, Any], *, sessions: int, people: int
) -> Iterator[Step]:
    """Yield what counts help sessions that are alike and were written past the session.

    So many sessions, of which so many were somebody's first.
    `values` are those of the columns that say in which cells they count. Figures are added, as
    nothing else changes: counting a cell anew takes the longer the more it counts.
    """
    dialect = connection.dialect.name
    figures = {"sessions": sessions, "people": people}
    for cell in _cells(values):
        yield _adding(_tally(cell), dialect), _parameters(cell) | figures


def _count_anew(connection: Connection, left: set[Cell], entered: set[Cell]) -> None:
    for cell in left:
        connection.execute(_forgetting(_tally(cell)), _parameters(cell))
    for cell in left | entered:
        kind = cell.kind if isinstance(cell, TopicCell) else None
        statement = _counting(_tally(cell), kind, connection.dialect.name)
        connection.execute(statement, _parameters(cell))


def _tally(cell: Cell) -> Tally:
    return DeskDay if isinstance(cell, DayCell) else DeskTopic


def _sessions_of(targets: Iterable[object]) -> list[HelpSession]:
    return [target for target in targets if isinstance(target, HelpSession)]


def _has_changed(target: HelpSession) -> bool:
    attributes = inspect(target).attrs
    return any(attributes[name].history.has_changes() for name in COUNTED_FIELDS)


def _values(target: HelpSession) -> dict[str, Any]:
    return {name: getattr(target, name) for name in COUNTED_FIELDS}


def _values_before(target: HelpSession) -> dict[str, Any]:
    attributes = inspect(target).attrs
    old = {name: attributes[name].history.deleted for name in COUNTED_FIELDS}
    return _values(target) | {name: value[0] for name, value in old.items() if value}


def _cells(values: Mapping[str, Any]) -> Iterator[Cell]:
    ward_id, day = values["ward_id"], values["service_date"]
    yield DayCell(ward_id, day, values["mode"])
    month = day.replace(day=1)
    next_month = (month + LONGEST_MONTH).replace(day=1)
    for kind, column in TOPIC_COLUMNS.items():
        topic_id = values[column.name]
        if topic_id is not None:
            yield TopicCell(ward_id, month, kind, topic_id, next_month)


@cache
def _forgetting(tally: Tally) -> Delete:
    """Return the statement that deletes one row of a tally."""
    key = list(tally.__table__.primary_key)
    return delete(tally).where(*(column == _given(column) for column in key))


@cache
def _counting(tally: Tally, kind: TopicKind | None, dialect: str) -> Insert:
    """Return the statement that writes one row of a tally, counted anew, if it counts anything."""
    key = list(tally.__table__.primary_key)
    figures = {"sessions": SESSIONS, "people": PEOPLE} if kind is None else {"sessions": SESSIONS}
    counted = select(*map(_given, key), *figures.values()).where(IS_COUNTED, _is_of_cell(kind))
    upsert = _upsert(tally, dialect)
    names = [*(column.name for column in key), *figures]
    new_figures = {name: upsert.excluded[name] for name in figures}
    writing = upsert.from_select(names, counted.having(SESSIONS > 0))
    statement: Insert = writing.on_conflict_do_update(index_elements=key, set_=new_figures)
    return statement


@cache
def _adding(tally: Tally, dialect: str) -> Insert:
    """Return the statement that adds to one row of a tally, or begins it."""
    key = list(tally.__table__.primary_key)
    upsert = _upsert(tally, dialect)
    figures = [column for column in tally.__table__.columns if not column.primary_key]
    given = {column.name: _given(column) for column in key}
    given |= {column.name: bindparam(column.name, type_=column.type) for column in figures}
    sums = {column.name: column + upsert.excluded[column.name] for column in figures}
    adding = upsert.values(given)
    statement: Insert = adding.on_conflict_do_update(index_elements=key, set_=sums)
    return statement


def _upsert(tally: Tally, dialect: str) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(tally) if dialect == "postgresql" else sqlite.insert(tally)


def _is_of_cell(kind: TopicKind | None) -> ColumnElement[bool]:
    is_of_ward = RAW.ward_id == bindparam("cell_ward_id")
    if kind is None:
        of_day = RAW.service_date == bindparam("cell_service_date")
        return and_(is_of_ward, of_day, RAW.mode == _given(RAW.mode))
    return and_(
        is_of_ward,
        RAW.service_date >= bindparam("cell_month"),
        RAW.service_date < bindparam("cell_next_month"),
        TOPIC_COLUMNS[kind] == bindparam("cell_topic_id"),
    )


def _given(column: ColumnElement[Any]) -> BindParameter[Any]:
    # PostgreSQL has to be told of a code that it is text.
    is_code = isinstance(column.type, Enum)
    return bindparam(f"cell_{column.key}", type_=String() if is_code else column.type)


def _parameters(cell: Cell) -> dict[str, object]:
    values = cell._asdict().items()
    return {
        f"cell_{name}": str(code) if isinstance(code, StrEnum) else code for name, code in values
    }
