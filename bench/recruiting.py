"""The recruitment plan of the whole province against one full audit."""

from collections.abc import Iterator
from functools import partial

from app import clock
from app.queries.network import network_rows
from app.queries.recruitment import recruit_for
from app.queries.settings import get_settings
from bench.changes import EVERYWHERE, meetings
from bench.lab import Bench, Lab
from bench.measuring import Bounds, Measured, interleaved, timed
from graphs.audit import AuditReport, audit
from graphs.network import build_network
from graphs.planning.recruitment import RecruitmentPlan
from graphs.planning.rows import Reach
from models import db


def plan_recruit(lab: Lab) -> Iterator[Measured]:
    """The plan just after a change, against reading and auditing all rows."""
    with lab.site.app.app_context():
        changes = meetings(lab.site)
        times = interleaved(_plan, _audit, before_each=partial(next, changes))
        fault = _fault(_plan(), _audit())
    yield timed("reading and auditing all rows anew", times, fault=fault)


def _plan() -> RecruitmentPlan:
    db.session.remove()
    return recruit_for(EVERYWHERE, clock.today(), Reach.BORDER).plan


def _audit() -> AuditReport:
    db.session.remove()
    day = clock.today()
    settings = get_settings(day)
    rows = network_rows(EVERYWHERE, day, default_capacity=settings.default_capacity)
    return audit(build_network(rows, as_of=day), settings.thresholds)


def _fault(plan: RecruitmentPlan, report: AuditReport) -> str | None:
    """What is wrong with the plan: not proven, or somebody left out whom the audit knows."""
    if not plan.is_optimal:
        return f"{plan.mentors} mentors, proven are {plan.mentors_bound}"
    unknown = set(plan.without_data)
    waiting = sum(ward.figures.waiting for ward in report.wards if ward.code not in unknown)
    taken_on = sum(service.people for service in plan.services)
    return None if taken_on == waiting else f"{taken_on} taken on of {waiting} who wait"


BENCHES = {"plan_recruit": Bench(Bounds(3, 1), plan_recruit)}
