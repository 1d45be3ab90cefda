"""What changed between two days, kept by the process until something is written.

A past day of the province is read and judged for seconds, whoever asks; two days of a database in
the same state differ in the same way.
"""

from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from app.access.scope import WardScope
from app.database import WRITING
from app.queries.audit import picture_of
from app.queries.change_feed import Version, database_version
from graphs.comparison import Comparison, compare
from models import db

# With the findings of a province, each of them takes some megabytes.
MOST_KEPT = 4


class _Asked(NamedTuple):
    """What a comparison depends on, beside what is recorded; the scope's reader is not part."""

    ward_ids: frozenset[int] | None
    since: date
    day: date


class _Kept(NamedTuple):
    version: Version
    comparison: Comparison


_lock = Lock()
_kept: WeakKeyDictionary[Engine, OrderedDict[_Asked, _Kept]] = WeakKeyDictionary()


def compare_days(scope: WardScope, since: date, day: date) -> Comparison:
    """Tell what changed in the scope from a day to another, each with its own settings."""
    asked = _Asked(scope.ward_ids, since, day)
    version = None if db.session().info.get(WRITING) else database_version()
    with _lock:
        kept = _kept.setdefault(db.engine, OrderedDict()).get(asked)
    if kept is not None and kept.version == version:
        return kept.comparison
    comparison = compare(picture_of(scope, since), picture_of(scope, day))
    if version is not None and version == database_version():
        _keep(asked, _Kept(version, comparison))
    return comparison


def _keep(asked: _Asked, kept: _Kept) -> None:
    with _lock:
        of_engine = _kept[db.engine]
        of_engine[asked] = kept
        of_engine.move_to_end(asked)
        while len(of_engine) > MOST_KEPT:
            of_engine.popitem(last=False)
