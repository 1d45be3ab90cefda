"""Queries, services and commands are tried on both databases."""

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that needs the application on SQLite and on PostgreSQL."""
    if "flask_app" in metafunc.fixturenames:
        metafunc.parametrize(
            "flask_app",
            ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
            indirect=True,
        )
