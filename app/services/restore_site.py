"""Puts a backup in place of what is recorded, after it was verified and the present was saved."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.exc import DatabaseError, OperationalError

from app.access.scope import WardScope
from app.binding import bare_app
from app.database import sqlite_file
from app.exchange.backup_file import (
    OWNER_ONLY,
    BackupFault,
    BadBackupError,
    Manifest,
    sync,
    unpack_backup,
)
from app.extensions import migrate
from app.services.back_up_site import back_up_site, present_revision, settle
from app.services.carry_over import Ended, begin_anew, read_ended
from app.services.check_site import check_site
from app.services.copy_rows import copy_rows, count_rows, is_counted
from app.services.upgrade_schema import upgrade_schema
from models import Account, Person, db

EVERYWHERE = WardScope.everywhere()
LOCK_TIMEOUT = "5s"
# Programs that are connected beside this one; the server's own workers have no name.
OTHER_CLIENTS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND usename IS NOT NULL"
)
# A client that hung up is listed until its process has ended; a transaction sees one list only.
LOOKS = 5
LATER = text("SELECT pg_sleep(0.2), pg_stat_clear_snapshot()")
# Of a file that is no database any more; the driver's own error comes while it is opened.
UNREADABLE = (DatabaseError, sqlite3.DatabaseError)


class RestoreFault(StrEnum):
    """Why nothing was restored although the backup is whole."""

    HAS_DATA = "has_data"
    IN_USE = "in_use"
    UNSOUND = "unsound"


class NotRestoredError(Exception):
    """The site stays as it was; `problems` are what the check of the backup found."""

    def __init__(self, fault: RestoreFault, problems: list[str] | None = None) -> None:
        super().__init__(fault)
        self.fault = fault
        self.problems = problems or []


class Restored(NamedTuple):
    """What was put in place, and where that which was there before was saved, if anything was."""

    manifest: Manifest
    counts: dict[str, int]
    saved: Path | None


def restore_site(scope: WardScope, path: Path, *, replace: bool, saved: Path) -> Restored:
    """Put the site of a backup in place of this one; everybody has to sign in again.

    Everything is verified on a copy first: digest, rows, the program's own check. An older schema
    is brought up to date there. With `replace` recorded data may go; they are written to `saved`
    before, while nobody can write. Raises `BadBackupError`, `NotRestoredError`, `OSError`; the
    site is then as it was.
    """
    if not scope.is_everywhere:
        raise ValueError(scope)
    has_data = _has_data()
    if has_data and not replace:
        raise NotRestoredError(RestoreFault.HAS_DATA)
    file = sqlite_file(db.engine)
    with tempfile.TemporaryDirectory(prefix=".phuc-hoi-", dir=_folder(saved.parent)) as folder:
        database, manifest = unpack_backup(path, Path(folder))
        _verify(database, manifest)
        if file is None:
            upgrade_schema()
        with _alone_with(file) as writing:
            ended = Ended()
            if has_data:
                saved, ended = _save_present(saved, Path(folder))
            counts = _begin_anew(database, ended)
            if file is not None:
                _put_file(database, file)
            else:
                _put_rows(database, counts, writing)
    return Restored(manifest, counts, saved if has_data else None)


def _folder(otherwise: Path) -> Path:
    """Where there is room on the disk of the database: a file is put in place by its name."""
    file = sqlite_file(db.engine)
    folder = otherwise if file is None else file.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _has_data() -> bool:
    """Whether anybody or any account is recorded; a database without tables has nothing."""
    try:
        with db.engine.connect() as connection:
            if not present_revision(connection):
                return False
            return any(
                connection.scalar(select(table.id).limit(1)) is not None
                for table in (Person, Account)
            )
    except UNREADABLE:
        if sqlite_file(db.engine) is None:
            raise
        # Somebody may want to look into what is left of it.
        return True


def _save_present(target: Path, folder: Path) -> tuple[Path, Ended]:
    """Back the site up before it goes, or keep the file that cannot be read.

    Returns where, and what of it was ended for good.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        back_up_site(EVERYWHERE, target)
    except UNREADABLE:
        file = sqlite_file(db.engine)
        if file is None:
            raise
        ruined = target.with_suffix(".sqlite")
        shutil.copyfile(file, ruined)
        ruined.chmod(OWNER_ONLY)
        return ruined, Ended()
    unpacked = folder / "present"
    unpacked.mkdir()
    present, _manifest = unpack_backup(target, unpacked)
    return target, read_ended(present)


