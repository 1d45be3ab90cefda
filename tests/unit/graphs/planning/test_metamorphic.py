"""What must not matter to a plan does not; and for twice the people it is twice the plan.

Ties are decided by ids and codes: where their order stays, the plan stays; where it does not, what
the plan reaches.
"""

from collections import Counter
from itertools import pairwise
from random import Random

import pytest

from graphs.blank_areas import NOT_COVERED, find_blank_areas
from graphs.findings import WardStatus
from graphs.planning.assignment import check_plan, plan_assignment
from graphs.planning.departure import plan_departure
from graphs.planning.recruitment import plan_recruitment
from graphs.planning.rows import Reach
from graphs.planning.twinning import twin_learners, twin_support
from graphs.rows import BorderRow
from graphs.ward_means import WardMeans
from tests.examples import many
from tests.unit.graphs.planning.networks import class_of, mentor, odd_network
from tests.unit.graphs.planning.test_recruitment import random_wards
from tests.unit.graphs.transformed import (
    all_transformed,
    doubled,
    other_code,
    other_number,
    shuffled,
    transformed,
)

WITHIN_SIGHT = [Reach.WARD, Reach.BORDER]
CODES = [f"2{number:04}" for number in range(12)]
seeds = pytest.mark.parametrize("seed", range(many(12)))
reaches = pytest.mark.parametrize("reach", Reach)


def some_people(seed):
    return odd_network(seed, mentors=8, mentees=30)


# who is paired with whom ----------------------------------------------------------------------


@reaches
@seeds
def test_numbers_and_codes_in_the_same_order_give_the_same_pairs(seed, reach):
    rows = some_people(seed)
    other = all_transformed(rows, number=spread, code=other_code)

    plan = plan_assignment(shuffled(other, Random(seed)), reach=reach)  # noqa: S311

    before = plan_assignment(rows, reach=reach)
    assert (plan.objective, plan.proof) == (before.objective, before.proof)
    assert plan.moves == tuple(
        other_move(move, number=spread, code=other_code) for move in before.moves
    )


@reaches
@seeds
def test_numbers_in_another_order_reach_the_same(seed, reach):
    rows = some_people(seed)

    plan = plan_assignment(all_transformed(rows, number=backwards), reach=reach)

    before = plan_assignment(rows, reach=reach)
    assert (plan.objective, plan.proof) == (before.objective, before.proof)


@pytest.mark.parametrize("reach", WITHIN_SIGHT)
@seeds
def test_twice_the_people_are_paired_twice(seed, reach):
    rows = some_people(seed)
    twice = doubled(rows)

    plan = plan_assignment(twice, reach=reach)

    once = plan_assignment(rows, reach=reach)
    assert [(stage.value, stage.bound) for stage in plan.proof] == [
        pytest.approx((2 * stage.value, 2 * stage.bound)) for stage in once.proof
    ]
    assert plan.objective == pytest.approx([2 * figure for figure in once.objective])
    assert set(plan.impossible) == {
        row._replace(ward=code)
        for row in once.impossible
        for code in (row.ward, other_code(row.ward))
    }
    assert check_plan(twice, plan, reach=reach) == []


@pytest.mark.parametrize("reach", WITHIN_SIGHT)
@seeds
def test_a_ward_far_away_changes_no_pair(seed, reach):
    rows = some_people(seed)
    more = rows._replace(
        wards=[*rows.wards, rows.wards[0]._replace(code="99999")],
        mentors=[*rows.mentors, mentor(90, ward="99999")],
        mentees=[*rows.mentees, *class_of(90, 2, first=901, ward="99999")],
    )

    plan = plan_assignment(more, reach=reach)

    assert plan.moves == plan_assignment(rows, reach=reach).moves


@reaches
@seeds
def test_where_the_orphans_go_depends_on_nothing_but_who_they_are(seed, reach):
    rows, orphans = bereaved(some_people(seed), seed)
    other = shuffled(all_transformed(rows, number=spread, code=other_code), Random(seed))  # noqa: S311

    departure = plan_departure(other, set(map(spread, orphans)), reach=reach)

    before = plan_departure(rows, orphans, reach=reach)
    assert departure.orphans == tuple(map(spread, before.orphans))
    assert departure.plan.objective == before.plan.objective
    assert departure.unplaced == tuple(
        row._replace(mentee=spread(row.mentee), ward=other_code(row.ward))
        for row in before.unplaced
    )


@pytest.mark.parametrize("reach", WITHIN_SIGHT)
@seeds
def test_twice_as_many_orphans_find_twice_as_many_mentors(seed, reach):
    rows, orphans = bereaved(some_people(seed), seed)

    departure = plan_departure(doubled(rows), {*orphans, *map(other_number, orphans)}, reach=reach)

    once = plan_departure(rows, orphans, reach=reach)
    assert departure.plan.objective == pytest.approx([2 * n for n in once.plan.objective])
    assert len(departure.unplaced) == 2 * len(once.unplaced)


