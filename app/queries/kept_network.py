"""The network of today, kept in the process and brought up to date by the change log.

docs/architecture.md says what is followed row by row and when everything is read anew.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, select, true

from app import clock
from app.access.scope import WardScope
from app.database import WRITING
from app.queries.kept_changes import LoggedChange, asks_for_rebuild, row_changes
from app.queries.network import network_rows, ward_codes
from app.queries.settings import SiteSettings, get_settings
from graphs.live import LiveNetwork
from models import Change, NetworkGeneration, db

# More changes than this, as after an import, are no longer looked up row by row.
MOST_CHANGES = 2_000
# Readers of one ward rather audit it by themselves than wait for a network to be read anew.
PATIENCE_SECONDS = 0.1
EVERYWHERE = WardScope.everywhere()


class Version(NamedTuple):
    """The state of a database: its generation and the end of its log."""

    token: str
    change_id: int
    digest: str


@dataclass(slots=True)
class KeptNetwork:
    """The network of a day with what it was made from."""

    live: LiveNetwork
    day: date
    settings: SiteSettings
    version: Version
    codes: dict[int, str]

    def codes_in(self, scope: WardScope) -> Collection[str] | None:
        """Return the codes of the scope's wards that exist; None for all of them."""
        if scope.is_everywhere:
            return None
        return [code for ward_id, code in self.codes.items() if scope.includes(ward_id)]


class _Step(Enum):
    """How the database stands to the network that is kept."""

    NONE = "the same"
    AHEAD = "some changes ahead"
    BEHIND = "read in a transaction that began before the network was brought up to date"
    ELSEWHERE = "not to be reached by following changes"


class _Look(NamedTuple):
    step: _Step
    version: Version
    changes: list[LoggedChange]


@dataclass(slots=True)
class _Place:
    """Where the network of one database is kept."""

    lock: Lock = field(default_factory=Lock)
    kept: KeptNetwork | None = None


_places: WeakKeyDictionary[Engine, _Place] = WeakKeyDictionary()
_places_lock = Lock()

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
        _LOG.c.action,
    )
    .outerjoin_from(_GENERATIONS, _LOG, _LOG.c.id >= bindparam("seen_id"))
    .order_by(_LOG.c.id)
    .limit(MOST_CHANGES + 2)
)


@contextmanager
def kept_network(scope: WardScope, day: date) -> Iterator[KeptNetwork | None]:
    """Hold the network of all wards as of a day, up to date with what the session sees.

    None where it is not kept: for other days than today, within a unit of work, and for readers of
    some wards while nobody who reads them all has asked yet. Nobody else uses it in the meantime;
    what is taken from it stays valid afterwards. The caller limits that to the scope.
    """
    session = db.session()
    if day != clock.today() or session.info.get(WRITING):
        yield None
        return
    place = _place()
    for is_fresh in (False, True):
        if is_fresh:
            session.rollback()
        # Taken before the lock: whoever holds that never waits for a connection.
        session.connection()
        with _turn_at(place, scope) as has_turn:
            look = _look(place.kept) if has_turn else None
            is_outdated = look is not None and look.step is _Step.BEHIND
            # What was read before in this transaction may be why: begin to read anew, once.
            if is_fresh or not is_outdated:
                yield _brought_up(place, look, scope, day) if has_turn else None
                return


def _place() -> _Place:
    with _places_lock:
        return _places.setdefault(db.engine, _Place())


@contextmanager
def _turn_at(place: _Place, scope: WardScope) -> Iterator[bool]:
    has_turn = place.lock.acquire(timeout=-1 if scope.is_everywhere else PATIENCE_SECONDS)
    try:
        yield has_turn
    finally:
        if has_turn:
            place.lock.release()


def _brought_up(
    place: _Place, look: _Look | None, scope: WardScope, day: date
) -> KeptNetwork | None:
    """Follow the changes, or read everything anew for who reads all wards, till nothing is new."""
    kept, place.kept = place.kept, None
    while kept is None or look is None or look.step is not _Step.NONE or kept.day != day:
        if kept is not None and look is not None and _can_follow(kept, look, day):
            _follow(kept, look)
        else:
            kept = _read_anew(day) if scope.is_everywhere else None
        if kept is None:
            return None
        look = _look(kept)
    place.kept = kept
    return kept


def _look(kept: KeptNetwork | None) -> _Look | None:
    """Look how the database goes on from what is kept; None where there is nothing to compare."""
    if kept is None:
        return None
    seen = kept.version
    rows = db.session.execute(_CHANGES_SINCE, {"seen_id": seen.change_id}).all()
    if not rows or rows[0].token != seen.token or len(rows) > MOST_CHANGES:
        return _Look(_Step.ELSEWHERE, seen, [])
    logged = [row for row in rows if row.id is not None]
    if seen.change_id:
        if not logged:
            return _Look(_Step.BEHIND, seen, [])
        first = logged.pop(0)
        if (first.id, first.digest) != (seen.change_id, seen.digest):
            return _Look(_Step.ELSEWHERE, seen, [])
    if not logged:
        return _Look(_Step.NONE, seen, [])
    version = Version(seen.token, logged[-1].id, logged[-1].digest)
    return _Look(_Step.AHEAD, version, [LoggedChange(*row[2:]) for row in logged])


def _can_follow(kept: KeptNetwork, look: _Look, day: date) -> bool:
    return (
        kept.day == day
        and look.step is _Step.AHEAD
        and not asks_for_rebuild(EVERYWHERE, look.changes)
    )


def _follow(kept: KeptNetwork, look: _Look) -> None:
    kept.live.apply(
        row_changes(
            EVERYWHERE,
            look.changes,
            kept.day,
            kept.codes,
            default_capacity=kept.settings.default_capacity,
        )
    )
    kept.version = look.version


def database_version(scope: WardScope) -> Version | None:
    """Return the state that the database is in; equal states tell the same of every day.

    None where it has no generation, so that nobody can say.
    """
    del scope  # the state is that of all wards
    row = db.session.execute(_VERSION).one_or_none()
    return None if row is None else Version(row.token, row.id or 0, row.digest or "")


def _read_anew(day: date) -> KeptNetwork | None:
    """Read all rows; None where the database has no generation, so that nothing can be followed."""
    version = database_version(EVERYWHERE)
    if version is None:
        return None
    settings = get_settings(day)
    rows = network_rows(EVERYWHERE, day, default_capacity=settings.default_capacity)
    return KeptNetwork(
        live=LiveNetwork(rows, as_of=day, thresholds=settings.thresholds),
        day=day,
        settings=settings,
        version=version,
        codes=ward_codes(EVERYWHERE, day),
    )
