"""Many new rows of one table at once: stamped and logged like those that the session writes.

Statements of many rows are several times cheaper than many statements: SQLite keeps a journal for
each statement on a table with triggers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice, repeat
from typing import cast

from sqlalchemy import JSON, Table, func, select, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from app.exchange.remembered import Remembered
from models import Base

# The rows of a statement, and the most values that one may carry (SQLite; PostgreSQL allows twice).
ROWS_AT_ONCE = 2_000
VALUES_AT_ONCE = 32_000
# What SQLite may keep in memory while very many rows are written, in KiB.
ROOM = 32_000


class Always(list[object]):
    """The same value in every row of a column."""

    def __init__(self, value: object) -> None:
        super().__init__([value])


Columns = Mapping[str, Sequence[object]]


def reserve_ids(session: Session, model: type[Base], count: int) -> Sequence[int]:
    """Return the ids for new rows of a table, in order. For use where nobody else can write."""
    table = _table(model)
    if session.get_bind().dialect.name == "postgresql":
        name = text(
            "SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :n)"
        )
        return list(session.scalars(name, {"table": table.name, "n": count}))
    last = session.scalar(select(func.max(table.c.id))) or 0
    return range(last + 1, last + 1 + count)


@contextmanager
def with_room(session: Session) -> Iterator[None]:
    """Let SQLite keep in memory what a long transaction writes here and there in its indexes.

    With its usual 2 MB it writes the same pages again and again.
    """
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        yield
        return
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{ROOM}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {usual}")


def insert_rows(session: Session, model: type[Base], columns: Columns) -> None:
    """Insert rows given by column; what is not named has the database's default, or nothing.

    A column is as long as there are rows, or `Always` one value. Values are those that a mapped
    object would hold, but JSON is text already.
    """
    table, connection = _table(model), session.connection()
    dialect = connection.dialect
    count = max(
        (len(column) for column in columns.values() if type(column) is not Always), default=0
    )
    once = [name for name in columns if _is_bound_once(columns[name], dialect)]
    each = [name for name in columns if name not in once]
    bound = dict(zip(columns, _bound(table, columns, dialect), strict=True))
    same = tuple(next(iter(bound[name])) for name in once)
    rows = zip(*(bound[name] for name in each), strict=False)
    head, one = _statement(table, once, each, dialect)
    size = min(ROWS_AT_ONCE, (VALUES_AT_ONCE - len(once)) // max(1, len(each)))
    whole = head + ", ".join([one] * size)
    for _ in range(count // size):
        connection.exec_driver_sql(whole, same + _next_values(rows, size))
    if rest := count % size:
        connection.exec_driver_sql(head + ", ".join([one] * rest), same + _next_values(rows, rest))


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)


def _next_values(rows: Iterator[tuple[object, ...]], count: int) -> tuple[object, ...]:
    return tuple(chain.from_iterable(islice(rows, count)))


def _is_bound_once(column: Sequence[object], dialect: Dialect) -> bool:
    """Say whether a statement of many rows is given the value once: where it can number values."""
    return type(column) is Always and dialect.paramstyle == "qmark"


def _statement(
    table: Table, once: Sequence[str], each: Sequence[str], dialect: Dialect
) -> tuple[str, str]:
    """Return a statement up to its rows, and one row of it; what is bound once comes first."""
    quote = dialect.identifier_preparer.quote
    place = "?" if dialect.paramstyle == "qmark" else "%s"
    listed = ", ".join(quote(name) for name in (*once, *each))
    head = f"INSERT INTO {quote(table.name)} ({listed}) VALUES "  # noqa: S608  # names of ours
    numbered = (f"?{number}" for number, _ in enumerate(once, start=1))
    return head, f"({', '.join((*numbered, *[place] * len(each)))})"


def _bound(table: Table, columns: Columns, dialect: Dialect) -> Iterator[Iterable[object]]:
    """Yield each column as the driver takes it; every value is converted once."""
    for name, column in columns.items():
        kind = table.c[name].type.dialect_impl(dialect)
        convert = None if isinstance(kind, JSON) else kind.bind_processor(dialect)
        if type(column) is Always:
            [value] = column
            yield repeat(value if convert is None else convert(value))
        elif convert is None:
            yield column
        else:
            yield map(Remembered(convert).__getitem__, column)
