"""What the network counts towards its targets: today's figure and the gain of four weeks."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from app.access.scope import WardScope
from app.pace import DAYS_LOOKED_AT
from app.queries.activity_figures import Days, list_activity_figures
from app.queries.audit import WardSurvey, survey_wards
from app.queries.learning_figures import completed_by_ward
from app.queries.tables import many_rows
from app.queries.wards import list_wards
from graphs.findings import WardStatus
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
    ids = {ward.code: ward.id for ward in list_wards(scope)}
    survey, earlier = survey_wards(scope, day), survey_wards(scope, before)
    then = _on_day(earlier, ids)
    present = _with_data(survey, ids)
    known = _with_data(earlier, ids)
    standings = {
        key: Standing(reached, reached - then.get(key, 0) if _has(known, key[0]) else None)
        for key, reached in _on_day(survey, ids).items()
        if _has(present, key[0])
    }
    year = _within(scope, day.replace(month=1, day=1), day)
    recent = _within(scope, before + timedelta(days=1), day)
    wards = [ward_id for ward_id in (None, *ids.values()) if _has(present, ward_id)]
    for indicator in (one for one in TargetIndicator if one.is_of_year):
        for ward_id in wards:
            key = ward_id, indicator
            gained = recent.get(key, 0) if _has(known, ward_id) else None
            standings[key] = Standing(year.get(key, 0), gained)
    return standings


def _with_data(survey: WardSurvey, ids: Mapping[str, int]) -> set[int]:
    return {ids[ward.code] for ward in survey.wards if ward.status is not WardStatus.NO_DATA}


def _has(known: set[int], ward_id: int | None) -> bool:
    return bool(known) if ward_id is None else ward_id in known


def _on_day(
    survey: WardSurvey, ids: Mapping[str, int]
) -> dict[tuple[int | None, TargetIndicator], int]:
    totals = survey.totals
    figures: dict[tuple[int | None, TargetIndicator], int] = {
        (None, TargetIndicator.MENTORS): totals.mentors,
        (None, TargetIndicator.MENTEES): totals.mentees,
        (None, TargetIndicator.WARDS_WITH_SUPPORT): totals.wards_with_support,
    }
    for ward in survey.wards:
        figures[ids[ward.code], TargetIndicator.MENTORS] = ward.figures.mentors
        figures[ids[ward.code], TargetIndicator.MENTEES] = ward.figures.mentees
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
