"""One aim after the other: the cheapest whole numbers, and what is proven about them.

Costs are whole numbers, so that values of an aim are compared exactly.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from scipy.optimize import OptimizeResult

from graphs.planning.program import (
    TOLERANCE,
    Patience,
    Program,
    Vector,
    affordable,
    branch,
    costing_at_most,
    fill,
    fix,
    is_whole,
    relax,
    with_full_rows,
)

NOTHING_ALLOWED = 2
"""The status that SciPy gives where nothing at all meets the rows."""


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
    program: Program, costs: Vector, known: Vector | None, patience: Patience
) -> tuple[Answer, Program]:
    """The cheapest whole numbers, and the program of all those that are as cheap.

    `known` are allowed values (None: there are none yet), kept if nothing better is found while
    there is patience to branch. Where a guess costs as little as fractions would, it needs none.
    Raises ValueError when nothing is allowed at all.
    """
    relaxed = relax(program, costs)
    if relaxed.x is None:
        raise ValueError(relaxed.message)
    bound = ceil(relaxed.fun - TOLERANCE)
    best = known
    for values in _guesses(program, costs, relaxed, known, patience):
        best = values if best is None or costs @ values < costs @ best else best
        if _cost(costs, best) == bound:
            break
    else:
        best, bound = _branch(program, costs, relaxed, best, patience)
    answer = Answer(best, _cost(costs, best), bound)
    return answer, _as_cheap(program, costs, relaxed, answer.cost)


def _cost(costs: Vector, values: Vector) -> int:
    return round(float(costs @ values))


def _guesses(
    program: Program,
    costs: Vector,
    relaxed: OptimizeResult,
    known: Vector | None,
    patience: Patience,
) -> Iterator[Vector]:
    """Whole numbers that may be the cheapest, those that are found most quickly first.

    They are the relaxed ones; the best that decide as the known ones; the best that decide as the
    relaxed ones wherever these are whole, so that little is left to branch on.
    """
    whole = is_whole(relaxed.x)
    if whole.all():
        yield relaxed.x.round()
    near: Vector | None = relaxed.x
    if not whole[program.decisive].all():
        if known is not None and (values := fill(program, costs, known, patience)) is not None:
            yield values
        decided = program.decisive[whole[program.decisive]]
        near = branch(fix(program, decided, relaxed.x), costs, patience).x
    if near is not None and (values := fill(program, costs, near, patience)) is not None:
        yield values


def _branch(
    program: Program,
    costs: Vector,
    relaxed: OptimizeResult,
    best: Vector | None,
    patience: Patience,
) -> tuple[Vector, int]:
    """The cheapest whole numbers, and a cost that nothing allowed goes below.

    Only what is cheaper than the `best` so far is looked for. What a row holds down is given a
    price as well: of whole numbers none cost less there, but fractions do, and with the price there
    are fewer of them to branch on.
    """
    bound = ceil(relaxed.fun - TOLERANCE)
    price, settled = costs, 0.0
    if best is not None:
        cost = _cost(costs, best)
        if program.held is not None:
            held, limit = program.held
            weight = float(cost - bound)
            price, settled = costs + weight * held, weight * limit
        program = costing_at_most(affordable(program, relaxed, cost - 1), costs, cost - 1)
    found = branch(program, price, patience)
    if found.x is not None and (values := fill(program, costs, found.x, patience)) is not None:
        best = values
    if best is None:
        raise ValueError(found.message)
    cost = _cost(costs, best)
    if found.status == NOTHING_ALLOWED:
        return best, cost
    if found.mip_dual_bound is not None:
        bound = max(bound, ceil(found.mip_dual_bound - settled - TOLERANCE))
    return best, min(bound, cost)


def _as_cheap(program: Program, costs: Vector, relaxed: OptimizeResult, cost: int) -> Program:
    """All values that cost no more.

    Where fractions would not have cost less, what has a price stays at its bound, and rows with a
    price are full. A row for the cost would say the same, but would break the flow and so bring
    fractions; it is there only where it must be.
    """
    program = affordable(program, relaxed, cost)
    if cost - relaxed.fun < TOLERANCE:
        return with_full_rows(program, relaxed)
    return costing_at_most(program, costs, cost)
