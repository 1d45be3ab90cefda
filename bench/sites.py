"""Databases to measure on: made once by the program's own demonstration load, kept and copied."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from sqlite3 import Connection, connect
from typing import NamedTuple

from flask import Flask

from app import clock
from app.demonstration.plan import Size
from app.demonstration.sign_ins import SIGN_INS_FILE, DemoSignIn, read_sign_ins
from app.factory import create_app
from config import Config
from models import db
from models.enums import Role

ROOT = Path(__file__).resolve().parent.parent
SCALES = {"S1": Size(2_000, 12_000, 50_000), "S2": Size(20_000, 120_000, 1_000_000)}
SEED = 1
SECRET_KEY = "signs-the-cookies-of-made-up-accounts-only"  # noqa: S105  # never a real site's
DATABASE, RECORD = "daisuso.sqlite", "made.json"
# Older ones have gone quiet: in made-up data as in real ones nothing happens without entries.
KEPT_FOR = timedelta(days=7)
# What decides on which rows a made-up site has.
MADE_BY = (
    "migrations/versions/*.py",
    "models/*.py",
    "app/demonstration/*.py",
    "app/services/load_demonstration.py",
    "app/services/demonstration_*.py",
    "data/*.csv",
)
# The ward that has a leader, support staff and much to do.
WARD = "23941"


class Site(NamedTuple):
    """A folder with a database that may be written to, and the application on it.

    `url` is that of the database where it is not the file of the folder.
    """

    folder: Path
    app: Flask
    url: str | None = None

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / DATABASE

    def raw(self) -> Connection:
        """A plain connection of the driver that reads the database, in autocommit."""
        return connect(f"{self.database.as_uri()}?mode=ro", uri=True, isolation_level=None)

    def count_sessions(self) -> int:
        """How many turns of help are stored, whoever wrote them."""
        with self.app.app_context(), db.engine.connect() as connection:
            query = "SELECT count(*) FROM help_sessions"
            count: int = connection.exec_driver_sql(query).scalar_one()
        return count

    def environment(self) -> dict[str, str]:
        """The variables under which commands work on this site."""
        return site_environment(self.folder, self.url)

    def accounts(self) -> list[DemoSignIn]:
        """The accounts of the demonstration."""
        return read_sign_ins(self.folder / SIGN_INS_FILE)

    def account(self, role: Role) -> DemoSignIn:
        """The account to sign in with: the province's, or that of the ward."""
        code = "" if role in {Role.PROVINCE, Role.ADMIN} else WARD
        return next(
            one for one in self.accounts() if (one.role, one.ward_code) == (role.value, code)
        )


class Sites:
    """The databases of one run: `kept` holds those that stay, `copies` those of this run."""

    def __init__(self, kept: Path, copies: Path) -> None:
        self._kept = kept
        self._copies = copies
        self._opened: dict[str, Site] = {}

    def open(self, scale: str) -> Site:
        """Return the run's site of a scale; benches share it and may add to it."""
        if scale not in self._opened:
            folder = self._copies / scale
            if not folder.exists():
                copy_site(self._kept / scale, folder)
            self._opened[scale] = Site(folder, make_app(folder))
        return self._opened[scale]

    def copy(self, scale: str, name: str) -> Site:
        """Return a site of a scale for one bench alone, which may do to it what it likes."""
        folder = self._copies / name
        if folder.exists():
            shutil.rmtree(folder)
        copy_site(self._kept / scale, folder)
        return Site(folder, make_app(folder))

    @cached_property
    def scratch(self) -> Path:
        """A folder for files, on the same disk as the databases."""
        folder = self._copies / "files"
        folder.mkdir(exist_ok=True)
        return folder


def make_app(folder: Path, url: str | None = None) -> Flask:
    """Build the application on the database of a folder or of an address, as `wsgi.py` does."""
    url = url or f"sqlite:///{(folder / DATABASE).as_posix()}"
    return create_app(Config(instance_path=folder, database_url=url, secret_key=SECRET_KEY))


def site_environment(folder: Path, url: str | None = None) -> dict[str, str]:
    """Return the variables under which commands work on one database: its folder's, or `url`."""
    foreign = {"DATABASE_URL", "BEHIND_TLS", "PORT"}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    own = {"INSTANCE_PATH": str(folder), "SECRET_KEY": SECRET_KEY, "PYTHONUTF8": "1"}
    return kept | own | ({} if url is None else {"DATABASE_URL": url})


def flask_command(*arguments: str) -> list[str]:
    """Return the command line of one of the program's own commands."""
    return [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]


def prepare(kept: Path, scale: str) -> None:
    """Make the site of a scale unless one that fits is kept already; takes minutes for S2."""
    folder = kept / scale
    if fits(folder / RECORD, scale):
        return
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True)
    fill_site(scale, site_environment(folder))
    write_record(folder, scale)


def fill_site(scale: str, environment: dict[str, str]) -> None:
    """Make the tables and the demonstration of a scale by the program's own commands."""
    size = SCALES[scale]
    for command in (
        ("site", "prepare", "--no-demo"),
        (
            *("demo", "load", "--seed", str(SEED), "--mentors", str(size.mentors)),
            *("--mentees", str(size.mentees), "--sessions", str(size.sessions)),
        ),
    ):
        subprocess.run(
            flask_command(*command),
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )


def write_record(folder: Path, scale: str) -> None:
    """Note from what a site was made, and when."""
    record = {"fingerprint": fingerprint(scale), "made_on": clock.today().isoformat()}
    (folder / RECORD).write_text(json.dumps(record), encoding="utf-8")


def copy_site(source: Path, target: Path) -> None:
    """Copy the files of a site that no process has open."""
    target.mkdir(mode=0o700, parents=True)
    for name in (DATABASE, SIGN_INS_FILE):
        shutil.copy2(source / name, target / name)


def fingerprint(scale: str) -> str:
    """Return a digest of what a made-up site comes from: schema, generator, lists and size."""
    parts = hashlib.sha256(repr((scale, SCALES[scale], SEED)).encode())
    for path in _sources():
        parts.update(path.relative_to(ROOT).as_posix().encode())
        parts.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return parts.hexdigest()


def _sources() -> Iterator[Path]:
    for pattern in MADE_BY:
        yield from sorted(ROOT.glob(pattern))


def fits(record: Path, scale: str) -> bool:
    try:
        made = json.loads(record.read_text(encoding="utf-8"))
        age = clock.today() - date.fromisoformat(made["made_on"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return made.get("fingerprint") == fingerprint(scale) and timedelta(0) <= age <= KEPT_FOR
