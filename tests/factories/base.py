"""What the factories of all models share: they flush into the session of the test."""

from typing import Any

import factory
from factory.alchemy import SQLAlchemyModelFactory

from models import Ward, db

ENTERED_AT = "2026-03-02T01:00:00+00:00"


class ModelFactory(SQLAlchemyModelFactory):
    """A row that is valid without arguments and committed at once, as if somebody had entered it."""

    class Meta:
        abstract = True
        sqlalchemy_session_factory = lambda: db.session()  # noqa: E731  # the session of the moment
        sqlalchemy_session_persistence = factory.alchemy.SESSION_PERSISTENCE_COMMIT


def any_ward(code: str = "21553") -> Any:
    """Return a shipped ward by its code; by default phường Quy Nhơn Bắc."""
    return db.session.query(Ward).filter_by(code=code).one()
