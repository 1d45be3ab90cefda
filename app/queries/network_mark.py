"""Whether the network changed between planning the rows of a roster file and writing them."""

from typing import NamedTuple

from sqlalchemy import func, select

from models import Change, NetworkGeneration, db

# What the log tells of these changes nothing about who is who, and who teaches whom.
UNREAD_KINDS = frozenset(
    {
        "attendances",
        "contacts",
        "duty_holidays",
        "duty_leaves",
        "duty_patterns",
        "duty_turns",
        "handoffs",
        "help_session_groups",
        "help_sessions",
    }
)


class NetworkMark(NamedTuple):
    """A state of what is recorded: nothing changed as long as the log did not grow."""

    generation: str | None
    change_id: int


def read_mark() -> NetworkMark:
    """Return where the network stands, to be asked `has_changed` later."""
    newest = db.session.scalar(select(func.max(Change.id)))
    return NetworkMark(db.session.scalar(select(NetworkGeneration.token)), newest or 0)


def has_changed(mark: NetworkMark) -> bool:
    """Say whether anything was written since that the matching of a file looks at."""
    if db.session.scalar(select(NetworkGeneration.token)) != mark.generation:
        return True
    is_read = Change.object_kind.not_in(UNREAD_KINDS)
    later = select(Change.id).where(Change.id > mark.change_id, is_read).limit(1)
    return db.session.scalar(later) is not None
