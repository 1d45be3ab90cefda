"""On networks too large to try everything, a model with a node for each mentor finds the same."""

import pytest

from bench.mentor_by_mentor import best_values
from graphs.planning.assignment import check_plan, plan_assignment
from graphs.planning.rows import Reach
from tests.unit.graphs.planning.networks import random_network


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize("seed", range(5))
def test_a_model_with_a_node_for_each_mentor_finds_the_same_values(seed, reach):
    rows = random_network(seed, mentors=30, mentees=100, floor=5)

    plan = plan_assignment(rows, reach=reach)

    assert tuple(stage.value for stage in plan.proof) == best_values(rows, reach)
    assert check_plan(rows, plan, reach=reach) == []
