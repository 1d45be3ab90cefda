"""The plan is as good as the best of all assignments, for every aim, on thousands of networks."""

from random import Random

import pytest

from graphs.planning.assignment import PlanStatus, check_plan, plan_assignment
from graphs.planning.rows import Reach
from tests.examples import many
from tests.unit.graphs.planning import brute_force, pair_by_pair
from tests.unit.graphs.planning.networks import odd_network, random_network

A_BLOCK = many(40)
LARGE = (0, 4, 8, 9, *range(100, 99 + many(1)))


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize("block", range(10))
def test_no_assignment_is_better_for_any_aim(block, reach):
    for seed in range(block * A_BLOCK, (block + 1) * A_BLOCK):
        rows = random_network(seed, mentors=4, mentees=6, floor=1 + seed % 3)

        plan = plan_assignment(rows, reach=reach)

        assert is_best(plan, brute_force.best_values(rows, reach)), seed
        assert check_plan(rows, plan, reach=reach) == []


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize("block", range(3))
def test_no_assignment_of_an_odd_network_is_better_for_any_aim(block, reach):
    for seed in range(block * A_BLOCK, (block + 1) * A_BLOCK):
        draw = Random(seed)  # noqa: S311 - the same networks every time
        rows = odd_network(seed, mentors=draw.randint(0, 4), mentees=draw.randint(0, 6))

        plan = plan_assignment(rows, reach=reach)

        assert is_best(plan, brute_force.best_values(rows, reach)), seed
        assert check_plan(rows, plan, reach=reach) == []


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize("seed", LARGE)
def test_a_model_with_a_variable_for_each_pair_finds_the_same_values(seed, reach):
    rows = odd_network(seed, mentors=40, mentees=200)

    plan = plan_assignment(rows, reach=reach)

    assert is_best(plan, pair_by_pair.best_values(rows, reach))
    assert check_plan(rows, plan, reach=reach) == []


@pytest.mark.parametrize("seed", range(many(20)))
def test_what_judges_large_plans_agrees_with_trying_everything_on_small_ones(seed):
    rows = odd_network(seed, mentors=4, mentees=6)

    values = pair_by_pair.best_values(rows, Reach.BORDER)

    assert values == brute_force.best_values(rows, Reach.BORDER)


def is_best(plan, values):
    """Whether the plan reaches these values, and says that this is proven."""
    is_proven = plan.status is not PlanStatus.FEASIBLE
    return is_proven and tuple(stage.value for stage in plan.proof) == values
