"""Rows written one by one past the session, and those of which there is only one.

The latter say what happens when two people write the same row at the same moment.
"""

from collections.abc import Mapping
from functools import cache
from typing import cast

from sqlalchemy import Connection, Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from models import Base, Hamlet, ReportingPeriod, RequestKey

POSTGRESQL_UNIQUE_VIOLATION = "23505"
SQLITE_UNIQUE_VIOLATION = "SQLITE_CONSTRAINT_UNIQUE"


def insert_row(connection: Connection, model: type[Base], values: Mapping[str, object]) -> int:
    """Insert a row of a table, its values by column as a mapped object holds them; return its id.

    An object that is flushed takes ten times as long.
    """
    key = connection.execute(_insert(model), values).inserted_primary_key
    return cast("int", key[0])  # type: ignore[index]  # one row has one


@cache
def _insert(model: type[Base]) -> Insert:
    return insert(cast("Table", model.__table__))


def insert_unless_there(
    session: Session, model: type[Hamlet | ReportingPeriod | RequestKey], **values: object
) -> bool:
    """Write a row beside the change log, unless a unique index says that it is there already.

    Waits for another transaction that is just writing the same row. Returns whether this one wrote
    it; otherwise the row can be read from now on.
    """
    statement = _insert_or_leave(model, session.get_bind().dialect.name)
    return session.connection().scalar(statement, values) is not None


@cache
def _insert_or_leave(
    model: type[Hamlet | ReportingPeriod | RequestKey], dialect: str
) -> ReturningInsert[tuple[int]]:
    table = cast("Table", model.__table__)
    upsert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return upsert(table).on_conflict_do_nothing().returning(table.c.id)


def is_repeated_row(error: IntegrityError) -> bool:
    """Say whether the database refused a row because a unique index holds the same already."""
    code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
    return code in {POSTGRESQL_UNIQUE_VIOLATION, SQLITE_UNIQUE_VIOLATION}
