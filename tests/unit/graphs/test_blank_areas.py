"""Groups of uncovered wards and who is nearest: on paper, and found in another way."""

from itertools import product
from random import Random

import pytest

from graphs.blank_areas import (
    BLANK,
    NOT_COVERED,
    BlankArea,
    NearestHelp,
    Need,
    find_blank_areas,
)
from graphs.findings import WardStatus
from graphs.geography import distance_km
from graphs.rows import BorderRow
from graphs.ward_means import WardMeans

CRITICAL, WARNING, COVERED, NO_DATA = (
    WardStatus.CRITICAL, WardStatus.WARNING, WardStatus.COVERED, WardStatus.NO_DATA,
)  # fmt: skip
KM_A_DEGREE = 12_742.0176 * 3.141592653589793 / 360


def ward(code, place=0.0, *, status=CRITICAL, **figures):
    """A ward on the equator that lacks a mentor; `place` is its longitude."""
    defaults = {"mentors": 0, "posts": 1, "waiting": 0, "spare": 0, "population": 1000}
    return WardMeans(code, 0.0, place, status, **defaults | figures)


def helper(code, place, *, spare=4, posts=1, **figures):
    return ward(code, place, status=COVERED, mentors=2, spare=spare, posts=posts, **figures)


def borders(*pairs):
    return [BorderRow(one, other, 1.0) for one, other in pairs]


def degrees(number):
    return pytest.approx(number * KM_A_DEGREE)


def test_uncovered_wards_that_touch_are_one_area():
    wards = [ward("1", waiting=2), ward("2", waiting=3), helper("3", 2.0), ward("4", 3.0)]

    areas = find_blank_areas(wards, borders("12", "23", "34"), BLANK)

    assert [area.wards for area in areas] == [("1", "2"), ("4",)]
    assert (areas[0].population, areas[0].waiting) == (2000, 5)


def test_the_nearest_help_is_the_shortest_way_over_borders_and_not_the_next_on_the_map():
    # 9 lies beside 1 but no border leads there; the way goes over 2 to 3.
    wards = [ward("1"), helper("2", 1.0, spare=0), helper("3", 2.0), helper("9", 0.1)]

    [area] = find_blank_areas(wards, borders("12", "23"), BLANK)

    assert area.helps == (NearestHelp(Need.MENTOR, "3", 4, "1", degrees(2), is_by_sea=False),)


def test_the_way_begins_at_the_ward_that_lacks_it():
    wards = [ward("1"), ward("2", 1.0, mentors=1, posts=0), helper("3", 2.0, posts=3)]

    [area] = find_blank_areas(wards, borders("12", "23"), BLANK)

    assert area.helps == (
        NearestHelp(Need.MENTOR, "3", 4, "1", degrees(2), is_by_sea=False),
        NearestHelp(Need.SUPPORT, "3", 2, "2", degrees(1), is_by_sea=False),
    )


def test_the_island_is_helped_over_the_sea():
    island = ward("9", status=NO_DATA, posts=0, population=None)
    wards = [island, helper("1", 3.0), helper("2", 2.0, posts=2), helper("3", 1.0, spare=0)]

    [area] = find_blank_areas(wards, borders("12", "23"), BLANK)

    assert area == BlankArea(
        ("9",), None, 0, (Need.MENTOR, Need.SUPPORT),
        (
            NearestHelp(Need.MENTOR, "2", 4, "9", degrees(2), is_by_sea=True),
            NearestHelp(Need.SUPPORT, "2", 1, "9", degrees(2), is_by_sea=True),
        ),
    )  # fmt: skip


def test_whoever_has_just_enough_gives_nothing_away():
    wards = [ward("1", posts=0), helper("2", 1.0, spare=3, waiting=3, posts=1)]

    [area] = find_blank_areas(wards, borders("12"), BLANK)

    assert area.needs == (Need.MENTOR, Need.SUPPORT)
    assert area.helps == ()


def test_a_ward_that_only_wants_looking_at_is_not_blank():
    wards = [ward("1", mentors=1, status=WARNING), helper("2", 1.0)]

    assert find_blank_areas(wards, borders("12"), BLANK) == []
    assert find_blank_areas(wards, borders("12"), NOT_COVERED) == [
        BlankArea(("1",), 1000, 0, (), ())
    ]


