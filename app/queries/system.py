"""What the site runs on: versions, sizes and numbers of rows."""

import platform
import shutil
import sqlite3
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select, text

from app.access.scope import WardScope
from app.database import sqlite_file
from models import Account, Base, HelpSession, Mentee, Mentor, Mentorship, Person, db

PROJECT_FILE = Path(__file__).resolve().parents[2] / "pyproject.toml"
# Before this version two connections that checkpoint at once may corrupt the file.
SAFE_SQLITE = (3, 51, 3)

COUNTED: dict[str, type[Base]] = {
    "accounts": Account,
    "persons": Person,
    "mentors": Mentor,
    "mentees": Mentee,
    "mentorships": Mentorship,
    "help_sessions": HelpSession,
}


class SystemState(NamedTuple):
    """The state of the site; sizes in bytes, None where the database keeps its own files."""

    program_version: str
    python_version: str
    database: str
    has_old_sqlite: bool
    file_bytes: int | None
    free_bytes: int | None
    rows: dict[str, int]


def get_system_state(scope: WardScope) -> SystemState:
    """Return what the site runs on; the numbers of rows are totals of the whole site."""
    del scope
    path = sqlite_file(db.engine)
    return SystemState(
        program_version=_program_version(),
        python_version=platform.python_version(),
        database=_database_name(),
        has_old_sqlite=path is not None and sqlite3.sqlite_version_info < SAFE_SQLITE,
        file_bytes=None if path is None else _size_with_log(path),
        free_bytes=None if path is None else shutil.disk_usage(path.parent).free,
        rows={
            kind: db.session.scalar(select(func.count()).select_from(model)) or 0
            for kind, model in COUNTED.items()
        },
    )


@cache
def _program_version() -> str:
    project = tomllib.loads(PROJECT_FILE.read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def _database_name() -> str:
    if db.engine.dialect.name == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    return f"PostgreSQL {db.session.scalar(text('SHOW server_version'))}"


def _size_with_log(path: Path) -> int:
    log = path.with_name(path.name + "-wal")
    return path.stat().st_size + (log.stat().st_size if log.exists() else 0)
