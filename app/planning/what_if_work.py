"""Works out assumptions about the whole province behind the page that asks for them.

That takes seconds where the province is full: the page says how far it is, and whoever comes back
to its address finds the answer. The wards of one reader are worked out at once.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Event, Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from app import clock
from app.access.later import run_later
from app.access.scope import WardScope
from app.queries.change_feed import Version, database_version
from app.queries.what_if import Stage, WhatIf, suppose
from graphs.planning.what_if import Assumptions
from models import db

# Most are done by then, and nobody sees a page that only says to wait.
PATIENCE_SECONDS = 1.0
# So long whoever was told to wait is shown what was found, though something was written meanwhile.
STILL_NEW = timedelta(minutes=1)
# With the findings of a province, each of them takes some megabytes.
MOST_KEPT = 4


class _Asked(NamedTuple):
    ward_ids: frozenset[int] | None
    day: date
    assumptions: Assumptions


@dataclass(slots=True)
class WhatIfWork:
    """What is worked out, or was: how far it is, the answer once there is one."""

    version: Version | None
    stage: Stage | None = None
    answer: WhatIf | None = None
    ended_at: datetime | None = None
    is_awaited: bool = False
    has_ended: Event = field(default_factory=Event)

    @property
    def has_failed(self) -> bool:
        """Whether nobody works on it any more, though there is no answer."""
        return self.has_ended.is_set() and self.answer is None

    def holds(self) -> bool:
        """Whether it is under way, or its answer may be shown."""
        if self.ended_at is None:
            return True
        is_same = self.version is not None and self.version == database_version()
        return is_same or (self.is_awaited and clock.now() - self.ended_at < STILL_NEW)


_lock = Lock()
_works: WeakKeyDictionary[Engine, OrderedDict[_Asked, WhatIfWork]] = WeakKeyDictionary()


def work_on(scope: WardScope, day: date, assumptions: Assumptions) -> WhatIfWork:
    """Return the work on assumptions, begun if need be; often its answer is there already."""
    if not scope.is_everywhere:
        return _done_at_once(scope, day, assumptions)
    asked = _Asked(scope.ward_ids, day, assumptions)
    version = database_version()
    with _lock:
        works = _works.setdefault(db.engine, OrderedDict())
        work = works.get(asked)
        if work is None or work.has_failed or not work.holds():
            work = works[asked] = WhatIfWork(version)
            _begin(work, scope, asked)
        works.move_to_end(asked)
        while len(works) > MOST_KEPT:
            works.popitem(last=False)
    # Who waits holds no connection that a write may need.
    db.session.rollback()
    work.is_awaited = not work.has_ended.wait(PATIENCE_SECONDS)
    return work


def _done_at_once(scope: WardScope, day: date, assumptions: Assumptions) -> WhatIfWork:
    work = WhatIfWork(None, answer=suppose(scope, day, assumptions))
    work.has_ended.set()
    return work


def _begin(work: WhatIfWork, scope: WardScope, asked: _Asked) -> None:
    def note(stage: Stage) -> None:
        work.stage = stage

    def run() -> None:
        try:
            work.answer = suppose(scope, asked.day, asked.assumptions, on_stage=note)
        finally:
            work.ended_at = clock.now()
            work.has_ended.set()

    run_later(run, while_waiting=lambda: None)
