"""The network of today, kept in the process and brought up to date by the change log.

docs/architecture.md says what is followed row by row and when everything is read anew.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from app import clock
from app.access.scope import WardScope
from app.database import WRITING
from app.queries.change_feed import Look, Step, Version, database_version, glance_from, look_from
from app.queries.kept_changes import asks_for_rebuild, row_changes
from app.queries.network import network_rows, ward_codes
from app.queries.settings import SiteSettings, get_settings
from graphs.live import LiveNetwork
from models import db

# Readers of one ward rather audit it by themselves than wait for a network to be read anew.
PATIENCE_SECONDS = 0.1
EVERYWHERE = WardScope.everywhere()


@dataclass(slots=True, weakref_slot=True)
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


@dataclass(slots=True)
class _Place:
    """Where the network of one database is kept."""

    lock: Lock = field(default_factory=Lock)
    kept: KeptNetwork | None = None


_places: WeakKeyDictionary[Engine, _Place] = WeakKeyDictionary()
_places_lock = Lock()


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
            is_outdated = look is not None and look.step is Step.BEHIND
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
    place: _Place, look: Look | None, scope: WardScope, day: date
) -> KeptNetwork | None:
    """Follow the changes, or read everything anew for who reads all wards, till nothing is new."""
    kept, place.kept = place.kept, None
    while kept is None or look is None or look.step is not Step.NONE or kept.day != day:
        if kept is not None and look is not None and _can_follow(kept, look, day):
            _follow(kept, look)
        else:
            kept = _read_anew(day) if scope.is_everywhere else None
        if kept is None:
            return None
        look = look_from(kept.version)
    place.kept = kept
    return kept


def _look(kept: KeptNetwork | None) -> Look | None:
    """Look how the database goes on from what is kept; None where there is nothing to compare."""
    return None if kept is None else glance_from(kept.version)


def _can_follow(kept: KeptNetwork, look: Look, day: date) -> bool:
    return (
        kept.day == day
        and look.step is Step.AHEAD
        and not asks_for_rebuild(EVERYWHERE, look.changes)
    )


def _follow(kept: KeptNetwork, look: Look) -> None:
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


def _read_anew(day: date) -> KeptNetwork | None:
    """Read all rows; None where the database has no generation, so that nothing can be followed."""
    version = database_version()
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
