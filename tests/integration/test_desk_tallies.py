"""What the tallies say agrees with counting the help sessions themselves."""

from datetime import date

import pytest

from app.access.scope import WardScope
from app.queries.desk_figures import count_desk_figures, rank_obstacles, rank_procedures
from app.queries.desk_history import rank_topics_of_year
from app.queries.desk_tallies import DayTally, read_desk_days
from models.enums import HelpMode, TopicKind
from tests.factories.base import any_ward
from tests.factories.desk import procedure
from tests.factories.network import HelpSessionFactory
from tests.factories.site import RandomSite

pytestmark = pytest.mark.usefixtures("flask_app")

EVERYWHERE = WardScope.everywhere()
MARCH, YEAR_END = date(2026, 3, 1), date(2026, 12, 31)


def test_a_ward_sees_its_own_days_and_the_province_those_of_all():
    here, there = any_ward(), any_ward("23764")
    HelpSessionFactory(ward=here, is_first_this_year=True)
    HelpSessionFactory(ward=there)
    HelpSessionFactory(ward=there, service_date=date(2026, 3, 2), mode=HelpMode.SELF)
    next_day = DayTally(date(2026, 3, 2), HelpMode.SELF, 1, 0)

    of_ward = read_desk_days(WardScope.of([here.id]), MARCH, YEAR_END).tallies
    of_all = read_desk_days(EVERYWHERE, MARCH, YEAR_END).tallies

    assert of_ward == [DayTally(MARCH, HelpMode.TOGETHER, 1, 1)]
    assert of_all == [DayTally(MARCH, HelpMode.TOGETHER, 2, 1), next_day]


def test_topics_of_the_scope_are_ranked_from_new_year_to_the_day():
    here = any_ward()
    for day in (date(2025, 12, 31), MARCH, date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)):
        HelpSessionFactory(ward=here, procedure=procedure("birth"), service_date=day)
    HelpSessionFactory(ward=here, procedure=procedure("vneid"))
    HelpSessionFactory(ward=any_ward("23764"), procedure=procedure("land"))

    ranked = rank_topics_of_year(WardScope.of([here.id]), TopicKind.PROCEDURE, date(2026, 4, 1))

    assert ranked == [("Hộ tịch: khai sinh", 3), ("VNeID", 1)]


@pytest.mark.parametrize("seed", [3, 4])
def test_tallies_give_the_figures_of_counting_the_sessions(seed):
    RandomSite(seed).fill()
    first, last = date(2025, 8, 1), date(2026, 6, 30)

    tallies = read_desk_days(EVERYWHERE, first, last).tallies

    figures = count_desk_figures(EVERYWHERE, first, last)
    assert figures.sessions > 0
    assert figures[:2] == (sum(day.sessions for day in tallies), sum(day.people for day in tallies))
    for kind, rank in (
        (TopicKind.PROCEDURE, rank_procedures),
        (TopicKind.OBSTACLE, rank_obstacles),
    ):
        ranked = rank_topics_of_year(EVERYWHERE, kind, last)
        assert ranked[:10] == rank(EVERYWHERE, date(2026, 1, 1), last, at_most=10)
