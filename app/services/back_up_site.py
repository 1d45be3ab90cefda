"""Makes a backup of everything that is recorded, while others go on writing."""

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from app import clock
from app.access.scope import WardScope
from app.binding import bare_app
from app.database import sqlite_file
from app.exchange.backup_file import DATABASE, FORMAT, Manifest, digest_of, write_backup
from app.services.copy_rows import copy_rows, count_rows
from app.services.upgrade_schema import upgrade_schema
from models import db


def back_up_site(scope: WardScope, target: Path) -> Manifest:
    """Write everything that is committed now into one file and return what it holds.

    The file is a zip with a SQLite database, whichever database the site has; it replaces what is
    there. Raises `ValueError` for a scope of some wards, `OSError` where it cannot be written.
    """
    if not scope.is_everywhere:
        raise ValueError(scope)
    # Beside the target, where there has to be room anyway: the folder is its owner's alone.
    with tempfile.TemporaryDirectory(prefix=".sao-luu-", dir=target.parent) as folder:
        database = Path(folder) / DATABASE
        source = sqlite_file(db.engine)
        if source is None:
            _copy_from_server(database)
        else:
            copy_file(source, database)
        manifest = _describe(database)
        write_backup(target, database, manifest)
    return manifest


def copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite file in one step of its own backup, so writers neither wait nor tear it."""
    target.touch(mode=0o600)
    address = f"{source.resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")


def present_revision(connection: Connection) -> str:
    """Return the revision of the schema of a database, empty where there is none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def _copy_from_server(database: Path) -> None:
    """Copy the rows of one snapshot into a new SQLite file."""
    snapshot = db.engine.connect().execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True, stream_results=True
    )
    with snapshot as reading, bare_app(database).app_context():
        upgrade_schema()
        fill_from(reading)
        db.session.remove()
        db.engine.dispose()
    settle(database)


def fill_from(reading: Connection) -> None:
    """Put the rows of another database in place of those of this application's SQLite file."""
    with db.engine.connect().execution_options(sqlite_begin="IMMEDIATE") as writing:
        driver = writing.connection.driver_connection
        assert driver is not None  # noqa: S101  # for the types: it is connected
        driver.execute("PRAGMA foreign_keys=OFF")
        with writing.begin():
            copy_rows(reading, writing)
        driver.execute("PRAGMA foreign_keys=ON")


def settle(database: Path) -> None:
    """Put what stands in the log into the file, so that it is the whole database; nobody has it."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    os.chmod(database, 0o600)  # noqa: PTH101  # as it was made


def _describe(database: Path) -> Manifest:
    engine = create_engine(f"sqlite:///{database.as_posix()}")
    try:
        with engine.connect() as connection:
            revision, counts = present_revision(connection), count_rows(connection)
    finally:
        engine.dispose()
    made_at = clock.now().astimezone(UTC).isoformat(timespec="seconds")
    return Manifest(FORMAT, revision, made_at, counts, digest_of(database))