def test_of_two_as_near_the_lower_code_helps():
    wards = [ward("5"), helper("7", 1.0), helper("6", -1.0)]

    [area] = find_blank_areas(wards, borders("57", "56"), BLANK)

    assert [help_.helper for help_ in area.helps] == ["6"]


# Again, without networkx: groups by joining sets, ways by trying each ward between two others.


def groups_by_joining(codes, pairs):
    group_of = {code: {code} for code in codes}
    for one, other in pairs:
        if one in group_of and other in group_of and group_of[one] is not group_of[other]:
            joined = group_of[one] | group_of[other]
            group_of.update(dict.fromkeys(joined, joined))
    return {frozenset(group) for group in group_of.values()}


def ways(wards, pairs):
    by_code = {each.code: each for each in wards}
    km = {(code, code): 0.0 for code in by_code}
    for one, other in pairs:
        km[one, other] = km[other, one] = distance_km(by_code[one], by_code[other])
    for between, start, end in product(by_code, repeat=3):
        detour = km.get((start, between), float("inf")) + km.get((between, end), float("inf"))
        if detour < km.get((start, end), float("inf")):
            km[start, end] = detour
    return km


def nearest_by_trying(group, wards, km, needs_it, gives):
    lacking = [each for each in wards if each.code in group and needs_it(each)]
    helpers = [each for each in wards if each.code not in group and gives(each) > 0]
    pairs = list(product(lacking, helpers))
    by_land = [(km[a.code, b.code], b.code) for a, b in pairs if (a.code, b.code) in km]
    by_sea = [(distance_km(a, b), b.code) for a, b in pairs]
    return min(by_land or by_sea, default=None), not by_land


@pytest.mark.parametrize("seed", range(150))
def test_another_way_to_find_them_tells_the_same(seed):
    chance = Random(seed)  # noqa: S311 - the same maps every time
    codes = [f"{number:05}" for number in range(chance.randint(2, 9))]
    wards = [
        WardMeans(
            code, chance.uniform(13, 15), chance.uniform(107, 110), chance.choice(list(WardStatus)),
            chance.choice((0, 1, 2)), chance.choice((0, 1, 2)), chance.choice((0, 2, 4)),
            chance.choice((0, 3, 6)), chance.choice((None, 500, 900)),
        )
        for code in codes
    ]  # fmt: skip
    pairs = [(a, b) for a in codes for b in codes if a < b and chance.random() < 0.3]
    km = ways(wards, pairs)

    areas = find_blank_areas(wards, borders(*pairs), BLANK)

    blank = [each.code for each in wards if each.status in {CRITICAL, NO_DATA}]
    assert {frozenset(area.wards) for area in areas} == groups_by_joining(blank, pairs)
    for area in areas:
        inside = [each for each in wards if each.code in area.wards]
        assert area.waiting == sum(each.waiting for each in inside)
        mentor, mentor_by_sea = nearest_by_trying(
            area.wards, wards, km,
            lambda each: each.mentors == 0 or each.waiting > each.spare,
            lambda each: each.spare - each.waiting,
        )  # fmt: skip
        support, support_by_sea = nearest_by_trying(
            area.wards, wards, km, lambda each: each.posts == 0, lambda each: each.posts - 1
        )
        expected = [
            (need, pytest.approx(found[0]), found[1], is_by_sea)
            for need, found, is_by_sea in (
                (Need.MENTOR, mentor, mentor_by_sea), (Need.SUPPORT, support, support_by_sea),
            )
            if found
        ]  # fmt: skip
        assert [(h.need, h.km, h.helper, h.is_by_sea) for h in area.helps] == expected


def test_neither_the_order_of_rows_nor_a_covered_ward_far_away_changes_anything():
    wards = [ward("1"), helper("2", 1.0), helper("3", 2.0), ward("4", 3.0, posts=0)]
    joined = borders("12", "23", "34")

    areas = find_blank_areas(wards, joined, BLANK)

    assert find_blank_areas(wards[::-1], joined[::-1], BLANK) == areas
    assert find_blank_areas([*wards, helper("9", 90.0)], joined, BLANK) == areas
