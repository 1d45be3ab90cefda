"""Programs of whole numbers: what is allowed, and how HiGHS is asked about it."""

from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array, vstack

Vector = NDArray[np.float64]
Places = NDArray[np.intp]
TOLERANCE = 1e-6
SECONDS = 60
"""So long may be branched in all: far more than a province takes. Somebody waits for the answer."""
LEAST_SECONDS = 0.2
"""So long may be branched even when the time is up, in which small programs are solved."""


@dataclass(slots=True)
class Patience:
    """How many seconds branching may still take; what is not proven by then is said not to be."""

    left: float = SECONDS


@dataclass(frozen=True, slots=True)
class Program:
    """What is allowed: `lower` ≤ x ≤ `upper`, `at_most` x ≤ `limits`, `equal` x = `totals`.

    Once the variables at the places `decisive` are whole numbers, the others are a flow, whole by
    themselves at every corner of what is allowed. `held` (None: nothing is) are the costs of the
    last aim that a row holds down, and what they come to at most.
    """

    lower: Vector
    upper: Vector
    at_most: csr_array
    limits: Vector
    equal: csr_array
    totals: Vector
    decisive: Places
    held: tuple[Vector, int] | None = None


def relax(program: Program, costs: Vector) -> OptimizeResult:
    """The cheapest values, fractions allowed, at a corner; `x` is None where nothing is allowed."""
    return linprog(
        costs,
        A_ub=program.at_most,
        b_ub=program.limits,
        A_eq=program.equal,
        b_eq=program.totals,
        bounds=np.column_stack((program.lower, program.upper)),
        method="highs-ds",
    )


def branch(program: Program, costs: Vector, patience: Patience) -> OptimizeResult:
    """The cheapest values that are whole where it decides; `x` is None if none are found."""
    began = monotonic()
    must_be_whole = np.zeros(len(costs))
    must_be_whole[program.decisive] = 1
    found = milp(
        costs,
        integrality=must_be_whole,
        bounds=Bounds(program.lower, program.upper),
        constraints=[
            LinearConstraint(program.at_most, -np.inf, program.limits),
            LinearConstraint(program.equal, program.totals, program.totals),
        ],
        options={"time_limit": max(LEAST_SECONDS, patience.left), "mip_rel_gap": 0.0},
    )
    patience.left -= monotonic() - began
    return found


def fill(program: Program, costs: Vector, values: Vector, patience: Patience) -> Vector | None:
    """The cheapest whole numbers where what decides is as given; None where it must not be so."""
    program = fix(program, program.decisive, values)
    found = relax(program, costs).x
    if found is not None and not is_whole(found).all():
        # A row for an aim that is not proven best may cut through the flow.
        everything = replace(program, decisive=np.arange(len(costs)))
        found = branch(everything, costs, patience).x
    return None if found is None else np.round(found)


def is_whole(values: Vector) -> NDArray[np.bool_]:
    """Which of the values are whole numbers."""
    return np.abs(values - np.round(values)) < TOLERANCE


def fix(program: Program, places: Places, values: Vector) -> Program:
    """The program with the variables at these places as they are in `values`, rounded."""
    lower, upper = program.lower.copy(), program.upper.copy()
    lower[places] = upper[places] = np.round(values[places])
    return replace(program, lower=lower, upper=upper)


def with_rows(program: Program, at_most: csr_array, limits: Vector) -> Program:
    """The program with more rows that must not exceed their limits."""
    return replace(
        program,
        at_most=vstack((program.at_most, at_most), format="csr"),
        limits=np.append(program.limits, limits),
    )


def costing_at_most(program: Program, costs: Vector, cost: int) -> Program:
    """The program with one row more: no dearer than `cost`."""
    limits = np.array([float(cost)])
    return replace(with_rows(program, csr_array(costs[None, :]), limits), held=(costs, cost))


def affordable(program: Program, relaxed: OptimizeResult, cost: int) -> Program:
    """The program without what would by its price alone bring the costs above `cost`."""
    gap = max(0.0, cost - relaxed.fun) + TOLERANCE
    return replace(
        program,
        lower=np.where(relaxed.upper.marginals < -gap, program.upper, program.lower),
        upper=np.where(relaxed.lower.marginals > gap, program.lower, program.upper),
    )


def with_full_rows(program: Program, relaxed: OptimizeResult) -> Program:
    """The program with every row that has a price full: as the cheapest values have it."""
    is_full = relaxed.ineqlin.marginals < -TOLERANCE
    return replace(
        program,
        at_most=program.at_most[~is_full],
        limits=program.limits[~is_full],
        equal=vstack((program.equal, program.at_most[is_full]), format="csr"),
        totals=np.append(program.totals, program.limits[is_full]),
    )
