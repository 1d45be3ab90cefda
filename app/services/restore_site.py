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
from sqlalchemy import create_engine, select, text, update
from sqlalchemy.exc import DatabaseError, OperationalError

from app import clock
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
from app.services.check_site import check_site
from app.services.copy_rows import copy_rows, count_rows
from app.services.network_generation import draw_generation
from app.services.transaction import technical_write
from app.services.upgrade_schema import upgrade_schema
from models import Account, Person, SignIn, db

EVERYWHERE = WardScope.everywhere()
LOCK_TIMEOUT = "5s"
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
    before. Raises `BadBackupError`, `NotRestoredError`, `OSError`; the site is then as it was.
    """
    if not scope.is_everywhere:
        raise ValueError(scope)
    has_data = _has_data()
    if has_data and not replace:
        raise NotRestoredError(RestoreFault.HAS_DATA)
    with tempfile.TemporaryDirectory(prefix=".phuc-hoi-", dir=_folder(saved.parent)) as folder:
        database, manifest = unpack_backup(path, Path(folder))
        counts = _verify(database, manifest)
        _require_unused()
        if has_data:
            saved = _save_present(saved)
        put = _put_file if sqlite_file(db.engine) is not None else _put_rows
        put(database, counts)
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


def _save_present(target: Path) -> Path:
    """Back the site up before it goes, or keep the file that cannot be read; return where."""
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
        return ruined
    return target


def _verify(database: Path, manifest: Manifest) -> dict[str, int]:
    """Check the copy, bring its schema up to date and end its sign-ins; return its rows."""
    if not _is_known(manifest.revision):
        raise BadBackupError(BackupFault.NEWER)
    if _counts_of(database, manifest) != manifest.counts:
        raise BadBackupError(BackupFault.ROWS_MISSING)
    with bare_app(database).app_context():
        try:
            upgrade_schema()
            problems = check_site(EVERYWHERE)
            if problems:
                raise NotRestoredError(RestoreFault.UNSOUND, problems)
            _begin_anew()
            with db.engine.connect() as connection:
                counts = count_rows(connection)
        except DatabaseError as error:
            raise BadBackupError(BackupFault.DAMAGED) from error
        finally:
            db.session.remove()
            db.engine.dispose()
    settle(database)
    return counts


def _is_known(revision: str) -> bool:
    scripts = ScriptDirectory.from_config(migrate.get_config())
    try:
        return bool(revision) and scripts.get_revision(revision) is not None
    except CommandError:
        return False


def _counts_of(database: Path, manifest: Manifest) -> dict[str, int]:
    """Count the rows of the tables that the manifest names, which may be fewer than today's."""
    with closing(sqlite3.connect(database)) as connection:
        try:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            present = {name for (name,) in tables}
            return {
                name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608  # a table's own name
                for name in manifest.counts
                if name in present
            }
        except sqlite3.DatabaseError as error:
            raise BadBackupError(BackupFault.DAMAGED) from error


def _begin_anew() -> None:
    """End every sign-in, which may have ended since; let no process keep the old network."""
    is_open = SignIn.ended_at.is_(None)
    with technical_write() as session:
        session.execute(update(SignIn).where(is_open).values(ended_at=clock.now()))
        draw_generation(session)


def _require_unused() -> None:
    """Raise `NotRestoredError` while another process has the SQLite file open."""
    file = sqlite_file(db.engine)
    if file is None or not file.exists():
        return
    with _alone_with(file):
        pass


@contextmanager
def _alone_with(file: Path) -> Iterator[None]:
    db.session.remove()
    db.engine.dispose()
    try:
        with closing(sqlite3.connect(file, timeout=1)) as connection:
            # Leaving the log is possible for the only connection alone.
            [mode] = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as error:
        raise NotRestoredError(RestoreFault.IN_USE) from error
    except sqlite3.DatabaseError:
        # Not even a database any more: a reason to restore.
        mode = "delete"
    if mode != "delete":
        raise NotRestoredError(RestoreFault.IN_USE)
    yield


def _put_file(database: Path, _counts: dict[str, int]) -> None:
    file = sqlite_file(db.engine)
    assert file is not None  # noqa: S101  # for the types: it was asked before
    sync(database)
    if file.exists():
        with _alone_with(file):
            for ending in ("-wal", "-shm"):
                file.with_name(file.name + ending).unlink(missing_ok=True)
    database.replace(file)
    sync(file.parent)


def _put_rows(database: Path, counts: dict[str, int]) -> None:
    """Put the rows into the server's tables in one transaction, and count them there."""
    upgrade_schema()
    source = create_engine(f"sqlite:///{database.as_posix()}")
    try:
        with source.connect() as reading, db.engine.begin() as writing:
            writing.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
            copy_rows(reading, writing)
            if count_rows(writing) != counts:
                raise BadBackupError(BackupFault.ROWS_MISSING)
    except OperationalError as error:
        if "lock" in str(error.orig):
            raise NotRestoredError(RestoreFault.IN_USE) from error
        raise
    finally:
        source.dispose()
