"""Wards with more mentors than people: on paper, and against every way to share people out."""

from random import Random

import pytest

from graphs.planning.plan import WardShortage
from graphs.planning.surplus import mentors_without_people
from graphs.ward_means import WardCrew
from tests.examples import many


def most_at_floor(mentors, people, floor):
    """How many mentors reach the floor at best, by trying how many people each one has."""
    if mentors == 0:
        return 0
    return max(
        (own >= floor) + most_at_floor(mentors - 1, people - own, floor)
        for own in range(people + 1)
    )


def test_twelve_people_occupy_two_of_three_mentors():
    found = mentors_without_people([WardCrew("21001", 3, 12)], floor=5)

    assert found == (WardShortage("21001", 12, 3, 5, 2, 3, 1),)


def test_enough_people_leave_no_mentor_over():
    assert mentors_without_people([WardCrew("21001", 3, 15)], floor=5) == ()


def test_a_ward_without_mentors_has_none_too_many():
    assert mentors_without_people([WardCrew("21001", 0, 0)], floor=5) == ()


def test_wards_are_told_in_order_of_code():
    crews = [WardCrew("21002", 1, 0), WardCrew("21001", 2, 9)]

    assert [row.ward for row in mentors_without_people(crews, floor=5)] == ["21001", "21002"]


@pytest.mark.parametrize("seed", range(many(60)))
def test_nobody_shares_the_people_out_better(seed):
    choose = Random(seed)  # noqa: S311 - the same wards every time
    crew = WardCrew("21001", choose.randint(0, 4), choose.randint(0, 9))
    floor = choose.randint(1, 6)

    surplus = sum(row.surplus_mentors for row in mentors_without_people([crew], floor=floor))

    assert surplus == crew.mentors - most_at_floor(*crew[1:], floor)
