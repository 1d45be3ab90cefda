"""What is reached of the targets, against the whole audit of both days."""

from datetime import date, timedelta

import pytest

from app.access.scope import WardScope
from app.queries.audit import audit_scope
from app.queries.target_figures import target_standings
from app.queries.wards import list_wards
from graphs.findings import WardStatus
from models.enums import TargetIndicator
from tests.factories.base import any_ward
from tests.factories.site import RandomSite

pytestmark = pytest.mark.usefixtures("flask_app")

EVERYWHERE = WardScope.everywhere()
DAY = date(2026, 3, 14)


def audited(scope, day):
    """What is there on a day by ward and indicator, and of which of these there is any data."""
    report = audit_scope(scope, day)
    ids = {ward.code: ward.id for ward in list_wards(scope)}
    known = {ids[one.code] for one in report.wards if one.status is not WardStatus.NO_DATA}
    figures = {
        (None, TargetIndicator.MENTORS): report.totals.mentors,
        (None, TargetIndicator.MENTEES): report.totals.mentees,
        (None, TargetIndicator.WARDS_WITH_SUPPORT): report.totals.wards_with_support,
    }
    for one in report.wards:
        figures[ids[one.code], TargetIndicator.MENTORS] = one.figures.mentors
        figures[ids[one.code], TargetIndicator.MENTEES] = one.figures.mentees
    return figures, known | ({None} if known else set())


@pytest.mark.parametrize("seed", [3, 4])
def test_reached_and_gained_are_those_of_the_audits_of_both_days(seed):
    RandomSite(seed).fill()
    ward = any_ward()

    for scope in (EVERYWHERE, WardScope.of([ward.id])):
        now, known = audited(scope, DAY)
        then, known_then = audited(scope, DAY - timedelta(days=28))
        expected = {
            key: (reached, reached - then[key] if key[0] in known_then else None)
            for key, reached in now.items()
            if key[0] in known
        }
        told = target_standings(scope, DAY)
        of_a_day = {key: tuple(one) for key, one in told.items() if not key[1].is_of_year}
        assert of_a_day == expected


def test_a_reader_without_a_ward_gets_nothing():
    assert target_standings(WardScope.of([]), DAY) == {}
