"""Queries, services and commands are tried on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from models import db
from tests.conftest import make_app


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that needs the application on SQLite and on PostgreSQL."""
    if "flask_app" in metafunc.fixturenames:
        metafunc.parametrize(
            "flask_app",
            ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
            indirect=True,
        )


@pytest.fixture
def empty_app(flask_app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of the same kind that has no table yet."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite":
        url = url.set(database=str(tmp_path / "empty.sqlite"))
    else:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("DROP DATABASE IF EXISTS from_nothing"))
            connection.execute(text("CREATE DATABASE from_nothing"))
        url = url.set(database="from_nothing")
    empty = make_app(url.render_as_string(hide_password=False), tmp_path)
    with empty.app_context():
        yield empty
        db.session.remove()
        db.engine.dispose()
