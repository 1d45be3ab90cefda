"""Whether the site shows demonstration data."""

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from models import Account, db

# Under a name of its own, so that it may stand within a statement about one account.
_ANYBODY = aliased(Account)
HAS_DEMONSTRATION = exists().where(_ANYBODY.is_demo)
_IS_DEMONSTRATION = select(HAS_DEMONSTRATION)


class _LastAnswer:
    """What the database said last, for pages that must not ask it."""

    is_demonstration = False


def is_demonstration_site() -> bool:
    """Say whether demonstration accounts exist; then every page says so."""
    return note_demonstration(db.session.connection().scalar(_IS_DEMONSTRATION))


def note_demonstration(answer: object) -> bool:
    """Remember what the database just said, and return it."""
    _LastAnswer.is_demonstration = bool(answer)
    return bool(answer)


def was_demonstration_site() -> bool:
    """Say what was true when last asked, without touching the database: for error pages."""
    return _LastAnswer.is_demonstration
