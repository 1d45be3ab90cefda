"""The aims of a plan, one after the other: each is best for what the ones before it reached."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from graphs.planning.arcs import Arc, Surroundings, allowed_arcs, linked_wards
from graphs.planning.classes import MentorClass, People
from graphs.planning.minimising import Answer, minimise
from graphs.planning.model import Model, Standing, build
from graphs.planning.plan import Aim, StageProof
from graphs.planning.program import Program, Vector, costing_at_most

METRES_PER_KM = 1000

OnAim = Callable[[Aim], object]
"""Called with each aim before it is worked on, in their order."""


@dataclass(frozen=True, slots=True)
class Solution:
    """What the model came to: whole numbers by variable, the proof of each aim, who is missing.

    `lacking`: for each class of mentors, the fewest people who would have to exist besides.
    """

    model: Model
    values: Vector
    proof: tuple[StageProof, ...]
    lacking: Mapping[MentorClass, int]

    def count(self, variable: int) -> int:
        return int(self.values[variable])


def solve(
    people: People, surroundings: Surroundings, *, floor: int, on_aim: OnAim | None = None
) -> Solution:
    """The best numbers for these people within reach."""
    arcs = list(allowed_arcs(people, surroundings))
    lacking = fewest_lacking(people, arcs, floor=floor)
    parts = linked_wards(people, arcs)
    short = {parts[key.group.ward] for key, count in lacking.items() if count}

    def standing(key: MentorClass) -> Standing:
        if not key.can_reach(floor):
            return Standing.NONE_AT_FLOOR
        is_short = parts[key.group.ward] in short
        return Standing.EITHER if is_short else Standing.ALL_AT_FLOOR

    model = build(people, arcs, standing, floor=floor)
    sure = sum(
        len(mentors)
        for key, mentors in people.classes.items()
        if standing(key) is Standing.ALL_AT_FLOOR
    )
    waiting = sum(len(mentees) for mentees in people.waiting.values())
    values, answers = _one_after_the_other(model, on_aim)
    proof = tuple(
        _proof(aim, answer, sure=sure, waiting=waiting) for aim, answer in answers.items()
    )
    return Solution(model, values, proof, lacking)


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


def _one_after_the_other(model: Model, on_aim: OnAim | None) -> tuple[Vector, dict[Aim, Answer]]:
    program = model.program()
    known: Vector | None = None
    nothing = model.costs(())
    answers: dict[Aim, Answer] = {}
    reached: list[tuple[Vector, int]] = []
    for aim, costs in _aims(model):
        if on_aim is not None:
            on_aim(aim)
        if not costs.any():
            answers[aim] = Answer(nothing if known is None else known, 0, 0)
            continue
        answers[aim], program = _next(model, program, costs, known, reached)
        known = answers[aim].values
        reached.append((costs, answers[aim].cost))
    return nothing if known is None else known, answers


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


def _aims(model: Model) -> Iterator[tuple[Aim, Vector]]:
    """Each aim as a cost that is to be least."""
    yield Aim.MENTORS_AT_FLOOR, model.costs((z, -1.0) for z in model.at_floor.values())
    yield Aim.FEWEST_WAITING, model.costs((variable, -1.0) for variable in model.placed.values())
    yield (
        Aim.FEWEST_CHANGES,
        model.costs(
            (variable, 1.0) for state in model.states.values() for variable in state.gives.values()
        ),
    )
    yield (
        Aim.LEAST_DISTANCE,
        model.costs((variable, float(arc.metres)) for arc, variable in model.arcs.items()),
    )
    yield (
        Aim.COMMON_LANGUAGE,
        model.costs(
            (variable, -float(arc.shares_language)) for arc, variable in model.arcs.items()
        ),
    )
    yield (
        Aim.COMMON_HAMLET,
        model.costs((variable, -float(arc.shares_hamlet)) for arc, variable in model.arcs.items()),
    )


def _proof(aim: Aim, answer: Answer, *, sure: int, waiting: int) -> StageProof:
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

    return StageProof(aim, told(answer.cost), told(answer.bound), answer.is_optimal)
