"""The change log as a feed: what was done to the database since it was last looked at.

What is written past the log draws a new generation (`app.services.network_generation`); from there
on nobody can tell what changed.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, NamedTuple
from weakref import ref

from sqlalchemy import bindparam, select, true
from sqlalchemy.orm import Session

from models import Change, NetworkGeneration, db

# In the info of a session: in which of its transactions it last saw the database in which state.
_SEEN = "seen_version"
# More changed objects than this, as after an import, are no longer looked up one by one.
MOST_CHANGES = 2_000


class Version(NamedTuple):
    """The state of a database: its generation and the end of its log."""

    token: str
    change_id: int
    digest: str


class LoggedChange(NamedTuple):
    """What a row of the log tells of one of its objects: which object, and what was done."""

    id: int
    kind: str
    object_id: int
    action: str


class Step(Enum):
    """How the database stands to a version of it."""

    NONE = "the same"
    AHEAD = "some changes ahead"
    BEHIND = "read in a transaction that began before the version"
    ELSEWHERE = "not to be reached by following changes"


class Look(NamedTuple):
    """The step from a version to the state of now, and the changes on the way where it is ahead."""

    step: Step
    version: Version
    changes: list[LoggedChange]


_GENERATIONS, _LOG = NetworkGeneration.__table__, Change.__table__
_LAST_CHANGE = select(_LOG.c.id, _LOG.c.digest).order_by(_LOG.c.id.desc()).limit(1).subquery()
_VERSION = select(_GENERATIONS.c.token, *_LAST_CHANGE.c).outerjoin_from(
    _GENERATIONS, _LAST_CHANGE, true()
)
# The change that was seen last, if it is still there, and those after it; beside each the token.
_CHANGES_SINCE = (
    select(
        _GENERATIONS.c.token,
        _LOG.c.digest,
        _LOG.c.id,
        _LOG.c.object_kind,
        _LOG.c.object_id,
        _LOG.c.object_count,
        _LOG.c.action,
    )
    .outerjoin_from(_GENERATIONS, _LOG, _LOG.c.id >= bindparam("seen_id"))
    .order_by(_LOG.c.id)
    .limit(MOST_CHANGES + 2)
)


def database_version() -> Version | None:
    """Return the state that the database is in; equal states tell the same of every day.

    None where it has no generation, so that nobody can say.
    """
    row = db.session.connection().execute(_VERSION).one_or_none()
    if row is None:
        return None
    return _note(Version(row.token, row.id or 0, row.digest or ""))


def glance_from(seen: Version) -> Look:
    """Look how the database goes on, with no statement where this transaction just saw it so.

    A page asks for several things that are kept, and a transaction of SQLite reads one instant.
    """
    session = db.session()
    looked_in, version = session.info.get(_SEEN, (None, None))
    transaction = session.get_transaction()
    is_same = transaction is not None and looked_in is not None and looked_in() is transaction
    return Look(Step.NONE, seen, []) if is_same and version == seen else look_from(seen)


def forget_seen(session: Session) -> None:
    """Let a session look again: it wrote something itself."""
    session.info.pop(_SEEN, None)


def _note(version: Version) -> Version:
    session = db.session()
    transaction = session.get_transaction()
    # In PostgreSQL each statement sees what others have committed by then.
    if transaction is not None and session.get_bind().dialect.name == "sqlite":
        session.info[_SEEN] = ref(transaction), version
    return version


def look_from(seen: Version) -> Look:
    """Look how the database goes on from a version, with one statement."""
    rows = db.session.connection().execute(_CHANGES_SINCE, {"seen_id": seen.change_id}).all()
    if not rows or rows[0].token != seen.token:
        return Look(Step.ELSEWHERE, seen, [])
    logged = [row for row in rows if row.id is not None]
    if seen.change_id:
        if not logged:
            return Look(Step.BEHIND, seen, [])
        first = logged.pop(0)
        if (first.id, first.digest) != (seen.change_id, seen.digest):
            return Look(Step.ELSEWHERE, seen, [])
    if not logged:
        return Look(Step.NONE, _note(seen), [])
    if sum(row.object_count for row in logged) > MOST_CHANGES:
        return Look(Step.ELSEWHERE, seen, [])
    version = _note(Version(seen.token, logged[-1].id, logged[-1].digest))
    return Look(Step.AHEAD, version, list(_each_object(logged)))


def _each_object(logged: Sequence[Any]) -> Iterator[LoggedChange]:
    """Yield what the rows of the log tell, object by object."""
    for row in logged:
        for object_id in range(row.object_id, row.object_id + row.object_count):
            yield LoggedChange(row.id, row.object_kind, object_id, row.action)
