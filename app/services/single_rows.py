"""Rows of which there is only one: what happens when two people write it at the same moment."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

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
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgresql else sqlite.insert
    statement = insert(model).values(values).on_conflict_do_nothing().returning(model.id)
    return session.scalar(statement) is not None


def is_repeated_row(error: IntegrityError) -> bool:
    """Say whether the database refused a row because a unique index holds the same already."""
    code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
    return code in {POSTGRESQL_UNIQUE_VIOLATION, SQLITE_UNIQUE_VIOLATION}
