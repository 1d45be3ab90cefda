"""Rows written one by one past the session, and those of which there is only one.

The latter say what happens when two people write the same row at the same moment.

Every turn of help at a desk runs these statements. They go to the driver as text that was made once
with the conversions of its values, for working both out anew takes longer than SQLite needs to
write the row.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    Connection,
    Insert,
    Select,
    Table,
    UpdateBase,
    bindparam,
    insert,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from models import Base, Hamlet, ReportingPeriod, RequestKey

POSTGRESQL_UNIQUE_VIOLATION = "23505"
SQLITE_UNIQUE_VIOLATION = "SQLITE_CONSTRAINT_UNIQUE"
MOST_KEPT = 256

# A writing statement, and the values that it binds.
Step = tuple[UpdateBase, Mapping[str, object]]
# A question, and the values that it binds; what it finds first.
KeptSelect = Select[*tuple[Any, ...]]
Question = tuple[KeptSelect, Mapping[str, object]]
FirstRow = tuple[Any, ...] | None


class DriverText(NamedTuple):
    """A statement as the driver takes it: `given` are its values in order, `fixed` constants."""

    text: str
    given: tuple[tuple[str, Callable[[Any], Any] | None], ...]
    fixed: dict[str, Any]
    is_positional: bool

    def parameters(self, values: Mapping[str, object]) -> Any:  # noqa: ANN401  # the driver's
        """Return the parameters for some values, converted as the columns' types ask for."""
        all_values = {**self.fixed, **values} if self.fixed else values
        converted = [
            all_values[name] if convert is None else convert(all_values[name])
            for name, convert in self.given
        ]
        if self.is_positional:
            return tuple(converted)
        return dict(zip((name for name, _ in self.given), converted, strict=True))


def insert_row(
    connection: Connection, model: type[Base], values: Mapping[str, object], *, after: str = ""
) -> int:
    """Insert a row of a table, its values by column as a mapped object holds them; return its id.

    Columns that are not named have their plain default, or nothing. An object that is flushed takes
    ten times as long. `after` is a statement for PostgreSQL that is run before and returns nothing
    of interest: the server gets both at once.
    """
    if after:
        return _insert_after(connection, after, _insert(model, tuple(values), with_id=True), values)
    has_last_id = connection.dialect.name == "sqlite"
    driver = _for_driver(_insert(model, tuple(values), with_id=not has_last_id), connection.dialect)
    with _past_sqlalchemy(connection) as cursor:
        cursor.execute(driver.text, driver.parameters(values))
        return cast("int", cursor.lastrowid if has_last_id else cursor.fetchone()[0])


def _insert_after(
    connection: Connection, before: str, statement: Insert, values: Mapping[str, object]
) -> int:
    driver = _for_driver(statement, connection.dialect)
    with closing(connection.connection.cursor()) as first, _past_sqlalchemy(connection) as second:
        with _all_at_once(connection):
            first.execute(before)
            second.execute(driver.text, driver.parameters(values))
        return cast("int", second.fetchone()[0])


def insertion(model: type[Base], values: Mapping[str, object]) -> Step:
    """Return the step that inserts a row as `insert_row` does, where nobody asks for its id."""
    return _insert(model, tuple(values), with_id=False), values


def run_together(connection: Connection, steps: Iterable[Step]) -> None:
    """Run writing statements one after the other of which no result is wanted, past SQLAlchemy.

    A server gets all of them at once.
    """
    with _past_sqlalchemy(connection) as cursor, _all_at_once(connection):
        for statement, values in steps:
            driver = _for_driver(statement, connection.dialect)
            cursor.execute(driver.text, driver.parameters(values))


def first_row(
    connection: Connection, statement: KeptSelect, values: Mapping[str, object]
) -> FirstRow:
    """Ask a question that lives as long as the program, and return its first row.

    `values` are those it binds. What comes back are the driver's own values: meant for numbers and
    texts.
    """
    [row] = first_rows(connection, [(statement, values)])
    return row


def first_rows(connection: Connection, questions: Sequence[Question]) -> list[FirstRow]:
    """Ask several such questions; a server gets all of them at once."""
    with ExitStack() as open_ones:
        cursors = [open_ones.enter_context(_past_sqlalchemy(connection)) for _ in questions]
        with _all_at_once(connection) if len(questions) > 1 else nullcontext():
            for cursor, (statement, values) in zip(cursors, questions, strict=True):
                driver = _for_driver(statement, connection.dialect)
                cursor.execute(driver.text, driver.parameters(values))
        return [cursor.fetchone() for cursor in cursors]


def _all_at_once(connection: Connection) -> AbstractContextManager[Any]:
    """Let PostgreSQL's driver wait for answers at the end only."""
    driver: Any = connection.connection.driver_connection
    return driver.pipeline() if connection.dialect.name == "postgresql" else nullcontext()


@contextmanager
def _past_sqlalchemy(connection: Connection) -> Iterator[Any]:
    """Give a cursor of the driver, whose errors are raised as SQLAlchemy's and tell no values."""
    dialect = connection.dialect
    refused = dialect.loaded_dbapi.Error
    cursor = connection.connection.cursor()
    try:
        yield cursor
    except refused as error:
        primary = getattr(getattr(error, "diag", None), "message_primary", None)
        if primary:
            error.args = (primary,)
        raise DBAPIError.instance(
            None, None, error, refused, hide_parameters=True, dialect=dialect
        ) from error
    finally:
        cursor.close()


@cache
def _insert(model: type[Base], names: tuple[str, ...], *, with_id: bool) -> Insert:
    table = cast("Table", model.__table__)
    plain = {
        column.name: column.default.arg
        for column in table.columns
        if column.name not in names and isinstance(column.default, ScalarElementColumnDefault)
    }
    bound = {name: bindparam(name, type_=table.c[name].type) for name in names}
    statement = insert(table).values({**bound, **plain})
    return statement.returning(table.c.id) if with_id else statement


@lru_cache(maxsize=MOST_KEPT)
def _for_driver(statement: UpdateBase | KeptSelect, dialect: Dialect) -> DriverText:
    compiled = statement.compile(dialect=dialect)
    order = compiled.positiontup if compiled.positional else compiled.binds
    return DriverText(
        str(compiled),
        tuple(
            (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in order or ()
        ),
        {name: bind.value for name, bind in compiled.binds.items() if not bind.required},
        compiled.positional,
    )


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
