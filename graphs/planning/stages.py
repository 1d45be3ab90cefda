"""The aims of a plan, one after the other: each is best for what the ones before it reached."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from graphs.planning.arcs import Arc, Surroundings, allowed_arcs, linked_wards
from graphs.planning.classes import MentorClass, People, parts_of
from graphs.planning.minimising import Answer, minimise
from graphs.planning.model import Model, Standing, build
from graphs.planning.plan import Aim, StageProof
from graphs.planning.program import Program, Vector, costing_at_most

METRES_PER_KM = 1000

OnAim = Callable[[Aim], object]
"""Called with each aim before it is worked on, in their order."""


@dataclass(slots=True)
class Solution:
    """A part of the network on its way through the aims: whole numbers by variable.

    `people` are those of the part, `sure` the mentors who reach the floor whatever is found.
    `lacking`: for each class of mentors, the fewest people who would have to exist besides.
    """

    people: People
    model: Model
    program: Program
    sure: int
    lacking: Mapping[MentorClass, int]
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
        answer, self.program = _next(self.model, self.program, costs, self.values, self.reached)
        self.answers[aim], self.values = answer, answer.values
        self.reached.append((costs, answer.cost))


def solve(
    people: People, surroundings: Surroundings, *, floor: int, on_aim: OnAim | None = None
) -> list[Solution]:
    """The best numbers for these people within reach.

    Parts of the network that no pairing can join are solved each by itself, so that of plans that
    are as good the one chosen for a part does not depend on the others.
    """
    arcs = list(allowed_arcs(people, surroundings))
    parts = linked_wards(people, arcs)
    arcs_of: defaultdict[int, list[Arc]] = defaultdict(list)
    for arc in arcs:
        arcs_of[parts[arc.kind.ward]].append(arc)
    solutions = [
        _unsolved(part, arcs_of[number], floor=floor)
        for number, part in parts_of(people, parts).items()
    ]
    for aim in Aim:
        if on_aim is not None:
            on_aim(aim)
        for solution in solutions:
            solution.pursue(aim)
    return solutions


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


def _unsolved(people: People, arcs: list[Arc], *, floor: int) -> Solution:
    lacking = fewest_lacking(people, arcs, floor=floor)
    is_short = any(lacking.values())

    def standing(key: MentorClass) -> Standing:
        if not key.can_reach(floor):
            return Standing.NONE_AT_FLOOR
        return Standing.EITHER if is_short else Standing.ALL_AT_FLOOR

    model = build(people, arcs, standing, floor=floor)
    sure = sum(
        len(mentors)
        for key, mentors in people.classes.items()
        if standing(key) is Standing.ALL_AT_FLOOR
    )
    return Solution(people, model, model.program(), sure, lacking)


def fewest_lacking(people: People, arcs: list[Arc], *, floor: int) -> dict[MentorClass, int]:
    """How few more people would bring all to the floor whose capacity allows it, and with whom."""

    def standing(key: MentorClass) -> Standing:
        return Standing.LACKING if key.can_reach(floor) else Standing.NONE_AT_FLOOR

    model = build(people, arcs, standing, floor=floor)
    if not model.lacking:
        return {}
    costs = model.costs((variable, 1.0) for variable in model.lacking.values())
    answer, _ = minimise(model.program(), costs, None)
    return {key: int(answer.values[variable]) for key, variable in model.lacking.items()}


def _next(
    model: Model,
    program: Program,
    costs: Vector,
    known: Vector | None,
    reached: list[tuple[Vector, int]],
) -> tuple[Answer, Program]:
    """The best for an aim; from the whole model again should rounding have lost an earlier aim."""
    try:
        answer, narrowed = minimise(program, costs, known)
    except ValueError:
        if known is None:
            raise
    else:
        if all(float(earlier @ answer.values) <= cost + 0.5 for earlier, cost in reached):
            return answer, narrowed
    program = model.program()
    for earlier, cost in reached:
        program = costing_at_most(program, earlier, cost)
    return minimise(program, costs, known)


def _costs(model: Model, aim: Aim) -> Vector:
    """An aim as a cost that is to be least."""
    match aim:
        case Aim.MENTORS_AT_FLOOR:
            return model.costs((z, -1.0) for z in model.at_floor.values())
        case Aim.FEWEST_WAITING:
            return model.costs((variable, -1.0) for variable in model.placed.values())
        case Aim.FEWEST_CHANGES:
            gives = (state.gives.values() for state in model.states.values())
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
