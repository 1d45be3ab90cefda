"""Places in a round picture: nothing touches, nothing leaves the frame, nothing is by chance."""

from collections.abc import Iterator
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.figures.radial_layout import LARGEST, Point, RadialLayout, bands, disc, outline, wheel

# Support staff, seats of each mentor, people apart: 3, 30, 300 people and the largest unfolded.
SIZES = {
    "three": (1, [1], 0),
    "thirty": (2, [5, 5, 3, 6, 5], 4),
    "three hundred": (3, [6] * 38 + [12] * 3, 30),
    "most": (4, [5] * 60, 36),
}

fans = st.lists(st.integers(0, 14), max_size=45)


def placed(layout: RadialLayout) -> Iterator[tuple[Point, int]]:
    yield from ((place, layout.centre_size) for place in layout.centre)
    yield from ((place, layout.hub_size) for place in layout.hubs)
    yield from ((place, layout.seat_size) for fan in layout.seats for place in fan)
    yield from ((place, layout.seat_size) for place in layout.apart)


def touching(layout: RadialLayout) -> list[tuple[Point, Point]]:
    return [
        (one, other)
        for (one, size), (other, other_size) in combinations(placed(layout), 2)
        if hypot(one[0] - other[0], one[1] - other[1]) < (size + other_size) / 2
    ]


def outside(layout: RadialLayout) -> list[Point]:
    return [place for place, size in placed(layout) if hypot(*place) + size / 2 > layout.reach]


@pytest.mark.parametrize("size", SIZES)
def test_a_wheel_gives_everybody_a_place_in_which_nobody_else_is(size):
    centre, seats, apart = SIZES[size]

    layout = wheel(centre, seats, apart)

    assert len(layout.centre) == centre
    assert [len(fan) for fan in layout.seats] == seats
    assert len(layout.apart) == apart
    assert touching(layout) == []
    assert outside(layout) == []
    assert layout.reach <= LARGEST


@pytest.mark.parametrize("size", SIZES)
def test_dots_of_a_wheel_are_large_enough_for_a_phone(size):
    layout = wheel(*SIZES[size])

    assert layout.seat_size >= 11
    assert layout.hub_size > 2 * layout.seat_size


@given(st.integers(0, 12), fans, st.integers(0, 60))
def test_no_wheel_has_dots_that_touch_or_leave_the_frame(centre, seats, apart):
    layout = wheel(centre, seats, apart)

    assert touching(layout) == []
    assert outside(layout) == []


@given(st.integers(0, 12), fans, st.integers(0, 60))
def test_the_same_counts_give_the_same_places(centre, seats, apart):
    assert wheel(centre, seats, apart) == wheel(centre, seats, apart)


@pytest.mark.parametrize("hubs", [0, 1, 30, 150, 400])
@pytest.mark.parametrize("groups", [0, 1, 2])
def test_a_disc_holds_hundreds_of_hubs_apart_from_each_other(hubs, groups):
    layout = disc(3, hubs, groups)

    assert (len(layout.hubs), len(layout.apart)) == (hubs, groups)
    assert touching(layout) == []
    assert outside(layout) == []


def test_hubs_go_clockwise_from_the_bottom():
    layout = wheel(0, [0, 0, 0, 0], 0)

    corners = [(x > 0, y > 0) for x, y in layout.hubs]
    assert corners == [(False, False), (False, True), (True, True), (True, False)]


def test_those_apart_stand_at_the_bottom_inside_their_wedge():
    layout = wheel(1, [5, 5], 3)

    border = outline(layout.wedge)
    assert border[0] == border[-1]
    assert min(x for x, _ in border) < min(x for x, _ in layout.apart)
    assert max(y for _, y in layout.apart) < 0


def test_without_anybody_there_is_no_place():
    layout = wheel(0, [], 0)

    assert list(placed(layout)) == []
    assert layout.wedge is None


def test_neighbours_stand_above_or_below_and_in_order_from_west_to_east():
    places = bands([(0.2, 0.1), (-0.3, 0.2), (0.0, -0.4)], north_from=550, south_from=600)

    assert places == [(165, 550), (-165, 550), (0, -600)]


def test_a_fourth_neighbour_begins_a_row_further_out():
    places = bands([(0.1 * step, 1.0) for step in range(4)], north_from=550, south_from=600)

    assert places == [(-330, 550), (0, 550), (330, 550), (0, 650)]
