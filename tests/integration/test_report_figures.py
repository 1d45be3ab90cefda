"""The figures of a report, worked out a second time row by row; frozen ones come back the same."""

import json
from collections import Counter
from datetime import date

import pytest

from app.access.scope import WardScope
from app.queries.audit import audit_scope
from app.queries.report_figures import Span, collect_report
from app.reports.figures import ActivitiesOfPeriod, DeskOfPeriod, read_report
from models import FollowUp, HelpSession, ReportingPeriod, db
from models.enums import ActivityKind, FollowUpAnswer, HelpMode, SkillLevel
from tests.factories.activities import ActivityFactory
from tests.factories.base import any_ward
from tests.factories.desk import procedure
from tests.factories.network import (
    ContactFactory,
    HelpSessionFactory,
    SkillAssessmentFactory,
    any_period,
    skill,
)
from tests.factories.site import RandomSite

pytestmark = pytest.mark.usefixtures("flask_app")

EVERYWHERE = WardScope.everywhere()
FIRST, LAST = date(2026, 1, 5), date(2026, 3, 14)


def period(code, first, end):
    made = ReportingPeriod(code=code, started_on=first, ended_on=end)
    db.session.add(made)
    db.session.commit()
    return made


def living(model, period_id, wards=None):
    rows = [row for row in db.session.query(model) if row.reported_in_id == period_id]
    return [
        row for row in rows if row.deleted_at is None and (wards is None or row.ward_id in wards)
    ]


def by_hand(period_id, first_day):
    """The desk of a period, by looking at every row."""
    sessions, answers = living(HelpSession, period_id), living(FollowUp, period_id)
    modes = Counter(row.mode for row in sessions)
    said = Counter(row.answer for row in answers)
    return DeskOfPeriod(
        sessions=len(sessions),
        people=sum(row.is_first_this_year for row in sessions),
        by_oneself=modes[HelpMode.SELF],
        together=modes[HelpMode.TOGETHER],
        on_behalf=modes[HelpMode.ON_BEHALF],
        late=sum(row.service_date < first_day for row in sessions),
        still_able=said[FollowUpAnswer.STILL_ABLE],
        needs_help=said[FollowUpAnswer.NEEDS_HELP],
    )


@pytest.mark.parametrize("seed", [3, 4])
def test_the_figures_are_those_of_the_rows_counted_one_by_one(seed):
    RandomSite(seed).fill()
    counted = any_period()
    span = Span(counted.id, "test", FIRST, LAST)

    figures = collect_report(EVERYWHERE, span, LAST)

    assert figures.desk == by_hand(counted.id, FIRST)
    rows = living(HelpSession, counted.id)
    of_wards = Counter(row.ward.code for row in rows)
    assert {ward.code: ward.sessions for ward in figures.wards if ward.sessions} == of_wards
    ranked = Counter(row.procedure.label for row in rows if row.procedure)
    assert [one.sessions for one in figures.procedures] == sorted(ranked.values(), reverse=True)[:5]
    audited = audit_scope(EVERYWHERE, LAST)
    assert figures.totals == audited.totals._asdict()
    assert figures.totals_before == audit_scope(EVERYWHERE, date(2026, 1, 4)).totals._asdict()
    assert sum(figures.findings.values()) == len(audited.findings)


def test_a_ward_that_reported_nothing_has_no_figure_which_is_not_zero():
    ContactFactory()
    HelpSessionFactory(ward=any_ward("23575"))

    figures = collect_report(EVERYWHERE, Span(any_period().id, "test", FIRST, LAST), LAST)

    told = {ward.code: (ward.sessions, ward.people) for ward in figures.wards if ward.has_reported}
    assert sorted(told.values()) == [(0, 0), (1, 0)]
    assert len(figures.not_reported) == 133
    assert {ward.sessions for ward in figures.not_reported} == {None}


def test_what_is_only_planned_is_no_report_also_where_nothing_was_entered_yet():
    ActivityFactory(is_held=False)

    figures = collect_report(EVERYWHERE, Span(None, "2026-Q1", FIRST, LAST), LAST)

    assert len(figures.not_reported) == 135
    assert figures.desk == DeskOfPeriod(0, 0, 0, 0, 0, 0, 0, 0)


def test_late_entries_count_in_the_period_that_took_them():
    before = period("2025-Q4", date(2025, 9, 15), FIRST)
    now = period("2026-Q1", FIRST, date(2026, 3, 15))
    HelpSessionFactory(service_date=date(2025, 12, 30), reported_in=before)
    late = {"service_date": date(2025, 12, 31), "reported_in": now}
    HelpSessionFactory(procedure=procedure("land"), **late)
    HelpSessionFactory(service_date=FIRST, reported_in=now)

    figures = collect_report(EVERYWHERE, Span(now.id, now.code, FIRST, LAST), LAST)

    assert (figures.desk.sessions, figures.desk.late) == (2, 1)
    assert figures.desk_before == by_hand(before.id, before.started_on)


def test_activities_and_skills_of_another_period_are_not_told():
    now = period("2026-Q1", FIRST, date(2026, 3, 15))
    other = period("2026-Q2", date(2026, 3, 15), date(2026, 6, 15))
    for counted, turns in ((now, 20), (other, 9)):
        ActivityFactory(
            kind=ActivityKind.COMMUNITY_CLASS, reported_in=counted, service_date=FIRST, turns=turns
        )
        for code in ("phone", "vneid"):
            SkillAssessmentFactory(skill_id=skill(code), level=SkillLevel.ABLE, reported_in=counted)

    figures = collect_report(EVERYWHERE, Span(now.id, now.code, FIRST, LAST), LAST)

    assert figures.activities == (ActivitiesOfPeriod("community_class", 1, 1, 20, 0, 0),)
    assert (figures.learning.skills_reached, figures.learning.people_reaching) == (2, 2)


def test_frozen_figures_come_back_the_same_whatever_was_edited_since():
    RandomSite(5).fill()
    span = Span(any_period().id, "test", FIRST, LAST)
    figures = collect_report(EVERYWHERE, span, LAST)
    frozen = json.dumps(figures.as_values(), sort_keys=True)
    HelpSessionFactory.create_batch(3)

    thawed = read_report(json.loads(frozen))

    assert thawed == figures
    assert json.dumps(thawed.as_values(), sort_keys=True) == frozen
    assert collect_report(EVERYWHERE, span, LAST) != figures


def test_the_report_of_a_ward_has_that_ward_alone():
    HelpSessionFactory()
    HelpSessionFactory(ward=any_ward("23575"))

    scope = WardScope.of([any_ward("23575").id])
    figures = collect_report(scope, Span(any_period().id, "test", FIRST, LAST), LAST)

    assert [ward.code for ward in figures.wards] == ["23575"]
    assert figures.desk.sessions == 1
