"""Rows of which there is only one: what happens when two people write it at the same moment."""

from functools import cache
from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from models import Hamlet, ReportingPeriod, RequestKey

POSTGRESQL_UNIQUE_VIOLATION = "23505"
SQLITE_UNIQUE_VIOLATION = "SQLITE_CONSTRAINT_UNIQUE"


def insert_unless_there(
    session: Session, model: type[Hamlet | ReportingPeriod | RequestKey], **values: object
) -> bool:
    """Write a row beside the change log, unless a unique index says that it is there already.

    Waits for another transaction that is just writing the same row. Returns whether this one wrote
    it; otherwise the row can be read from now on.
    """
    statement = _insert_or_leave(model, session.get_bind().dialect.name)
    return session.scalar(statement, values) is not None


@cache
def _insert_or_leave(
    model: type[Hamlet | ReportingPeriod | RequestKey], dialect: str
) -> ReturningInsert[tuple[int]]:
    table = cast("Table", model.__table__)
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing().returning(table.c.id)


def is_repeated_row(error: IntegrityError) -> bool:
    """Say whether the database refused a row because a unique index holds the same already."""
    code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
    return code in {POSTGRESQL_UNIQUE_VIOLATION, SQLITE_UNIQUE_VIOLATION}
