"""The fewest new people: on paper, and against every thinkable number of them."""

from itertools import product
from random import Random

import networkx as nx
import pytest

from graphs.planning.recruitment import WardRecruits, gaps_left, plan_recruitment
from graphs.planning.rows import Reach
from graphs.planning.services import Service
from graphs.planning.wards import WardNeed
from graphs.rows import BorderRow
from tests.examples import many

CODES = ("21001", "21002", "21003", "21004")


def need(code="21001", **fields):
    """A ward that lacks nothing."""
    defaults = {
        "has_data": True, "has_support": True, "has_mentor": True, "waiting": 0, "spare": 0
    }  # fmt: skip
    return WardNeed(code, **defaults | fields)


def border(one, other):
    return BorderRow(one, other, 1.0)


def plan(*needs, borders=(), reach=Reach.BORDER, capacity=10):
    return plan_recruitment(needs, borders, reach=reach, capacity=capacity)


def test_where_nothing_is_lacking_nobody_is_needed():
    found = plan(need(waiting=3, spare=3))

    assert (found.support, found.mentors, found.wards) == (0, 0, ())
    assert found.is_optimal


def test_a_ward_needs_support_and_a_mentor_of_its_own():
    found = plan(
        need("21001", has_support=False, has_mentor=False),
        need("21002", spare=50),
        borders=[border("21001", "21002")],
    )

    assert found.wards == (WardRecruits("21001", 1, 1, 0, 0, 0, 0),)


def test_fourteen_who_wait_need_two_mentors():
    found = plan(need(waiting=14), reach=Reach.WARD)

    assert found.wards == (WardRecruits("21001", 0, 2, 14, 0, 0, 0),)


def test_one_mentor_between_two_wards_takes_on_both():
    wards = need("21001", waiting=4), need("21002", waiting=6)

    together = plan(*wards, borders=[border("21001", "21002")])
    apart = plan(*wards, borders=[border("21001", "21002")], reach=Reach.WARD)

    assert together.wards == (WardRecruits("21002", 0, 1, 6, 0, 4, 0),)
    assert together.services == (Service("21001", "21002", 4), Service("21002", "21002", 6))
    assert apart.mentors == 2


def test_the_spare_capacity_of_a_neighbour_comes_first():
    found = plan(
        need("21001", waiting=5), need("21002", spare=5), borders=[border("21001", "21002")]
    )

    assert found.mentors == 0
    assert found.services == (Service("21001", "21002", 5),)


def test_the_island_serves_itself():
    found = plan(
        need("21001", waiting=1), need("21002", spare=9), need("21003", waiting=1),
        borders=[border("21001", "21002")],
    )  # fmt: skip

    assert [row.ward for row in found.wards] == ["21003"]


def test_nobody_is_proposed_where_nothing_is_known():
    found = plan(need("21001", has_data=False, has_support=False, has_mentor=False))

    assert found.wards == ()
    assert found.without_data == ("21001",)


def test_the_whole_province_is_no_reach_of_this_plan():
    with pytest.raises(ValueError, match="province"):
        plan(need(), reach=Reach.PROVINCE)


def random_wards(chance, codes, most_waiting):
    needs = [
        need(
            code,
            has_support=chance.random() < 0.7,
            has_mentor=(has_mentor := chance.random() < 0.7),
            waiting=chance.randint(0, most_waiting),
            spare=chance.randint(0, 4) if has_mentor else 0,
        )
        for code in codes
    ]
    pairs = [(one, other) for one in codes for other in codes if one < other]
    return needs, [border(*pair) for pair in pairs if chance.random() < 4 / len(codes) / 2]


