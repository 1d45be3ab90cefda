"""Whether the database answers."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from models import db


def is_database_ready() -> bool:
    """Say whether a trivial select works."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
