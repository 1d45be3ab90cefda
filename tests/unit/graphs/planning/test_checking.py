"""A plan that breaks a rule is found out, whichever rule it is."""

from dataclasses import replace

import pytest

from graphs.planning.assignment import check_plan, plan_assignment
from graphs.planning.checking import Broken, Violation
from graphs.planning.rows import Reach
from tests.unit.graphs.planning.networks import FAR, HERE, class_of, mentee, mentor, network

ROWS = network(
    [
        mentor(1, capacity=6, speaks=[1]),
        mentor(2, capacity=2, held=2),
        mentor(3, person=201),
        mentor(4, ward=FAR),
        mentor(5, capacity=1),
    ],
    [*class_of(1, 4, first=101), mentee(201), mentee(202, speaks=[2]), mentee(203)],
)
PLAN = plan_assignment(ROWS, reach=Reach.WARD)
MOVE = next(move for move in PLAN.moves if move.mentee == 203)


def broken_by(*moves, reach=Reach.WARD):
    plan = replace(PLAN, moves=moves)
    return [
        found for found in check_plan(ROWS, plan, reach=reach) if found.broken != Broken.WRONG_COUNT
    ]


def test_the_plan_itself_breaks_nothing():
    assert check_plan(ROWS, PLAN, reach=Reach.WARD) == []


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"mentee": 999}, Broken.UNKNOWN_MENTEE),
        ({"to_mentor": 999}, Broken.UNKNOWN_MENTOR),
        ({"from_mentor": 1, "to_mentor": 3}, Broken.OTHER_MENTOR_BEFORE),
        ({"mentee": 101, "from_mentor": 1, "to_mentor": 1}, Broken.STAYS),
        ({"mentee": 201, "to_mentor": 3}, Broken.SAME_PERSON),
        ({"mentee": 202, "to_mentor": 1}, Broken.NO_COMMON_LANGUAGE),
        ({"to_mentor": 4, "ward": FAR}, Broken.OUT_OF_REACH),
        ({"to_mentor": 3, "ward": FAR}, Broken.WRONG_WARD),
    ],
)
def test_a_move_that_breaks_one_rule_is_named_with_it(changes, broken):
    move = MOVE._replace(**{"to_mentor": 3, "ward": HERE, **changes})

    assert broken_by(move) == [Violation(broken, move.mentee, move.to_mentor)]


def test_a_mentor_who_was_full_takes_nobody():
    move = MOVE._replace(to_mentor=2)

    assert broken_by(move) == [
        Violation(Broken.WAS_FULL, 203, 2),
        Violation(Broken.OVER_CAPACITY, 203, 2),
    ]


def test_two_are_one_too_many_for_the_last_place():
    moves = [MOVE._replace(mentee=number, to_mentor=5) for number in (202, 203)]

    assert broken_by(*moves) == [
        Violation(Broken.OVER_CAPACITY, 202, 5),
        Violation(Broken.OVER_CAPACITY, 203, 5),
    ]


def test_nobody_moves_twice():
    move = MOVE._replace(to_mentor=3)

    assert broken_by(move, move) == [Violation(Broken.MOVED_TWICE, 203, 3)]


def test_figures_that_are_not_those_of_the_moves_are_found():
    plan = replace(PLAN, objective=PLAN.objective._replace(waiting_after=9))

    assert check_plan(ROWS, plan, reach=Reach.WARD) == [Violation(Broken.WRONG_COUNT, None, None)]
