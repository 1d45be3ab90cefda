"""What the best plan is on networks that were worked out on paper."""

from random import Random

import pytest

from graphs.planning.assignment import (
    Aim,
    Move,
    MoveReason,
    Objective,
    PlanStatus,
    StageProof,
    WardShortage,
    plan_assignment,
)
from graphs.planning.rows import PlanRows, Reach
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


def planned(mentors, mentees, *, reach=Reach.WARD, wards=None):
    return plan_assignment(network(mentors, mentees), reach=reach, wards=wards)


def sizes_after(plan, mentees):
    """How many mentees each mentor has after the plan, in order of mentor."""
    after = {row.id: row.mentor for row in mentees}
    after.update({move.mentee: move.to_mentor for move in plan.moves})
    mentors = sorted({with_mentor for with_mentor in after.values() if with_mentor is not None})
    return [list(after.values()).count(one) for one in mentors]


def test_five_and_three_beat_four_and_four():
    mentees = [*class_of(1, 4, first=101), *class_of(2, 4, first=201)]

    plan = planned([mentor(1), mentor(2)], mentees)

    assert sizes_after(plan, mentees) == [5, 3]
    assert plan.status is PlanStatus.OPTIMAL
    assert plan.objective == Objective(0, 1, 1, 0, 0, 1, 0.0)
    assert plan.moves == (Move(201, 2, 1, HERE, 0.0, False, False, MoveReason.FILLS_FLOOR),)
    assert plan.impossible == (WardShortage(HERE, 8, 2, 5, 1, 2, 1),)


def test_two_who_wait_and_one_who_changes_bring_three_mentors_to_the_floor():
    mentees = [
        *class_of(1, 4, first=101),
        *class_of(2, 3, first=201),
        *class_of(3, 8, first=301),
        mentee(401),
        mentee(402),
    ]

    plan = planned([mentor(1), mentor(2), mentor(3)], mentees)

    assert sizes_after(plan, mentees) == [5, 5, 7]
    assert plan.objective == Objective(1, 3, 3, 2, 0, 1, 0.0)
    assert plan.impossible == ()


def test_twelve_people_are_too_few_for_three_mentors():
    mentees = [*class_of(1, 4, first=101), *class_of(2, 4, first=201), *class_of(3, 4, first=301)]

    plan = planned([mentor(1), mentor(2), mentor(3)], mentees)

    assert plan.objective == Objective(0, 2, 2, 0, 0, 2, 0.0)
    assert plan.impossible == (WardShortage(HERE, 12, 3, 5, 2, 3, 1),)


def test_nothing_is_proposed_where_nothing_gets_better():
    plan = planned([mentor(1)], class_of(1, 5, first=101))

    assert plan.status is PlanStatus.NOTHING_TO_DO
    assert plan.moves == ()
    assert plan.objective == Objective(1, 1, 1, 0, 0, 0, 0.0)


def test_a_plan_for_nobody_is_empty():
    plan = planned([], [])

    assert plan.status is PlanStatus.NOTHING_TO_DO
    assert plan.objective == Objective(0, 0, 0, 0, 0, 0, 0.0)


def test_the_proof_names_every_aim_in_order():
    plan = planned([mentor(1)], [mentee(101)])

    assert plan.proof == (
        StageProof(Aim.MENTORS_AT_FLOOR, 0, 0, is_optimal=True),
        StageProof(Aim.FEWEST_WAITING, 0, 0, is_optimal=True),
        StageProof(Aim.FEWEST_CHANGES, 0, 0, is_optimal=True),
        StageProof(Aim.LEAST_DISTANCE, 0, 0, is_optimal=True),
        StageProof(Aim.COMMON_LANGUAGE, 0, 0, is_optimal=True),
        StageProof(Aim.COMMON_HAMLET, 0, 0, is_optimal=True),
    )


def test_a_mentor_takes_no_more_than_the_capacity():
    mentees = [*class_of(1, 5, first=101), mentee(201), mentee(202)]

    plan = planned([mentor(1, capacity=6)], mentees)

    assert [move.mentee for move in plan.moves] == [201]
    assert plan.moves[0].why is MoveReason.ENDS_WAITING


