"""Brings the schema of the database to what this version of the program needs."""

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import upgrade

from app.extensions import migrate
from models import db


def upgrade_schema() -> bool:
    """Run the migrations that are missing; return whether there were any."""
    if _present_revision() == _wanted_revision():
        return False
    upgrade()
    return True


def is_behind() -> bool:
    """Whether the database has a schema, of an earlier version of the program."""
    return _present_revision() not in {None, _wanted_revision()}


def _present_revision() -> str | None:
    with db.engine.connect() as connection:
        revision: str | None = MigrationContext.configure(connection).get_current_revision()
    return revision


def _wanted_revision() -> str | None:
    return ScriptDirectory.from_config(migrate.get_config()).get_current_head()
