"""Somebody waits for the plan: when the time is up it is the best found, and says so."""

import pytest

from graphs.planning import program
from graphs.planning.assignment import Aim, check_plan, plan_assignment
from graphs.planning.rows import Reach
from tests.unit.graphs.planning.networks import odd_network, random_network

NETWORKS = [
    *(random_network(seed, mentors=8, mentees=30, floor=4) for seed in range(3)),
    *(odd_network(seed, mentors=6, mentees=24) for seed in range(11)),
]


@pytest.mark.parametrize("rows", NETWORKS)
def test_without_time_to_branch_no_rule_is_broken_and_no_more_is_claimed(rows, monkeypatch):
    monkeypatch.setattr(program, "LEAST_SECONDS", 0.0)
    hurried = plan_assignment(rows, reach=Reach.PROVINCE, seconds=0)
    monkeypatch.undo()
    best = plan_assignment(rows, reach=Reach.PROVINCE).proof[0]

    assert not check_plan(rows, hurried, reach=Reach.PROVINCE)
    for stage in hurried.proof:
        assert stage.is_optimal == (stage.value == stage.bound)
    assert best.aim is Aim.MENTORS_AT_FLOOR
    assert hurried.proof[0].value <= best.value <= hurried.proof[0].bound


def test_some_of_these_networks_need_more_time_than_none(monkeypatch):
    monkeypatch.setattr(program, "LEAST_SECONDS", 0.0)
    plans = [plan_assignment(rows, reach=Reach.PROVINCE, seconds=0) for rows in NETWORKS[3:8]]

    assert any(not stage.is_optimal for plan in plans for stage in plan.proof)
