"""The histories of wards over the last months, kept by the process until something changes them.

A year of the whole province takes about a second to read, and what a ward's rows tell of the past
changes with these rows alone. So the change log says which wards have to be read anew.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from app.access.scope import WardScope
from app.database import WRITING
from app.queries.change_feed import LoggedChange, Step, Version, database_version, look_from
from app.queries.coverage_history import read_history
from app.queries.kept_changes import asks_for_rebuild, touched_rows
from app.queries.settings import settings_by_day
from app.queries.tables import MENTORSHIPS
from graphs.coverage_series import SeriesDay, ward_histories
from graphs.rows import Thresholds
from graphs.ward_history import (
    CoveragePoint,
    MentorLoad,
    WardHistory,
    coverage_points,
    mentor_loads,
    month_ends,
)
from models import Ward, db

MONTHS = 12
# Beyond so many wards one reading of the whole scope is faster than naming them.
MOST_NAMED = 20
# A day is asked for again and again, past days now and then.
MOST_DAYS = 4
PATIENCE_SECONDS = 0.2
EVERYWHERE = WardScope.everywhere()


@dataclass(frozen=True, slots=True)
class Coverage:
    """The wards of a scope, by id, on each of some days; often the ends of the last months."""

    days: list[SeriesDay]
    by_ward: dict[int, WardHistory]

    @property
    def histories(self) -> list[WardHistory]:
        """What became of each of the wards."""
        return list(self.by_ward.values())

    @property
    def points(self) -> list[CoveragePoint]:
        """What the audit counts on each of the days."""
        return coverage_points(self.histories, [at.day for at in self.days])

    def points_of(self, ward_id: int) -> list[CoveragePoint]:
        """What the audit counts in one ward on each of the days."""
        return coverage_points([self.by_ward[ward_id]], [at.day for at in self.days])

    @property
    def loads(self) -> dict[MentorLoad, int]:
        """How many mentors have which load on the last day."""
        return mentor_loads(self.histories)

    @property
    def thresholds(self) -> Thresholds:
        """The settings in force on the last day."""
        return self.days[-1].thresholds


@dataclass(slots=True)
class _Kept:
    """Histories by ward id on some days, as they were at a version of the database."""

    version: Version | None
    histories: dict[int, WardHistory] = field(default_factory=dict)


_Series = tuple[SeriesDay, ...]
_lock = Lock()
_kept: WeakKeyDictionary[Engine, OrderedDict[_Series, _Kept]] = WeakKeyDictionary()


def get_coverage(scope: WardScope, day: date) -> Coverage:
    """Return how the scope's wards stood at the ends of the last twelve months and on the day."""
    return get_coverage_on(scope, month_ends(day, months=MONTHS))


def get_coverage_on(scope: WardScope, days: Sequence[date]) -> Coverage:
    """Return how the scope's wards stood on each of the days, which must be in order."""
    settings = settings_by_day(scope, days)
    series = tuple(SeriesDay(each, settings[each].thresholds) for each in days)
    wards = select(Ward.id).where(scope.limit(Ward.id)).order_by(Ward.id)
    ward_ids = db.session.scalars(wards).all()
    histories = _get_histories(scope, ward_ids, series)
    return Coverage(list(series), {ward_id: histories[ward_id] for ward_id in ward_ids})


def _get_histories(
    scope: WardScope, ward_ids: Sequence[int], series: _Series
) -> dict[int, WardHistory]:
    """Return what is kept, completed; within a unit of work nothing is kept.

    A reader of a few wards rather reads them than waits until somebody has read them all.
    """
    patience = PATIENCE_SECONDS if len(ward_ids) <= MOST_NAMED else -1
    if db.session().info.get(WRITING) or not _lock.acquire(timeout=patience):
        return _read(scope, ward_ids, series)
    try:
        kept = _brought_up(series)
        missing = [ward_id for ward_id in ward_ids if ward_id not in kept.histories]
        kept.histories |= _read(scope, missing, series)
        return dict(kept.histories)
    finally:
        _lock.release()


def _read(scope: WardScope, ward_ids: Sequence[int], series: _Series) -> dict[int, WardHistory]:
    if not ward_ids:
        return {}
    wanted = scope if len(ward_ids) > MOST_NAMED else WardScope.of(ward_ids)
    columns = read_history(wanted, desk_since=_first_desk_day(series))
    return ward_histories(columns, series)


def _first_desk_day(series: _Series) -> date:
    """Return the first day at the desk that still counts on any of the days."""
    return min(at.day - timedelta(days=at.thresholds.desk_days - 1) for at in series)


def _brought_up(series: _Series) -> _Kept:
    """Return what still holds of the histories that are kept for the days; perhaps nothing."""
    of_engine = _kept.setdefault(db.engine, OrderedDict())
    kept = of_engine.get(series)
    if kept is None or not _has_followed(kept):
        kept = of_engine[series] = _Kept(database_version())
    of_engine.move_to_end(series)
    while len(of_engine) > MOST_DAYS:
        of_engine.popitem(last=False)
    return kept


def _has_followed(kept: _Kept) -> bool:
    """Forget the wards that were touched since the version; false where nobody can tell."""
    if kept.version is None:
        return False
    look = look_from(kept.version)
    if look.step is Step.AHEAD and not asks_for_rebuild(EVERYWHERE, look.changes):
        for ward_id in _touched_wards(look.changes):
            kept.histories.pop(ward_id, None)
        kept.version = look.version
        return True
    return look.step is Step.NONE


def _touched_wards(changes: Sequence[LoggedChange]) -> set[int]:
    touched = touched_rows(EVERYWHERE, changes)
    places = select(MENTORSHIPS.c.mentor_ward_id, MENTORSHIPS.c.mentee_ward_id).where(
        MENTORSHIPS.c.id.in_(touched.mentorships)
    )
    return touched.wards.union(*db.session.execute(places))
