"""Whether the site shows demonstration data."""

from sqlalchemy import exists, select

from models import Account, db


def is_demonstration_site() -> bool:
    """Say whether demonstration accounts exist; then every page says so."""
    return bool(db.session.scalar(select(exists().where(Account.is_demo))))
