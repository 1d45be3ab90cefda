"""Somebody waits for the plan: when the time is up it is the best found, and says so."""

import pytest

from graphs.planning import program
from graphs.planning.assignment import Aim, check_plan, plan_assignment
from graphs.planning.rows import Reach
from tests.unit.graphs.planning.networks import odd_network, random_network

NETWORKS = [
    *(random_network(seed, mentors=8, mentees=30, floor=4) for seed in range(12)),
    *(odd_network(seed, mentors=6, mentees=24) for seed in range(12)),
]


@pytest.fixture
def no_time(monkeypatch):
    monkeypatch.setattr(program, "LEAST_SECONDS", 0.0)


@pytest.mark.parametrize("rows", NETWORKS)
def test_without_time_to_branch_no_rule_is_broken_and_no_more_is_claimed(no_time, rows):
    hurried = plan_assignment(rows, reach=Reach.PROVINCE, seconds=0)

    assert not check_plan(rows, hurried, reach=Reach.PROVINCE)
    for stage in hurried.proof:
        assert stage.is_optimal == (stage.value == stage.bound)


@pytest.mark.parametrize("rows", NETWORKS)
def test_the_bound_of_who_had_no_time_is_one(no_time, rows, monkeypatch):
    hurried = plan_assignment(rows, reach=Reach.PROVINCE, seconds=0).proof[0]
    monkeypatch.undo()
    best = plan_assignment(rows, reach=Reach.PROVINCE).proof[0]

    assert best.aim is Aim.MENTORS_AT_FLOOR
    assert hurried.value <= best.value <= hurried.bound
