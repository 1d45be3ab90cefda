"""The plan is as good as the best of all assignments, for every aim, on thousands of networks."""

import pytest

from graphs.planning.assignment import PlanStatus, check_plan, plan_assignment
from graphs.planning.rows import Reach
from tests.unit.graphs.planning.brute_force import best_values
from tests.unit.graphs.planning.networks import random_network


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize("block", range(10))
def test_no_assignment_is_better_for_any_aim(block, reach):
    for seed in range(block * 40, block * 40 + 40):
        rows = random_network(seed, mentors=4, mentees=6, floor=1 + seed % 3)

        plan = plan_assignment(rows, reach=reach)

        assert tuple(stage.value for stage in plan.proof) == best_values(rows, reach), seed
        assert plan.status is not PlanStatus.FEASIBLE
        assert check_plan(rows, plan, reach=reach) == []