def _verify(database: Path, manifest: Manifest) -> None:
    """Check the copy and bring its schema up to date."""
    if not _is_known(manifest.revision):
        raise BadBackupError(BackupFault.NEWER)
    if _counts_of(database) != manifest.counts:
        raise BadBackupError(BackupFault.ROWS_MISSING)
    with _copy_opened(database):
        upgrade_schema()
        problems = check_site(EVERYWHERE)
    if problems:
        raise NotRestoredError(RestoreFault.UNSOUND, problems)


def _begin_anew(database: Path, ended: Ended) -> dict[str, int]:
    """End in the copy what must not come back; return its rows."""
    with _copy_opened(database):
        begin_anew(ended)
        with db.engine.connect() as connection:
            return count_rows(connection)


@contextmanager
def _copy_opened(database: Path) -> Iterator[None]:
    """Let queries and services work on the copy; afterwards its file is the whole of it."""
    with bare_app(database).app_context():
        try:
            yield
        except DatabaseError as error:
            raise BadBackupError(BackupFault.DAMAGED) from error
        finally:
            db.session.remove()
            db.engine.dispose()
    settle(database)


def _is_known(revision: str) -> bool:
    scripts = ScriptDirectory.from_config(migrate.get_config())
    try:
        return bool(revision) and scripts.get_revision(revision) is not None
    except CommandError:
        return False


def _counts_of(database: Path) -> dict[str, int]:
    """Count the rows of every table but those that the database or the migrations keep."""
    with closing(sqlite3.connect(database)) as connection:
        try:
            named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = [name for (name,) in named if is_counted(name)]
            return {
                name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  # a table's own name
                for name in tables
            }
        except sqlite3.DatabaseError as error:
            raise BadBackupError(BackupFault.DAMAGED) from error


@contextmanager
def _alone_with(file: Path | None) -> Iterator[Connection | None]:
    """Keep everybody else from writing; raise `NotRestoredError` while another program is there.

    Yields the connection in whose transaction the rows of a server are replaced.
    """
    db.session.remove()
    db.engine.dispose()
    if file is None:
        with _alone_on_server() as connection:
            yield connection
    elif file.exists():
        with _alone_with_file(file):
            yield None
    else:
        yield None


@contextmanager
def _alone_with_file(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as connection:
        try:
            # Leaving the log is possible for the only connection alone.
            [mode] = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise NotRestoredError(RestoreFault.IN_USE) from error
        except sqlite3.DatabaseError:
            # Not even a database any more: a reason to restore.
            mode = "delete"
        if mode != "delete":
            raise NotRestoredError(RestoreFault.IN_USE)
        yield


def _is_alone(connection: Connection) -> bool:
    """Say whether no other program is connected, or none after a second any more."""
    for look in range(LOOKS):
        if look:
            connection.execute(LATER)
        if not connection.scalar(OTHER_CLIENTS):
            return True
    return False


@contextmanager
def _alone_on_server() -> Iterator[Connection]:
    with db.engine.begin() as connection:
        if not _is_alone(connection):
            raise NotRestoredError(RestoreFault.IN_USE)
        try:
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
            tables = ", ".join(table.name for table in db.metadata.sorted_tables)
            # Others may still read, as the backup of the present does.
            connection.execute(text(f"LOCK TABLE {tables} IN EXCLUSIVE MODE"))
            yield connection
        except OperationalError as error:
            if "lock" in str(error.orig):
                raise NotRestoredError(RestoreFault.IN_USE) from error
            raise


def _put_file(database: Path, file: Path) -> None:
    sync(database)
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    database.replace(file)
    sync(file.parent)


def _put_rows(database: Path, counts: dict[str, int], writing: Connection | None) -> None:
    """Put the rows into the server's tables, in the transaction that keeps others out."""
    assert writing is not None  # noqa: S101  # for the types: a server gives one
    source = create_engine(f"sqlite:///{database.as_posix()}")
    try:
        with source.connect() as reading:
            copy_rows(reading, writing)
        if count_rows(writing) != counts:
            raise BadBackupError(BackupFault.ROWS_MISSING)
    finally:
        source.dispose()
