"""What the network counts towards its targets: today's figure and the gain of four weeks."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from app.access.scope import WardScope
from app.pace import DAYS_LOOKED_AT
from app.queries.activity_figures import Days, list_activity_figures
from app.queries.kept_coverage import get_coverage_on
from app.queries.learning_figures import completed_by_ward
from app.queries.tables import many_rows
from graphs.ward_history import CoveragePoint
from models import DeskDay
from models.enums import ActivityKind, TargetIndicator


class Standing(NamedTuple):
    """A figure of a day, and what the 28 days up to it brought; None: no data 28 days before."""

    reached: int
    gained: int | None


# By ward, None for all wards of the scope together, and indicator.
Figures = Mapping[tuple[int | None, TargetIndicator], int]
Standings = Mapping[tuple[int | None, TargetIndicator], Standing]


def target_standings(scope: WardScope, day: date) -> Standings:
    """Return how each ward of the scope, and all of them, stand as of a day; fixed statements.

    What is there on a day (mentors, mentees, wards with support on paper) gains the difference to
    28 days before; what counts from 1 January gains what these 28 days hold, also across New Year.
    A ward without any data is left out: that is not the same as none.
    """
    before = day - timedelta(days=DAYS_LOOKED_AT)
    coverage = get_coverage_on(scope, [before, day])
    # By ward, None for all of them together: what the audit counts on both days.
    both: dict[int | None, list[CoveragePoint]] = {None: coverage.points}
    both |= {ward_id: coverage.points_of(ward_id) for ward_id in coverage.by_ward}
    year = _within(scope, day.replace(month=1, day=1), day)
    recent = _within(scope, before + timedelta(days=1), day)
    standings: dict[tuple[int | None, TargetIndicator], Standing] = {}
    for ward_id, (then, now) in both.items() if coverage.by_ward else ():
        if not now.has_data:
            continue
        for indicator, reached in _on_day(now, ward_id).items():
            gained = reached - _on_day(then, ward_id)[indicator] if then.has_data else None
            standings[ward_id, indicator] = Standing(reached, gained)
        for indicator in (one for one in TargetIndicator if one.is_of_year):
            key = ward_id, indicator
            gained = recent.get(key, 0) if then.has_data else None
            standings[key] = Standing(year.get(key, 0), gained)
    return standings


def _on_day(point: CoveragePoint, ward_id: int | None) -> dict[TargetIndicator, int]:
    figures = {
        TargetIndicator.MENTORS: point.mentors,
        TargetIndicator.MENTEES: point.mentees,
    }
    if ward_id is None:
        figures[TargetIndicator.WARDS_WITH_SUPPORT] = point.wards_with_support
    return figures


def _within(scope: WardScope, first: date, last: date) -> Figures:
    completed = completed_by_ward(scope, first, last)
    classes = {
        row.ward_id: row.figures.held
        for row in list_activity_figures(scope, Days(first, last))
        if row.kind is ActivityKind.COMMUNITY_CLASS
    }
    sessions = _sessions(scope, first, last)
    by_ward = (
        (TargetIndicator.COMPLETED, completed),
        (TargetIndicator.CLASSES, classes),
        (TargetIndicator.SESSIONS, sessions),
    )
    return {
        **{
            (ward_id, indicator): figure
            for indicator, figures in by_ward
            for ward_id, figure in figures.items()
        },
        (None, TargetIndicator.CLASSES): sum(classes.values()),
        (None, TargetIndicator.SESSIONS): sum(sessions.values()),
    }


def _sessions(scope: WardScope, first: date, last: date) -> dict[int, int]:
    statement = (
        select(DeskDay.ward_id, func.sum(DeskDay.sessions))
        .where(scope.limit(DeskDay.ward_id), DeskDay.service_date.between(first, last))
        .group_by(DeskDay.ward_id)
    )
    return dict(many_rows(statement))
