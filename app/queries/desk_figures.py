"""What a desk did: turns and people, who did the work, what for and what stood in the way."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.access.scope import WardScope
from models import DeskDay, HelpSession, Obstacle, Procedure, db
from models.enums import HelpMode

# In the order of the figures below.
MODES = (HelpMode.SELF, HelpMode.TOGETHER, HelpMode.ON_BEHALF)


class DeskFigures(NamedTuple):
    """Sessions (lượt), people (first this year), and sessions by who did the procedure."""

    sessions: int
    people: int
    by_oneself: int
    together: int
    on_behalf: int


class RankedEntry(NamedTuple):
    """An entry of a catalogue and the number of sessions that name it."""

    label: str
    sessions: int


def count_desk_figures(scope: WardScope, first_day: date, last_day: date) -> DeskFigures:
    """Return the figures of the days `[first_day, last_day]`, from the tallies."""
    statement = select(
        _sum_of(DeskDay.sessions),
        _sum_of(DeskDay.people),
        *(_sum_of(DeskDay.sessions, DeskDay.mode == mode) for mode in MODES),
    ).where(scope.limit(DeskDay.ward_id), DeskDay.service_date.between(first_day, last_day))
    return DeskFigures._make(db.session.execute(statement).one())


def rank_procedures(
    scope: WardScope, first_day: date, last_day: date, *, at_most: int
) -> list[RankedEntry]:
    """Return the procedures that people came for most in the days `[first_day, last_day]`."""
    is_named = HelpSession.procedure_id == Procedure.id
    return _rank(Procedure, is_named & _is_within(scope, first_day, last_day), at_most)


def rank_obstacles(
    scope: WardScope, first_day: date, last_day: date, *, at_most: int
) -> list[RankedEntry]:
    """Return the obstacles named most in the days `[first_day, last_day]`."""
    is_named = HelpSession.obstacle_id == Obstacle.id
    return _rank(Obstacle, is_named & _is_within(scope, first_day, last_day), at_most)


def _rank(
    catalogue: type[Procedure | Obstacle], names_it: ColumnElement[bool], at_most: int
) -> list[RankedEntry]:
    sessions = func.count(HelpSession.id)
    statement = (
        select(catalogue.label, sessions)
        .join(HelpSession, names_it)
        .group_by(catalogue.id, catalogue.label, catalogue.position)
        .order_by(sessions.desc(), catalogue.position, catalogue.id)
        .limit(at_most)
    )
    return [RankedEntry(*row) for row in db.session.execute(statement)]


def _is_within(scope: WardScope, first_day: date, last_day: date) -> ColumnElement[bool]:
    return scope.limit(HelpSession.ward_id) & HelpSession.service_date.between(first_day, last_day)


def _sum_of(
    column: InstrumentedAttribute[int], condition: ColumnElement[bool] | None = None
) -> ColumnElement[int]:
    total = func.sum(column)
    return func.coalesce(total if condition is None else total.filter(condition), 0)
