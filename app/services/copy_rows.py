"""Copies all rows of one database into another one of the same schema."""

from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    RowMapping,
    Table,
    bindparam,
    func,
    insert,
    inspect,
    or_,
    select,
    text,
    update,
)

from models import db
from models.name_index import NAME_INDEX

BATCH = 5_000


def is_counted(table: str) -> bool:
    """Whether a table of a SQLite file holds what somebody recorded: no index, no bookkeeping."""
    return not table.startswith(("sqlite_", NAME_INDEX)) and table != "alembic_version"


def count_rows(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has, by its name; an older schema has fewer tables."""
    present = set(inspect(connection).get_table_names())
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
        if table.name in present
    }


def copy_rows(source: Connection, target: Connection) -> None:
    """Put the rows of one database in place of those of another, in its transaction.

    Rows keep their ids. Those that point at rows of their own table do so once all are there.
    """
    tables = db.metadata.sorted_tables
    if target.dialect.name == "postgresql":
        names = ", ".join(table.name for table in tables)
        target.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    else:
        for table in reversed(tables):
            target.execute(table.delete())
    for table in tables:
        _copy_table(source, target, table)
    if target.dialect.name == "postgresql":
        for table in tables:
            _set_sequence(target, table)


def _copy_table(source: Connection, target: Connection, table: Table) -> None:
    later = [column for column in table.columns if _points_within(column)]
    if target.dialect.name == "sqlite":
        # Its references are not looked at while rows are copied.
        later = []
    with source.execute(select(table).execution_options(yield_per=BATCH)) as result:
        for rows in result.mappings().partitions(BATCH):
            target.execute(insert(table), [_without(row, later) for row in rows])
    if later:
        _point(source, target, table, later)


def _points_within(column: Column[Any]) -> bool:
    return any(key.column.table is column.table for key in column.foreign_keys)


def _without(row: RowMapping, columns: list[Column[Any]]) -> dict[str, Any]:
    return {**row, **dict.fromkeys(column.name for column in columns)}


def _point(
    source: Connection, target: Connection, table: Table, columns: list[Column[Any]]
) -> None:
    """Set what points at rows of the same table, all of a row at once, since rules join them."""
    [key] = table.primary_key.columns
    pointing = select(key.label("row_key"), *(c.label(f"to_{c.name}") for c in columns)).where(
        or_(*(column.is_not(None) for column in columns))
    )
    statement = (
        update(table)
        .where(key == bindparam("row_key"))
        .values({column.name: bindparam(f"to_{column.name}") for column in columns})
    )
    with source.execute(pointing.execution_options(yield_per=BATCH)) as result:
        for rows in result.mappings().partitions(BATCH):
            target.execute(statement, [dict(row) for row in rows])


def _set_sequence(target: Connection, table: Table) -> None:
    """Let new rows get ids above those that came."""
    column = table.autoincrement_column
    if column is None:
        return
    sequence = target.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
    if sequence is not None:
        last = select(func.max(column)).scalar_subquery()
        target.execute(select(func.setval(sequence, func.coalesce(last, 1), last.is_not(None))))
