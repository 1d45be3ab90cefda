"""A backup as one file: a zip with the database as SQLite and a manifest that vouches for it."""

import hashlib
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

FORMAT = 1
DATABASE, MANIFEST = "daisuso.sqlite", "manifest.json"
ENDING = ".zip"
BLOCK = 1024 * 1024
LARGEST_MANIFEST = 1024 * 1024
# What reading a zip raises that is cut, overwritten, or made by somebody else.
UNREADABLE = (BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error)
OWNER_ONLY = 0o600
# The copy grows while its schema is brought up to date, and the present is saved beside it.
ROOM = 2


class BackupFault(StrEnum):
    """Why a file is no backup to restore from."""

    NO_BACKUP = "no_backup"
    DAMAGED = "damaged"
    NEWER = "newer"
    TOO_LARGE = "too_large"
    ROWS_MISSING = "rows_missing"


class BadBackupError(Exception):
    """The file is not a whole backup of this program."""

    def __init__(self, fault: BackupFault) -> None:
        super().__init__(fault)
        self.fault = fault


class Manifest(NamedTuple):
    """What a backup holds: `counts` are the rows of each table, `made_at` is an instant in UTC."""

    format: int
    revision: str
    made_at: str
    counts: dict[str, int]
    sha256: str


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_backup(target: Path, database: Path, manifest: Manifest) -> None:
    """Write a backup, whole or not at all, for its owner's eyes; replaces what is there."""
    with _beside(target) as unfinished:
        with ZipFile(unfinished, "w", ZIP_DEFLATED) as archive:
            archive.write(database, DATABASE)
            archive.writestr(MANIFEST, json.dumps(manifest._asdict(), indent=1, sort_keys=True))
        sync(unfinished)
        unfinished.replace(target)
    sync(target.parent)


def remove_old(folder: Path, prefix: str, keep: int) -> None:
    """Remove all but the newest backups of a folder whose names begin so; raises `OSError`.

    What cannot be read as a backup stays: it may be somebody's only copy.
    """
    made = []
    for path in folder.glob(f"{prefix}*{ENDING}"):
        with suppress(BadBackupError), _opened(path) as archive:
            made.append((datetime.fromisoformat(_manifest(archive).made_at), path))
    for _made_at, path in sorted(made, reverse=True)[keep:]:
        path.unlink()


def unpack_backup(path: Path, folder: Path) -> tuple[Path, Manifest]:
    """Unpack the database into a folder and check its digest; raises `BadBackupError`, `OSError`.

    Names within the zip decide on nothing: only the two that belong there are read.
    """
    database = folder / DATABASE
    with _opened(path) as archive:
        manifest = _manifest(archive)
        if archive.getinfo(DATABASE).file_size > shutil.disk_usage(folder).free // ROOM:
            raise BadBackupError(BackupFault.TOO_LARGE)
        try:
            with archive.open(DATABASE) as packed, database.open("xb") as unpacked:
                os.chmod(database, OWNER_ONLY)  # noqa: PTH101  # before anything is in it
                shutil.copyfileobj(packed, unpacked, BLOCK)
        except UNREADABLE as error:
            raise BadBackupError(BackupFault.DAMAGED) from error
    if digest_of(database) != manifest.sha256:
        raise BadBackupError(BackupFault.DAMAGED)
    return database, manifest


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk; Windows knows no folders."""
    if path.is_dir() and os.name == "nt":
        return
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        archive = ZipFile(path)
    except UNREADABLE as error:
        raise BadBackupError(BackupFault.NO_BACKUP) from error
    with archive:
        # A damaged index may point before the file: reading there is an `OSError` like a bad disk.
        if any(entry.header_offset < 0 for entry in archive.infolist()):
            raise BadBackupError(BackupFault.DAMAGED)
        if sorted(archive.namelist()) != [DATABASE, MANIFEST]:
            raise BadBackupError(BackupFault.NO_BACKUP)
        yield archive


def _manifest(archive: ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise BadBackupError(BackupFault.NO_BACKUP)
    try:
        values: Any = json.loads(archive.read(MANIFEST))
        if values["format"] != FORMAT:
            raise BadBackupError(BackupFault.NEWER)
        manifest = Manifest(**values)
        is_sound = (
            all(type(count) is int for count in manifest.counts.values())
            and datetime.fromisoformat(manifest.made_at).tzinfo is not None
        )
    except (*UNREADABLE, TypeError, KeyError, AttributeError) as error:
        raise BadBackupError(BackupFault.DAMAGED) from error
    if not is_sound:
        raise BadBackupError(BackupFault.DAMAGED)
    return manifest


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new file in the folder of another one; gone afterwards unless it took its place."""
    number, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    os.close(number)
    unfinished = Path(name)
    try:
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)
