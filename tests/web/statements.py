"""How many statements a page sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event

from models import db


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """Collect the statements that run inside the block."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def count_statements(client: FlaskClient, url: str) -> int:
    """Return how many statements a page sends when it is opened for the second time.

    The first time it may find a network that was kept of another database.
    """
    client.get(url)
    with counted_statements() as statements:
        assert client.get(url).status_code == 200
    return len(statements)
