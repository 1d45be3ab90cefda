"""Integer programs, one aim after the other: HiGHS finds the best, and says what is proven.

Costs are whole numbers, so that values of an aim are compared exactly.
"""

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array, vstack

Vector = NDArray[np.float64]
SECONDS_PER_AIM = 60
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Program:
    """What is allowed: `lower` ≤ x ≤ `upper`, `at_most` x ≤ `limits`, `equal` x = `totals`."""

    lower: Vector
    upper: Vector
    at_most: csr_array
    limits: Vector
    equal: csr_array
    totals: Vector


@dataclass(frozen=True, slots=True)
class Answer:
    """The values found, what they cost, and a cost that nothing allowed goes below."""

    values: Vector
    cost: int
    bound: int

    @property
    def is_optimal(self) -> bool:
        return self.cost == self.bound


def minimise(
    program: Program, costs: Vector, known: Vector | None, *, seconds: int = SECONDS_PER_AIM
) -> tuple[Answer, Program]:
    """The cheapest whole numbers, and the program of all those that are as cheap.

    `known` are allowed values (None: there are none yet), kept if nothing better is found in
    `seconds`.
    Raises ValueError when nothing is allowed at all.
    """
    relaxed = linprog(
        costs,
        A_ub=program.at_most,
        b_ub=program.limits,
        A_eq=program.equal,
        b_eq=program.totals,
        bounds=np.column_stack((program.lower, program.upper)),
        method="highs-ds",
    )
    if relaxed.x is None:
        raise ValueError(relaxed.message)
    values = np.round(relaxed.x)
    if np.abs(relaxed.x - values).max(initial=0.0) < _TOLERANCE:
        cost = round(float(costs @ values))
        return Answer(values, cost, cost), _as_cheap(program, relaxed)
    bound = ceil(relaxed.fun - _TOLERANCE)
    return _whole(program, costs, known, bound=bound, seconds=seconds)


def _whole(
    program: Program, costs: Vector, known: Vector | None, *, bound: int, seconds: int
) -> tuple[Answer, Program]:
    """The cheapest whole numbers by branching, where the relaxed program has fractions."""
    found = milp(
        costs,
        integrality=np.ones(len(costs)),
        bounds=Bounds(program.lower, program.upper),
        constraints=[
            LinearConstraint(program.at_most, -np.inf, program.limits),
            LinearConstraint(program.equal, program.totals, program.totals),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    values = known if found.x is None else np.round(found.x)
    if values is None:
        raise ValueError(found.message)
    cost = round(float(costs @ values))
    if found.mip_dual_bound is not None:
        bound = max(bound, ceil(found.mip_dual_bound - _TOLERANCE))
    return Answer(values, cost, min(bound, cost)), costing_at_most(program, costs, cost)


def costing_at_most(program: Program, costs: Vector, cost: int) -> Program:
    """The program with one row more: no dearer than `cost`."""
    return replace(
        program,
        at_most=vstack((program.at_most, coo_array(costs[None, :])), format="csr"),
        limits=np.append(program.limits, float(cost)),
    )


def _as_cheap(program: Program, relaxed: "linprog") -> Program:
    """All cheapest values: what has a price stays at its bound, rows with a price are full.

    A row for the cost would say the same, but would break the flows and so bring fractions.
    """
    at_lower = relaxed.lower.marginals > _TOLERANCE
    at_upper = relaxed.upper.marginals < -_TOLERANCE
    is_full = relaxed.ineqlin.marginals < -_TOLERANCE
    return Program(
        lower=np.where(at_upper, program.upper, program.lower),
        upper=np.where(at_lower, program.lower, program.upper),
        at_most=program.at_most[~is_full],
        limits=program.limits[~is_full],
        equal=vstack((program.equal, program.at_most[is_full]), format="csr"),
        totals=np.append(program.totals, program.limits[is_full]),
    )
