"""Who is missing where: the recruitment plan of the wards of a scope, from the audit of a day."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.queries.audit import survey_wards
from app.queries.network import list_borders
from app.queries.settings import get_settings
from app.queries.ward_means import list_ward_crews
from graphs.planning.plan import WardShortage
from graphs.planning.recruitment import RecruitmentPlan, plan_recruitment
from graphs.planning.rows import Reach
from graphs.planning.surplus import mentors_without_people
from graphs.planning.wards import need_of


class Recruitment(NamedTuple):
    """The plan as of a day, the wards with too many mentors, and the names of wards by code."""

    as_of: date
    plan: RecruitmentPlan
    surplus: tuple[WardShortage, ...]
    names: Mapping[str, str]


def recruit_for(scope: WardScope, day: date, reach: Reach) -> Recruitment:
    """Plan the fewest new people for the wards of the scope, within the scope.

    A new mentor takes on as many people as the settings give to one without a number of their own.
    """
    wards = survey_wards(scope, day).wards
    settings = get_settings(day)
    plan = plan_recruitment(
        map(need_of, wards),
        list_borders(scope),
        reach=reach,
        capacity=settings.default_capacity,
    )
    surplus = mentors_without_people(list_ward_crews(scope, day), floor=settings.thresholds.floor)
    return Recruitment(day, plan, surplus, {ward.code: ward.name for ward in wards})