def everybody_is_taken_on(needs, borders, new, capacity):
    """Whether a flow from who waits to who has room takes all; a formulation of its own."""
    flow = nx.DiGraph()
    flow.add_nodes_from(("from", "to"))
    for ward in needs:
        flow.add_edge("from", ("waiting", ward.code), capacity=ward.waiting)
        flow.add_edge(("waiting", ward.code), ("room", ward.code))
        flow.add_edge(("room", ward.code), "to", capacity=ward.spare + capacity * new[ward.code])
    for row in borders:
        flow.add_edge(("waiting", row.code_a), ("room", row.code_b))
        flow.add_edge(("waiting", row.code_b), ("room", row.code_a))
    return nx.maximum_flow_value(flow, "from", "to") == sum(ward.waiting for ward in needs)


def no_group_is_too_large(needs, near, room):
    """Whether each group of wards has room for its people within reach (Hall's condition)."""
    for group in product((False, True), repeat=len(needs)):
        inside = [ward for ward, is_inside in zip(needs, group, strict=True) if is_inside]
        around = set().union(*(near[ward.code] for ward in inside))
        if sum(ward.waiting for ward in inside) > sum(room[code] for code in around):
            return False
    return True


def fewest_by_trying(needs, borders, capacity, *, at_most):
    """How few new mentors do, and how many waiting people their wards then have at most."""
    near = {ward.code: {ward.code} for ward in needs}
    for row in borders:
        near[row.code_a].add(row.code_b)
        near[row.code_b].add(row.code_a)
    fitting = []
    for numbers in product(*(range(int(not ward.has_mentor), at_most + 1) for ward in needs)):
        new = {ward.code: number for ward, number in zip(needs, numbers, strict=True)}
        room = {ward.code: ward.spare + capacity * new[ward.code] for ward in needs}
        if sum(numbers) <= at_most and no_group_is_too_large(needs, near, room):
            fitting.append((sum(numbers), -sum(w.waiting * new[w.code] for w in needs)))
    return min(fitting)


@pytest.mark.parametrize("seed", range(20))
def test_no_plan_that_can_be_tried_needs_fewer(seed):
    chance = Random(seed)  # noqa: S311 - the same networks every time
    for _ in range(many(100)):
        codes = CODES[: chance.randint(1, 3)]
        needs, borders = random_wards(chance, codes, most_waiting=6)
        capacity = chance.randint(2, 4)

        found = plan(*needs, borders=borders, capacity=capacity)

        new = dict.fromkeys(codes, 0) | {row.ward: row.mentors for row in found.wards}
        most_wait = -sum(ward.waiting * new[ward.code] for ward in needs)
        fewest = fewest_by_trying(needs, borders, capacity, at_most=found.mentors)
        assert (found.mentors, most_wait) == fewest
        assert found.is_optimal


@pytest.mark.parametrize("seed", range(5))
def test_one_person_fewer_leaves_a_gap(seed):
    chance = Random(seed)  # noqa: S311 - the same networks every time
    codes = [f"2{number:04}" for number in range(30)]
    needs, borders = random_wards(chance, codes, most_waiting=30)

    found = plan(*needs, borders=borders)

    assert found.is_optimal
    known = {ward.code: ward for ward in needs}
    new = dict.fromkeys(codes, 0) | {row.ward: row.mentors for row in found.wards}
    assert everybody_is_taken_on(needs, borders, new, 10)
    for number, row in enumerate(found.wards):
        fewer = row._replace(mentors=0, support=0)
        rows = (*found.wards[:number], fewer, *found.wards[number + 1 :])
        assert gaps_left(known, borders, found._replace(wards=rows))
        if row.mentors:
            less = new | {row.ward: row.mentors - 1}
            lacks_mentor = not (known[row.ward].has_mentor or less[row.ward])
            assert lacks_mentor or not everybody_is_taken_on(needs, borders, less, 10)


def test_the_order_of_rows_and_an_unrelated_ward_change_nothing_else():
    chance = Random(7)  # noqa: S311 - the same networks every time
    needs, borders = random_wards(chance, CODES, most_waiting=25)
    found = plan(*needs, borders=borders)
    chance.shuffle(needs)
    chance.shuffle(borders)

    assert plan(*needs, borders=borders) == found
    assert plan(*needs, need("29999"), borders=borders) == found
