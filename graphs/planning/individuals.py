"""From numbers by class to people: who leaves whom, who comes to whom; ids decide ties."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, cycle, islice

from graphs.planning.arcs import Arc, Goal
from graphs.planning.classes import Kind, MentorClass, People
from graphs.planning.model import StateOf
from graphs.planning.stages import Solution

Pairing = tuple[int, int]
"""A mentee and the mentor who takes the mentee."""


def name_people(solutions: Iterable[Solution], *, floor: int) -> list[Pairing]:
    """New pairings that do what the numbers say, in order of mentee."""
    return sorted(chain.from_iterable(_pairings(solution, floor) for solution in solutions))


def _pairings(solution: Solution, floor: int) -> Iterator[Pairing]:
    people = solution.people
    leaving: defaultdict[Kind, list[int]] = defaultdict(list)
    places: defaultdict[Goal, list[int]] = defaultdict(list)
    for (key, is_at_floor), state in solution.model.states.items():
        mentors = _in_state(people, solution, key, is_at_floor=is_at_floor)
        target = floor if is_at_floor else None
        left = _share_leavers(people, solution, state, mentors)
        for mentees in left.values():
            for mentee in mentees:
                leaving[people.kinds[mentee]].append(mentee)
        for goal, mentor in _share_places(solution, key, state, left, floor=target):
            places[goal].append(mentor)
    for kind, variable in solution.model.placed.items():
        leaving[kind].extend(people.waiting[kind][: solution.count(variable)])
    return _pair(people, solution, leaving, places)


def _in_state(
    people: People, solution: Solution, key: MentorClass, *, is_at_floor: bool
) -> Sequence[int]:
    """The mentors of the class who end in the state: the first ones at the floor."""
    mentors = people.classes[key]
    if key not in solution.model.at_floor:
        return mentors
    count = solution.count(solution.model.at_floor[key])
    return mentors[:count] if is_at_floor else mentors[count:]


def _share_leavers(
    people: People,
    solution: Solution,
    state: StateOf,
    mentors: Sequence[int],
) -> dict[int, list[int]]:
    """Who leaves each mentor: dealt in turn, so that everybody gives equally many, or one more."""
    left: dict[int, list[int]] = {mentor: [] for mentor in mentors}
    turns = cycle(mentors)
    for kind, variable in state.gives.items():
        for mentor in islice(turns, solution.count(variable)):
            own = people.with_mentor[mentor]
            left[mentor].append(
                next(
                    mentee
                    for mentee in own
                    if people.kinds[mentee] == kind and mentee not in left[mentor]
                )
            )
    return left


def _share_places(
    solution: Solution,
    key: MentorClass,
    state: StateOf,
    left: dict[int, list[int]],
    *,
    floor: int | None,
) -> Iterator[tuple[Goal, int]]:
    """A goal and a mentor for each person who comes: first what the floor takes, then by id."""
    needed, spare = [], []
    for mentor, mentees in left.items():
        room = key.capacity - key.open + len(mentees)
        lacking = 0 if floor is None else max(0, floor - key.guided + len(mentees))
        needed.extend([mentor] * min(lacking, room))
        spare.extend([mentor] * (room - min(lacking, room)))
    for counts, variable in state.takes.items():
        for mentor in (needed + spare)[: solution.count(variable)]:
            yield Goal(key.group, counts), mentor


def _pair(
    people: People,
    solution: Solution,
    leaving: dict[Kind, list[int]],
    places: dict[Goal, list[int]],
) -> Iterator[Pairing]:
    """Fill the places as the arcs say: first who shares a hamlet, then by id."""
    still: dict[Arc, int] = {}
    for arc, variable in solution.model.arcs.items():
        still[arc] = solution.count(variable)
        if still[arc]:
            neighbours = _of_one_hamlet(people, leaving[arc.kind], places[arc.goal])
            for mentee, mentor in neighbours[: still[arc]]:
                leaving[arc.kind].remove(mentee)
                places[arc.goal].remove(mentor)
                still[arc] -= 1
                yield mentee, mentor
    for arc, count in still.items():
        for _ in range(count):
            yield leaving[arc.kind].pop(0), places[arc.goal].pop(0)


def _of_one_hamlet(people: People, mentees: list[int], mentors: list[int]) -> list[Pairing]:
    homes: defaultdict[int, list[int]] = defaultdict(list)
    for mentor in mentors:
        hamlet = people.mentors[mentor].hamlet
        if hamlet is not None:
            homes[hamlet].append(mentor)
    return [
        (mentee, homes[hamlet].pop(0))
        for mentee in mentees
        if (hamlet := people.mentees[mentee].hamlet) is not None and homes.get(hamlet)
    ]
