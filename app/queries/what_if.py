"""What would be under assumptions beside what is: read, supposed, judged, never written."""

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from typing import NamedTuple

from app.access.scope import WardScope
from app.garbage import without_collection
from app.queries.audit import picture_of
from app.queries.network import network_rows
from app.queries.settings import SiteSettings, get_settings
from graphs.audit import AuditReport, audit
from graphs.comparison import Comparison, Picture, compare
from graphs.network import build_network, reported_people
from graphs.planning.recruitment import RecruitmentPlan, plan_recruitment
from graphs.planning.rows import Reach
from graphs.planning.wards import need_of
from graphs.planning.what_if import Assumptions, assumed
from graphs.rows import BorderRow


class Stage(Enum):
    """What is done one after the other, in this order."""

    READING = "reading today's network"
    JUDGING = "judging it under the assumptions"
    COMPARING = "comparing both, and planning whom to recruit"


class WhatIf(NamedTuple):
    """Today and the assumed network side by side, and whom to recruit in each.

    `floor` is that of today. People may be taken on by bordering wards, so far as they are seen.
    """

    as_of: date
    floor: int
    comparison: Comparison
    recruits_now: RecruitmentPlan
    recruits_then: RecruitmentPlan


def suppose(
    scope: WardScope,
    day: date,
    assumptions: Assumptions,
    *,
    on_stage: Callable[[Stage], None] = lambda _stage: None,
) -> WhatIf:
    """Compare the scope's wards as of a day with what they would be under assumptions.

    `on_stage` is called before each stage.
    """
    on_stage(Stage.READING)
    settings = get_settings(day)
    now = picture_of(scope, day)
    with without_collection():
        rows = network_rows(scope, day, default_capacity=settings.default_capacity)
        on_stage(Stage.JUDGING)
        changed = assumed(rows, assumptions, on=day)
        network = build_network(changed, as_of=day)
        thresholds = settings.thresholds
        if assumptions.floor is not None:
            thresholds = thresholds._replace(floor=assumptions.floor)
        then = Picture(reported_people(network), audit(network, thresholds))
    on_stage(Stage.COMPARING)
    return WhatIf(
        as_of=day,
        floor=settings.floor,
        comparison=compare(now, then),
        recruits_now=_recruits(now.report, rows.borders, settings),
        recruits_then=_recruits(then.report, changed.borders, settings),
    )


def _recruits(
    report: AuditReport, borders: Iterable[BorderRow], settings: SiteSettings
) -> RecruitmentPlan:
    return plan_recruitment(
        map(need_of, report.wards),
        borders,
        reach=Reach.BORDER,
        capacity=settings.default_capacity,
    )
