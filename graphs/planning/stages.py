"""The aims of a plan, one after the other: each is best for what the ones before it reached."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, repeat

from graphs.planning.arcs import Arc, Surroundings, allowed_arcs, linked_wards
from graphs.planning.classes import People
from graphs.planning.crowds import crowds
from graphs.planning.minimising import Answer, minimise
from graphs.planning.model import Model, Part, build, overdrawn
from graphs.planning.plan import Aim, StageProof
from graphs.planning.program import Patience, Program, Vector, costing_at_most, with_rows

METRES_PER_KM = 1000

OnAim = Callable[[Aim], object]
"""Called with each aim before it is worked on, in their order."""


@dataclass(slots=True)
class Solution:
    """A part of the network on its way through the aims: whole numbers by variable.

    `sure` are the mentors who reach the floor whatever is found. `lacking` by group of mentors: the
    fewest people who would have to exist besides for all to reach it who can.
    """

    model: Model
    program: Program
    sure: int
    lacking: Mapping[int, int]
    patience: Patience
    values: Vector | None = None
    answers: dict[Aim, Answer] = field(default_factory=dict)
    reached: list[tuple[Vector, int]] = field(default_factory=list)

    def count(self, variable: int) -> int:
        return 0 if self.values is None else int(self.values[variable])

    def pursue(self, aim: Aim) -> None:
        """Find the best for an aim among all that is best for the aims before it."""
        costs = _costs(self.model, aim)
        if not costs.any():
            values = self.model.costs(()) if self.values is None else self.values
            self.answers[aim] = Answer(values, 0, 0)
            return
        answer = self.cheapest(costs)
        self.answers[aim], self.values = answer, answer.values
        self.reached.append((costs, answer.cost))

    def cheapest(self, costs: Vector) -> Answer:
        """The cheapest numbers, to which from now on there are none but as cheap ones.

        Rows for crowds that people cannot leave as the numbers say are added as they are needed.
        """
        while True:
            answer, narrowed = _next(self, costs)
            broken = list(overdrawn(self.model, answer.values))
            if not broken:
                self.program = narrowed
                return answer
            self.program = with_rows(self.program, *self.model.limit_overdrawn(broken))


def solve(
    people: People,
    surroundings: Surroundings,
    patience: Patience,
    *,
    floor: int,
    on_aim: OnAim | None = None,
) -> list[Solution]:
    """The best numbers for these people within reach, or the best found while there is patience.

    Parts of the network that no pairing can join are solved each by itself, so that of plans that
    are as good the one chosen for a part does not depend on the others.
    """
    parts = _parts(people, surroundings, floor=floor)
    solutions = [_unsolved(people, part, patience, floor=floor) for part in parts]
    for aim in Aim:
        if on_aim is not None:
            on_aim(aim)
        for solution in solutions:
            solution.pursue(aim)
    return solutions


def _parts(people: People, surroundings: Surroundings, *, floor: int) -> list[Part]:
    """The parts of the network; who waits in a ward beyond all parts is in none."""
    arcs = list(allowed_arcs(people, surroundings))
    shares = people.shares()
    numbers = linked_wards(people, shares, arcs)
    parts = [Part([], {}, []) for _ in range(max(numbers.values(), default=-1) + 1)]
    for crowd in crowds(people, shares, floor=floor):
        parts[numbers[people.groups[crowd.group].ward]].crowds.append(crowd)
    for kind, size in people.waiting().items():
        if people.kinds[kind].ward in numbers:
            parts[numbers[people.kinds[kind].ward]].waiting[kind] = size
    for arc in arcs:
        parts[numbers[people.kinds[arc.kind].ward]].arcs.append(arc)
    return parts


def _unsolved(people: People, part: Part, patience: Patience, *, floor: int) -> Solution:
    """The part with all at the floor who can be, if there are people enough for that."""
    model = build(people, part, floor=floor, is_short=False)
    solution = Solution(model, model.program(), 0, {}, patience)
    lacking = _fewest_lacking(solution)
    if any(lacking.values()):
        model = build(people, part, floor=floor, is_short=True)
        return Solution(model, model.program(), 0, lacking, patience, values=model.unchanged())
    model.forbid(variable for _, variable in model.lacking)
    sure = sum(len(crowd) for crowd in part.crowds if crowd.can_reach)
    return Solution(model, model.program(), sure, {}, patience)


def _fewest_lacking(solution: Solution) -> dict[int, int]:
    """How few more people would bring all to the floor who can reach it, and to which groups."""
    model = solution.model
    if not model.lacking:
        return {}
    # Of those the fewest changes, which cost less altogether than one of the people who lack.
    gives = [variable for side in model.sides for variable in side.gives.values()]
    dear = 1.0 + sum(model.upper[variable] for variable in gives)
    costs = model.costs(
        chain(zip(gives, repeat(1.0)), ((lacking, dear) for _, lacking in model.lacking))
    )
    values = solution.cheapest(costs).values
    counts: Counter[int] = Counter()
    for group, variable in model.lacking:
        counts[group] += int(values[variable])
    return counts


def proof_of(solutions: Iterable[Solution], waiting: int) -> tuple[StageProof, ...]:
    """The proof of each aim for all parts together; `waiting`: how many people wait today."""
    solved = list(solutions)
    sure = sum(solution.sure for solution in solved)
    return tuple(
        _proof(
            aim,
            sum(solution.answers[aim].cost for solution in solved),
            sum(solution.answers[aim].bound for solution in solved),
            sure=sure,
            waiting=waiting,
        )
        for aim in Aim
    )


def _next(solution: Solution, costs: Vector) -> tuple[Answer, Program]:
    """The best for an aim; from the whole model again should rounding have lost an earlier aim."""
    known, patience = solution.values, solution.patience
    try:
        answer, narrowed = minimise(solution.program, costs, known, patience)
    except ValueError:
        if known is None:
            raise
    else:
        if all(float(earlier @ answer.values) <= cost + 0.5 for earlier, cost in solution.reached):
            return answer, narrowed
    program = solution.model.program()
    for earlier, cost in solution.reached:
        program = costing_at_most(program, earlier, cost)
    return minimise(program, costs, known, patience)


def _costs(model: Model, aim: Aim) -> Vector:
    """An aim as a cost that is to be least."""
    match aim:
        case Aim.MENTORS_AT_FLOOR:
            return model.costs((z, -1.0) for z in model.at_floor)
        case Aim.FEWEST_WAITING:
            return model.costs((variable, -1.0) for variable in model.placed.values())
        case Aim.FEWEST_CHANGES:
            gives = (side.gives.values() for side in model.sides)
            return model.costs((variable, 1.0) for variable in chain.from_iterable(gives))
        case Aim.LEAST_DISTANCE:
            return _of_arcs(model, lambda arc: arc.metres)
        case Aim.COMMON_LANGUAGE:
            return _of_arcs(model, lambda arc: -arc.shares_language)
        case Aim.COMMON_HAMLET:
            return _of_arcs(model, lambda arc: -arc.shares_hamlet)


def _of_arcs(model: Model, price: Callable[[Arc], int]) -> Vector:
    return model.costs((variable, float(price(arc))) for arc, variable in model.arcs.items())


def _proof(aim: Aim, cost: int, bound: int, *, sure: int, waiting: int) -> StageProof:
    """A cost and its bound in the units of the aim: mentors, people, pairs, kilometres, moves."""

    def told(cost: int) -> float:
        match aim:
            case Aim.MENTORS_AT_FLOOR:
                return sure - cost
            case Aim.FEWEST_WAITING:
                return waiting + cost
            case Aim.FEWEST_CHANGES:
                return cost
            case Aim.LEAST_DISTANCE:
                return cost / METRES_PER_KM
        return -cost

    return StageProof(aim, told(cost), told(bound), cost == bound)
