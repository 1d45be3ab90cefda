"""Which ward helps which: on paper, against all that can be tried, and against a flow."""

from collections import Counter
from itertools import pairwise, product
from random import Random

import networkx as nx
import pytest

from graphs.findings import WardStatus
from graphs.geography import distance_km
from graphs.planning.partners import METRES, Partnership, Way, find_partners
from graphs.planning.twinning import twin_learners, twin_support
from graphs.rows import BorderRow
from graphs.ward_means import WardMeans
from tests.examples import many


def ward(code, place=0.0, *, waiting=0, spare=0, posts=1, status=WardStatus.WARNING):
    """A ward on the equator; `place` is its longitude."""
    return WardMeans(code, 0.0, place, status, 1, posts, waiting, spare, None)


def borders(*pairs):
    return [BorderRow(one, other, 1.0) for one, other in pairs]


def told(found):
    return [
        (each.way.giver, each.way.taker, each.people, each.way.is_by_sea)
        for each in found.partnerships
    ]


def test_a_ward_with_places_left_takes_on_who_waits_next_door():
    wards = [ward("1", spare=12, waiting=3), ward("2", waiting=8, spare=2)]

    found = twin_learners(wards, borders("12"))

    assert told(found) == [("1", "2", 6, False)]
    assert (found.people, found.missing, found.is_optimal) == (6, {}, True)


def test_the_own_waiting_people_come_first():
    wards = [ward("1", spare=4, waiting=3), ward("2", waiting=8)]

    found = twin_learners(wards, borders("12"))

    assert told(found) == [("1", "2", 1, False)]
    assert found.missing == {"2": 7}


def test_a_ward_beyond_the_neighbours_does_not_help():
    wards = [ward("1", spare=9), ward("2"), ward("3", waiting=2)]

    found = twin_learners(wards, borders("12", "23"))

    assert (told(found), found.missing) == ([], {"3": 2})


def test_one_partner_is_better_than_two_nearer_ones():
    wards = [
        ward("1", 0.1, spare=3), ward("2", -0.1, spare=3), ward("3", 0.9, spare=6),
        ward("4", waiting=6),
    ]  # fmt: skip

    found = twin_learners(wards, borders("14", "24", "34"))

    assert told(found) == [("3", "4", 6, False)]


def test_of_partners_that_do_as_well_the_nearer_one_helps():
    wards = [ward("1", 0.9, spare=6), ward("2", 0.1, spare=6), ward("4", waiting=6)]

    found = twin_learners(wards, borders("14", "24"))

    assert told(found) == [("2", "4", 6, False)]


def test_more_people_are_better_than_fewer_partners():
    wards = [ward("1", spare=3), ward("2", spare=3), ward("3", waiting=3), ward("4", waiting=3)]

    found = twin_learners(wards, borders("13", "14", "23"))

    assert told(found) == [("2", "3", 3, False), ("1", "4", 3, False)]


def test_the_island_is_helped_by_the_nearest_ward_over_the_sea():
    wards = [ward("1", 2.0, spare=9), ward("2", 1.0, spare=4), ward("9", waiting=6)]

    found = twin_learners(wards, borders("12"))

    assert told(found) == [("2", "9", 4, True)]
    assert found.missing == {"9": 2}


def test_the_island_helps_the_nearest_ward_that_lacks_places():
    wards = [ward("1", 2.0, waiting=9), ward("2", 1.0, waiting=4), ward("9", spare=6)]

    assert told(twin_learners(wards, borders("12"))) == [("9", "2", 4, True)]


def test_who_has_two_at_the_desk_sends_one_where_there_is_nobody():
    wards = [
        ward("1", posts=2), ward("2", posts=0), ward("3", posts=0), ward("4", posts=1),
        ward("5", posts=0, status=WardStatus.NO_DATA),
    ]  # fmt: skip

    found = twin_support(wards, borders("12", "13", "34", "15"))

    assert [(giver, people) for giver, _, people, _ in told(found)] == [("1", 1)]
    assert len(found.missing) == 1
    assert "5" not in found.missing