# whom to recruit, who helps whom, where it is blank ---------------------------------------------


@pytest.mark.parametrize("reach", WITHIN_SIGHT)
@seeds
def test_twice_the_wards_need_twice_the_people(seed, reach):
    needs, borders = random_wards(Random(seed), CODES, most_waiting=25)  # noqa: S311
    further = [need_._replace(code=other_code(need_.code)) for need_ in needs]
    more = [transformed(row, code=other_code) for row in borders]

    twice = recruited([*further, *needs], [*more, *borders], reach)

    once = recruited(needs, borders, reach)
    assert twice.wards == (
        *once.wards, *(transformed(row, code=other_code) for row in once.wards)
    )  # fmt: skip
    assert set(twice.services) == {
        *once.services, *(transformed(row, code=other_code) for row in once.services)
    }  # fmt: skip
    assert (twice.mentors, twice.mentors_bound) == (2 * once.mentors, 2 * once.mentors_bound)
    assert twice.support == 2 * once.support


@pytest.mark.parametrize("twin", [twin_learners, twin_support])
@seeds
def test_twice_the_wards_help_each_other_twice(seed, twin):
    wards, borders = some_wards(seed)
    copy = [transformed(row, code=other_code) for row in wards]
    more = [transformed(row, code=other_code) for row in borders]

    twice = twin([*copy, *wards], [*more, *borders])

    once = twin(wards, borders)
    assert (twice.people, len(twice.partnerships)) == (2 * once.people, 2 * len(once.partnerships))
    assert twice.missing == once.missing | {
        other_code(code): number for code, number in once.missing.items()
    }
    assert twice.is_optimal == once.is_optimal


@pytest.mark.parametrize("twin", [twin_learners, twin_support])
@seeds
def test_wards_under_other_codes_in_the_same_order_help_each_other_the_same(seed, twin):
    wards, borders = some_wards(seed)

    found = twin(*(in_code_order(part) for part in (wards, borders)))

    before = twin(wards, borders)
    assert found.partnerships == tuple(
        each._replace(way=transformed(each.way, code=other_code)) for each in before.partnerships
    )


@seeds
def test_twice_the_wards_have_every_blank_area_twice(seed):
    wards, borders = some_wards(seed)
    copy, more = in_code_order(wards), in_code_order(borders)

    twice = find_blank_areas([*copy, *wards], [*more, *borders], NOT_COVERED)

    once = find_blank_areas(wards, borders, NOT_COVERED)
    assert Counter(map(over_land, twice)) == Counter(
        over_land(area) for each in once for area in (each, other_area(each))
    )


def spread(number):
    """Another number, that comes after those that came before."""
    return 7 * number + 3


def backwards(number):
    return 50_000 - number


def in_code_order(rows):
    """The rows under other codes, whose order is the same."""
    return [transformed(row, code=other_code) for row in rows]


def other_move(move, *, number, code):
    """A move as it is told of the people under other numbers."""
    return transformed(move, number=number, code=code)._replace(mentee=number(move.mentee))


def over_land(area):
    """The area without help over the sea, by which the copies can reach each other."""
    return area._replace(helps=tuple(each for each in area.helps if not each.is_by_sea))


def other_area(area):
    return area._replace(
        wards=tuple(map(other_code, area.wards)),
        helps=tuple(
            each._replace(helper=other_code(each.helper), ward=other_code(each.ward))
            for each in area.helps
        ),
    )


def bereaved(rows, seed):
    """The people without one of the mentors, and who was with that one."""
    leaver = rows.mentors[seed % len(rows.mentors)].id
    orphans = {row.id for row in rows.mentees if row.mentor == leaver}
    return rows._replace(
        mentors=[row for row in rows.mentors if row.id != leaver],
        mentees=[
            row._replace(
                mentor=None if row.mentor == leaver else row.mentor,
                counted_by=row.counted_by - {leaver},
            )
            for row in rows.mentees
        ],
    ), orphans


def recruited(needs, borders, reach):
    return plan_recruitment(needs, borders, reach=reach, capacity=7)


def some_wards(seed):
    """Wards in a row, so that none of them has the sea alone, and some borders more."""
    draw = Random(seed)  # noqa: S311 - the same map every time
    wards = [
        WardMeans(
            code,
            draw.uniform(13, 14),
            draw.uniform(107, 109),
            draw.choice(list(WardStatus)),
            mentors=draw.randint(0, 3),
            posts=draw.randint(0, 3),
            waiting=draw.randint(0, 9),
            spare=draw.randint(0, 9),
            population=draw.choice((None, 10_000)),
        )
        for code in CODES
    ]
    pairs = [(one, other) for one in CODES for other in CODES if one < other]
    joined = {*pairwise(CODES), *draw.sample(pairs, 8)}
    return wards, [BorderRow(*pair, 1.0) for pair in sorted(joined)]
