"""Whether the site shows demonstration data."""

from sqlalchemy import exists, select

from models import Account, db

# Written once, as every page asks.
_IS_DEMONSTRATION = select(exists().where(Account.is_demo))


class _LastAnswer:
    """What the database said last, for pages that must not ask it."""

    is_demonstration = False


def is_demonstration_site() -> bool:
    """Say whether demonstration accounts exist; then every page says so."""
    answer = bool(db.session.connection().scalar(_IS_DEMONSTRATION))
    _LastAnswer.is_demonstration = answer
    return answer


def was_demonstration_site() -> bool:
    """Say what was true when last asked, without touching the database: for error pages."""
    return _LastAnswer.is_demonstration