def every_way_of_giving(offers, wants, ways):
    """Yield the people on each way for all that keeps to offers and wants."""
    limits = [range(min(offers[way.giver], wants[way.taker]) + 1) for way in ways]
    for people in product(*limits):
        given, taken = Counter(), Counter()
        for way, count in zip(ways, people, strict=True):
            given[way.giver] += count
            taken[way.taker] += count
        if all(given[code] <= offers[code] for code in given) and all(
            taken[code] <= wants[code] for code in taken
        ):
            yield people


def worth(ways, people):
    """What a plan is judged by; less is better."""
    metres = sum(round(way.km * METRES) * count for way, count in zip(ways, people, strict=True))
    return -sum(people), sum(count > 0 for count in people), metres


@pytest.mark.parametrize("seed", range(many(120)))
def test_nothing_that_can_be_tried_is_better(seed):
    chance = Random(seed)  # noqa: S311 - the same networks every time
    givers, takers = ("1", "2", "3")[: chance.randint(1, 3)], ("6", "7", "8")
    offers = {code: chance.randint(0, 4) for code in givers}
    wants = {code: chance.randint(0, 4) for code in takers}
    pairs = [pair for pair in product(givers, takers) if chance.random() < 0.7][:6]
    ways = [Way(*pair, chance.uniform(1, 9), is_by_sea=False) for pair in pairs]

    found = find_partners(offers, wants, ways)

    people = {each.way: each.people for each in found.partnerships}
    best = min(worth(ways, each) for each in every_way_of_giving(offers, wants, ways))
    assert worth(ways, [people.get(way, 0) for way in ways]) == best
    assert found.is_optimal


@pytest.mark.parametrize("seed", range(8))
def test_as_many_are_helped_as_a_flow_can_carry(seed):
    chance = Random(seed)  # noqa: S311 - the same networks every time
    codes = [f"{number:05}" for number in range(60)]
    wards = [
        ward(code, chance.random(), waiting=chance.randint(0, 20), spare=chance.randint(0, 20))
        for code in codes
    ]
    pairs = [(one, other) for one in codes for other in codes if one < other]
    joined = borders(*(pair for pair in pairs if chance.random() < 0.03), *pairwise(codes))

    found = twin_learners(wards, joined)

    flow = nx.DiGraph()
    flow.add_nodes_from(("from", "to"))
    for each in wards:
        flow.add_edge("from", ("has", each.code), capacity=max(0, each.spare - each.waiting))
        flow.add_edge(("lacks", each.code), "to", capacity=max(0, each.waiting - each.spare))
    for row in joined:
        flow.add_edge(("has", row.code_a), ("lacks", row.code_b))
        flow.add_edge(("has", row.code_b), ("lacks", row.code_a))
    assert found.people == nx.maximum_flow_value(flow, "from", "to")
    assert found.is_optimal
    lacking = sum(max(0, each.waiting - each.spare) for each in wards)
    assert found.people + sum(found.missing.values()) == lacking


def test_the_order_of_rows_and_an_unrelated_ward_change_nothing():
    chance = Random(3)  # noqa: S311 - the same network every time
    codes = [f"{number:05}" for number in range(30)]
    wards = [ward(c, chance.random(), waiting=chance.randint(0, 9), spare=5) for c in codes]
    joined = borders(*pairwise(codes), *zip(codes, codes[7:], strict=False))
    found = twin_learners(wards, joined)

    assert twin_learners([*wards[::-1], ward("99999", 80.0)], joined[::-1]) == found


def test_a_partnership_tells_how_far_it_is():
    wards = [ward("1", spare=1), ward("2", 0.5, waiting=1)]

    [partnership] = twin_learners(wards, borders("12")).partnerships

    assert partnership == Partnership(
        Way("1", "2", distance_km(wards[0], wards[1]), is_by_sea=False), 1
    )
