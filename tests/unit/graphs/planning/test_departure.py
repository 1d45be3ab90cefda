"""Where the mentees of a mentor who leaves go: on paper, and against every assignment there is."""

import pytest

from graphs.planning.departure import Unplaced, WhyNot, plan_departure
from graphs.planning.plan import PlanStatus
from graphs.planning.rows import Reach
from tests.examples import many
from tests.unit.graphs.planning.brute_force import best_values
from tests.unit.graphs.planning.networks import (
    FAR,
    HERE,
    ISLAND,
    NEXT_DOOR,
    class_of,
    mentee,
    mentor,
    network,
    random_network,
)


def departed(mentors, mentees, orphans, *, reach=Reach.BORDER):
    return plan_departure(network(mentors, mentees), orphans, reach=reach)


def places(departure):
    """By mentee, the mentor who takes them."""
    return {move.mentee: move.to_mentor for move in departure.plan.moves}


def test_orphans_first_bring_a_mentor_to_the_floor_then_stay_near():
    mentors = [mentor(1), mentor(2, ward=NEXT_DOOR)]
    others = [*class_of(1, 6, first=101), *class_of(2, 4, first=201, ward=NEXT_DOOR)]
    orphans = [mentee(901), mentee(902)]

    departure = departed(mentors, [*others, *orphans], {901, 902})

    assert sorted(places(departure).values()) == [1, 2]
    assert departure.plan.objective.mentors_meeting_floor_after == 2
    assert departure.orphans == (901, 902)
    assert departure.unplaced == ()


def test_nobody_else_moves_and_who_waited_before_has_no_part():
    mentors = [mentor(1, capacity=6), mentor(2)]
    others = [*class_of(1, 5, first=101), *class_of(2, 3, first=201), mentee(301)]

    departure = departed(mentors, [*others, mentee(901)], {901}, reach=Reach.WARD)

    assert places(departure) == {901: 1}
    assert departure.plan.objective.waiting_before == 1


def test_who_learned_from_a_mentor_this_year_adds_nothing_to_that_floor_again():
    mentors = [mentor(1, guided=1), mentor(2)]
    others = [*class_of(1, 3, first=101), *class_of(2, 4, first=201)]

    departure = departed(mentors, [*others, mentee(901, counted=[1])], {901})

    assert places(departure) == {901: 2}


def test_without_anybody_near_the_reason_is_that():
    departure = departed([mentor(1, ward=FAR)], [mentee(901, ward=ISLAND)], {901})

    assert departure.plan.status is PlanStatus.NOTHING_TO_DO
    assert departure.unplaced == (Unplaced(901, ISLAND, WhyNot.NOBODY_NEAR, 0, 0, 0),)


def test_nobody_guides_themselves():
    departure = departed([mentor(1, person=7)], [mentee(901, person=7)], {901})

    assert departure.unplaced == (Unplaced(901, HERE, WhyNot.NOBODY_NEAR, 0, 0, 0),)


def test_full_mentors_are_told_with_their_number():
    mentors = [mentor(1, capacity=2), mentor(2, capacity=1, held=1, guided=1)]
    others = class_of(1, 3, first=101)

    departure = departed(mentors, [*others, mentee(901)], {901})

    assert departure.unplaced == (Unplaced(901, HERE, WhyNot.NO_ROOM, 2, 0, 0),)


def test_room_with_mentors_of_other_languages_only_is_told_apart():
    mentors = [mentor(1, speaks=[1], capacity=4), mentor(2, speaks=[2], capacity=1, held=1)]

    departure = departed(mentors, [mentee(901, speaks=[2])], {901})

    assert departure.unplaced == (Unplaced(901, HERE, WhyNot.NO_COMMON_LANGUAGE, 2, 4, 0),)


def test_more_orphans_than_places_leave_some_over():
    orphans = [mentee(number) for number in (901, 902, 903)]

    departure = departed([mentor(1, capacity=2)], orphans, {901, 902, 903})

    assert places(departure) == {901: 1, 902: 1}
    assert departure.unplaced == (Unplaced(903, HERE, WhyNot.PLACES_TAKEN, 1, 2, 2),)


@pytest.mark.parametrize("reach", Reach)
def test_no_other_way_to_place_the_orphans_is_better_for_any_aim(reach):
    for seed in range(many(150)):
        rows = random_network(seed, mentors=4, mentees=6, floor=1 + seed % 3)
        orphans = {row.id for row in rows.mentees if row.mentor is None}

        departure = plan_departure(rows, orphans, reach=reach)

        assert achieved(rows, departure) == best_values(fixed(rows, orphans), reach), seed
        left = {row.mentee for row in departure.unplaced}
        assert left == orphans - places(departure).keys()


def test_the_order_of_rows_changes_nothing():
    for seed in range(60):
        rows = random_network(seed, mentors=4, mentees=6, floor=1 + seed % 3)
        orphans = {row.id for row in rows.mentees if row.mentor is None}
        turned = rows._replace(
            wards=rows.wards[::-1], mentors=rows.mentors[::-1], mentees=rows.mentees[::-1]
        )

        assert plan_departure(turned, orphans, reach=Reach.BORDER) == plan_departure(
            rows, orphans, reach=Reach.BORDER
        )


def fixed(rows, orphans):
    """The same people, where whoever is no orphan is held by the mentor and cannot move."""
    held = [row for row in rows.mentees if row.id not in orphans and row.mentor is not None]
    return rows._replace(
        mentors=tuple(
            row._replace(
                open_fixed=row.open_fixed + sum(one.mentor == row.id for one in held),
                guided_fixed=row.guided_fixed
                + sum(one.mentor == row.id and row.id not in one.counted_by for one in held),
            )
            for row in rows.mentors
        ),
        mentees=tuple(row for row in rows.mentees if row.id in orphans),
    )


def achieved(rows, departure):
    """The values of the aims for all mentors, those out of reach too."""
    values = [stage.value for stage in departure.plan.proof]
    guided = {row.id: row.guided_fixed for row in rows.mentors}
    after = places(departure)
    for row in rows.mentees:
        with_mentor = after.get(row.id, row.mentor)
        if with_mentor is not None and with_mentor not in row.counted_by:
            guided[with_mentor] += 1
    return (sum(count >= rows.floor for count in guided.values()), *values[1:])