def test_a_mentor_over_capacity_keeps_the_mentees_and_takes_nobody():
    mentees = [*class_of(1, 7, first=101), mentee(201)]

    plan = planned([mentor(1, capacity=5)], mentees)

    assert plan.moves == ()
    assert plan.objective.waiting_after == 1


def test_pairs_of_paused_mentees_take_up_room_and_count():
    plan = planned([mentor(1, capacity=5, guided=4, held=4)], [mentee(101), mentee(102)])

    assert [move.mentee for move in plan.moves] == [101]
    assert plan.objective.mentors_meeting_floor_after == 1


@pytest.mark.parametrize(
    ("speaks", "needs", "is_placed"),
    [((1,), (2,), False), ((1, 2), (2,), True), ((), (2,), True), ((1,), (), True)],
)
def test_a_language_in_common_is_needed_where_both_sides_have_some(speaks, needs, is_placed):
    plan = planned([mentor(1, speaks=speaks)], [mentee(101, speaks=needs)])

    assert len(plan.moves) == is_placed


def test_nobody_is_their_own_mentor():
    plan = planned([mentor(1, person=7)], [mentee(101, person=7), mentee(102, person=8)])

    assert [move.mentee for move in plan.moves] == [102]


def test_who_counts_already_is_placed_but_adds_nothing_to_the_floor():
    mentees = [*class_of(1, 3, first=101), mentee(201, counted=[1])]

    plan = planned([mentor(1, guided=1)], mentees)

    assert plan.objective == Objective(0, 0, 0, 1, 0, 0, 0.0)
    assert plan.moves[0].why is MoveReason.ENDS_WAITING


@pytest.mark.parametrize(
    ("reach", "ward", "is_placed"),
    [
        (Reach.WARD, NEXT_DOOR, False),
        (Reach.BORDER, NEXT_DOOR, True),
        (Reach.BORDER, ISLAND, False),
        (Reach.BORDER, FAR, False),
        (Reach.PROVINCE, ISLAND, True),
        (Reach.PROVINCE, FAR, True),
    ],
)
def test_a_mentee_goes_no_further_than_the_reach(reach, ward, is_placed):
    plan = planned([mentor(1, ward=ward)], [mentee(101)], reach=reach)

    assert len(plan.moves) == is_placed


def test_the_nearer_mentor_is_chosen_and_the_kilometres_told():
    mentors = [mentor(1, ward=FAR), mentor(2, ward=ISLAND), mentor(3, ward=NEXT_DOOR)]

    plan = planned(mentors, [mentee(101)], reach=Reach.PROVINCE)

    assert [(move.to_mentor, move.ward) for move in plan.moves] == [(3, NEXT_DOOR)]
    assert plan.objective.distance_km == plan.moves[0].distance_km == pytest.approx(9.29, abs=0.02)


def test_a_common_language_comes_before_a_common_hamlet():
    mentors = [mentor(1, hamlet=9), mentor(2, speaks=[1]), mentor(3, speaks=[1], hamlet=9)]

    one = planned(mentors[:2], [mentee(101, speaks=[1], hamlet=9)])
    other = planned(mentors, [mentee(101, speaks=[1], hamlet=9)])

    assert [move.to_mentor for move in (*one.moves, *other.moves)] == [2, 3]


def test_what_is_not_proven_of_hamlets_in_a_large_network_is_said():
    plan = planned(*large_network(), reach=Reach.BORDER)

    assert plan.status is PlanStatus.FEASIBLE
    assert plan.proof[-1] == StageProof(Aim.COMMON_HAMLET, 2, 3, is_optimal=False)
    assert all(stage.is_optimal for stage in plan.proof[:-1])


def test_where_each_ward_is_planned_by_itself_hamlets_are_proven_however_many_people():
    plan = planned(*large_network(), reach=Reach.WARD)

    assert plan.status is PlanStatus.OPTIMAL
    assert plan.proof[-1] == StageProof(Aim.COMMON_HAMLET, 2, 2, is_optimal=True)


def large_network():
    """Two thousand who wait, of two hamlets; three mentors with a place each, of three hamlets."""
    homes = [mentee(10_000 + number, hamlet=number % 2) for number in range(2_000)]
    mentors = [mentor(number, capacity=1, hamlet=number % 3) for number in range(1, 4)]
    return mentors, homes


