"""Runs the migrations on whichever database the application is configured for."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from models import db
from models.name_index import FILL_INDEX, NAME_INDEX, NAME_TRIGGERS, is_of_models
from models.overlap import NO_OVERLAPS, sqlite_triggers


def run_migrations() -> None:
    """Upgrade under one lock; on SQLite with foreign keys off and the triggers made anew."""
    engine = current_app.extensions["migrate"].db.engine
    is_sqlite = engine.dialect.name == "sqlite"
    options = {"sqlite_begin": "IMMEDIATE"} if is_sqlite else {}
    with engine.connect().execution_options(**options) as connection:
        if is_sqlite:
            # A batch change of a parent table would delete its children by cascade. The pragma has
            # no effect inside a transaction, hence the driver's own connection.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            context.configure(
                connection=connection,
                target_metadata=db.metadata,
                include_name=is_of_models,
                render_as_batch=True,
                compare_type=True,
            )
            with context.begin_transaction():
                context.run_migrations()
            if is_sqlite:
                make_triggers(connection)
                check_foreign_keys(connection)
        if is_sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


def make_triggers(connection: Connection) -> None:
    """Make the triggers against overlaps and those that keep names, where there are tables."""
    tables = set(
        connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
    )
    for rule in NO_OVERLAPS:
        if rule.table in tables:
            for statement in sqlite_triggers(rule):
                connection.exec_driver_sql(statement)
    if NAME_INDEX in tables:
        make_name_triggers(connection)


def make_name_triggers(connection: Connection) -> None:
    """Make the triggers that keep the names, and the index anew if they were not all there."""
    names = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    missing = NAME_TRIGGERS.keys() - set(connection.scalars(names))
    for name in sorted(missing):
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {NAME_TRIGGERS[name]}")
    if missing:
        connection.exec_driver_sql(FILL_INDEX)


def check_foreign_keys(connection: Connection) -> None:
    """Refuse to commit a migration that left rows without their parents."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        msg = f"{len(broken)} rows lost their parents, first: {broken[0]}"
        raise RuntimeError(msg)


run_migrations()
