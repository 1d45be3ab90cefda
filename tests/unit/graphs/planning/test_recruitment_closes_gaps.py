"""Adding the people that a plan names closes the gaps of the audit, and one fewer does not."""

from collections import Counter
from random import Random

import pytest

from graphs.findings import Rule, WardStatus
from graphs.planning.recruitment import plan_recruitment
from graphs.planning.rows import Reach
from graphs.planning.wards import WardNeed
from tests.factories.rows import mentee_row, mentor_row, post_row, report_of, ward_row

CODES = ("21553", "21583", "23563")
CAPACITY = 3
GAPS = {Rule.WARD_WITHOUT_SUPPORT, Rule.WARD_WITHOUT_MENTOR, Rule.WARD_SHORT_OF_CAPACITY}


def random_rows(chance):
    """People of three wards, none of them paired; some wards lack somebody."""
    places = [chance.choice(CODES) for _ in range(12)]
    return {
        "wards": [ward_row(code=code, has_data=chance.random() < 0.9) for code in CODES],
        "posts": [post_row(id=n, ward=place) for n, place in enumerate(places[:2], 1)],
        "mentors": [
            mentor_row(id=n, person=500 + n, ward=place, capacity=2)
            for n, place in enumerate(places[2:4], 1)
        ],
        "mentees": [mentee_row(id=n, ward=place) for n, place in enumerate(places[4:], 1)],
    }


def gaps(rows):
    """The findings that a lack of people is behind, by rule and ward."""
    found = report_of(**rows).findings
    return {(finding.rule, finding.ward) for finding in found if finding.rule in GAPS}


def plan_of(rows):
    needs = [
        WardNeed(
            ward.code,
            has_data=ward.status is not WardStatus.NO_DATA,
            has_support=ward.figures.has_support,
            has_mentor=ward.figures.mentors > 0,
            waiting=ward.figures.waiting,
            spare=ward.figures.spare,
        )
        for ward in report_of(**rows).wards
    ]
    return plan_recruitment(needs, (), reach=Reach.WARD, capacity=CAPACITY)


def carried_out(rows, mentors, support):
    """The rows with as many new people in each ward."""
    posts = [
        post_row(id=100 + n, person=1000 + n, ward=code)
        for n, code in enumerate(support.elements())
    ]
    new = [
        mentor_row(id=100 + n, person=2000 + n, ward=code, capacity=CAPACITY)
        for n, code in enumerate(mentors.elements())
    ]
    return rows | {"posts": rows["posts"] + posts, "mentors": rows["mentors"] + new}


@pytest.mark.parametrize("seed", range(40))
def test_the_plan_closes_every_gap_and_one_person_fewer_does_not(seed):
    rows = random_rows(Random(seed))  # noqa: S311 - the same networks every time

    plan = plan_of(rows)

    mentors = Counter({row.ward: row.mentors for row in plan.wards})
    support = Counter({row.ward: row.support for row in plan.wards})
    assert gaps(carried_out(rows, mentors, support)) == set()
    for code in +mentors:
        assert gaps(carried_out(rows, mentors - Counter([code]), support))
    for code in +support:
        assert gaps(carried_out(rows, mentors, support - Counter([code])))