def test_a_mentor_who_is_full_gives_so_that_another_reaches_the_floor():
    mentees = [*class_of(1, 10, first=101), *class_of(2, 4, first=201)]

    plan = planned([mentor(1), mentor(2)], mentees)

    assert plan.objective == Objective(1, 2, 2, 0, 0, 1, 0.0)


def test_spare_speakers_of_another_language_help_by_way_of_who_speaks_both():
    mentors = [mentor(1, speaks=[1, 2]), mentor(2, speaks=[1, 2]), mentor(3, speaks=[1])]
    mentees = [
        *class_of(1, 6, first=101, speaks=[1]),
        *class_of(2, 6, first=201, speaks=[2]),
        *class_of(3, 3, first=301, speaks=[1]),
    ]

    plan = planned(mentors, mentees)

    assert sizes_after(plan, mentees) == [5, 5, 5]
    assert plan.objective == Objective(2, 3, 3, 0, 0, 3, 0.0)


def test_who_alone_is_with_speakers_of_a_language_gives_these():
    mentors = [
        mentor(1, speaks=[1, 2]),
        mentor(2, speaks=[1, 2]),
        mentor(3, speaks=[1]),
        mentor(4, speaks=[2]),
    ]
    mentees = [
        *class_of(1, 5, first=101, speaks=[1]),
        mentee(106, 1, speaks=[2]),
        *class_of(2, 6, first=201, speaks=[1]),
        *class_of(3, 4, first=301, speaks=[1]),
        *class_of(4, 4, first=401, speaks=[2]),
    ]

    plan = planned(mentors, mentees)

    assert sizes_after(plan, mentees) == [5, 5, 5, 5]
    assert [(move.mentee, move.to_mentor) for move in plan.moves] == [(106, 4), (201, 3)]


def test_only_people_of_the_chosen_wards_move():
    mentors = [mentor(1), mentor(2, ward=NEXT_DOOR)]
    mentees = [mentee(101, ward=NEXT_DOOR), mentee(102), *class_of(1, 4, first=201, ward=NEXT_DOOR)]

    plan = planned(mentors, mentees, reach=Reach.PROVINCE, wards=[HERE])

    assert [(move.mentee, move.to_mentor) for move in plan.moves] == [(102, 1)]
    assert plan.objective == Objective(0, 1, 1, 1, 0, 0, 0.0)


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_rows_changes_nothing(seed):
    rows = random_network(seed, mentors=8, mentees=25, floor=3)
    shuffled = PlanRows(*(_shuffled(part, seed) for part in rows[:4]), rows.floor)

    assert plan_assignment(shuffled, reach=Reach.BORDER) == plan_assignment(
        rows, reach=Reach.BORDER
    )


@pytest.mark.parametrize("seed", range(20))
def test_a_ward_that_nobody_reaches_changes_nothing_elsewhere(seed):
    rows = random_network(seed, mentors=8, mentees=25, floor=3)
    apart = rows.wards[0]._replace(code="99999", name="Xa")
    more = rows._replace(
        wards=(*rows.wards, apart),
        mentors=(*rows.mentors, mentor(90, ward="99999", capacity=3)),
        mentees=(*rows.mentees, *class_of(90, 3, first=901, ward="99999")),
    )

    plan, other = (plan_assignment(one, reach=Reach.BORDER) for one in (rows, more))

    assert other.impossible == plan.impossible
    assert [stage.value for stage in other.proof[1:]] == [stage.value for stage in plan.proof[1:]]
    assert other.proof[0].value == plan.proof[0].value + 1


@pytest.mark.parametrize("seed", range(20))
def test_other_numbers_for_the_same_people_reach_the_same(seed):
    rows = random_network(seed, mentors=8, mentees=25, floor=3)
    renumbered = rows._replace(
        mentors=tuple(row._replace(id=500 - row.id) for row in rows.mentors),
        mentees=tuple(
            row._replace(
                id=9000 - row.id,
                mentor=None if row.mentor is None else 500 - row.mentor,
                counted_by=frozenset(500 - one for one in row.counted_by),
            )
            for row in rows.mentees
        ),
    )

    plan, other = (plan_assignment(one, reach=Reach.BORDER) for one in (rows, renumbered))

    assert (other.objective, other.proof) == (plan.objective, plan.proof)


def _shuffled(part, seed):
    rows = list(part)
    Random(seed).shuffle(rows)  # noqa: S311 - the same order every time
    return rows
