"""From numbers by crowd to people: who leaves whom, who comes to whom; ids decide ties."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

import numpy as np

from graphs.planning.arcs import Arc, Goal
from graphs.planning.classes import NOBODY, People, Places
from graphs.planning.dealing import Leaving, Overdrawn
from graphs.planning.program import Vector
from graphs.planning.sides import Side
from graphs.planning.stages import Solution


class Pairing(NamedTuple):
    """The places of a mentee and of the mentor who takes the mentee; `arc` allows it."""

    mentee: int
    mentor: int
    arc: Arc


def name_people(people: People, solutions: Iterable[Solution], *, floor: int) -> list[Pairing]:
    """New pairings that do what the numbers say, in order of mentee."""
    named = _Names(people)
    pairings = chain.from_iterable(_pairings(named, solution, floor) for solution in solutions)
    return sorted(pairings, key=lambda pairing: pairing.mentee)


class _Names:
    """Who may leave or be placed: the places of mentees by mentor and kind, by id."""

    def __init__(self, people: People) -> None:
        self.people = people
        # Whoever waits comes first: NOBODY is below all places.
        self._codes = (people.mentor_of - NOBODY) * len(people.kinds) + people.kind_of
        self._order = np.argsort(self._codes, kind="stable")
        self._codes = self._codes[self._order]

    def of(self, mentor: int, kind: int) -> Places:
        code = (mentor - NOBODY) * len(self.people.kinds) + kind
        first, last = np.searchsorted(self._codes, (code, code + 1))
        return self._order[first:last]


def _pairings(named: _Names, solution: Solution, floor: int) -> Iterator[Pairing]:
    people, values = named.people, solution.values
    if values is None:
        return
    leaving: defaultdict[int, list[int]] = defaultdict(list)
    places: defaultdict[Goal, list[int]] = defaultdict(list)
    for side in solution.model.sides:
        left = side.dealt(people, values, floor=floor)
        if isinstance(left, Overdrawn):
            raise TypeError(left)
        for (mentor, kind), count in Counter(left).items():
            leaving[kind].extend(named.of(mentor, kind)[:count].tolist())
        for counts, variable in side.takes.items():
            if count := int(values[variable]):
                taking = _taking(people, side, values, left, floor=floor)
                places[Goal(side.crowd.group, counts)].extend(taking[:count].tolist())
    for kind, variable in solution.model.placed.items():
        leaving[kind].extend(named.of(NOBODY, kind)[: int(values[variable])].tolist())
    yield from _pair(people, solution, leaving, places)


def _taking(
    people: People, side: Side, values: Vector, left: Sequence[Leaving], *, floor: int
) -> Places:
    """The mentors of a side once for each place: first what the floor takes, then by id."""
    mentors = side.members(values).mentors
    away, lost = np.zeros_like(mentors), np.zeros_like(mentors)
    for mentor, kind in left:
        place = np.searchsorted(mentors, mentor)
        away[place] += 1
        lost[place] += not people.idle[kind]
    room = people.room[mentors] + away
    lacking = floor - people.guided[mentors] + lost if side.is_at_floor else np.zeros_like(room)
    needed = np.clip(lacking, 0, room)
    return np.concatenate((np.repeat(mentors, needed), np.repeat(mentors, room - needed)))


def _pair(
    people: People,
    solution: Solution,
    leaving: dict[int, list[int]],
    places: dict[Goal, list[int]],
) -> Iterator[Pairing]:
    """Fill the places as the arcs say: first who shares a hamlet, then by id."""
    counts = {arc: solution.count(variable) for arc, variable in solution.model.arcs.items()}
    still = {arc: count for arc, count in counts.items() if count}
    if any(row.hamlet is not None for row in people.mentors):
        for arc, count in still.items():
            neighbours = _of_one_hamlet(people, leaving[arc.kind], places[arc.goal])[:count]
            for mentee, mentor in neighbours:
                leaving[arc.kind].remove(mentee)
                places[arc.goal].remove(mentor)
                yield Pairing(mentee, mentor, arc)
            still[arc] -= len(neighbours)
    mentees = {kind: iter(of_kind) for kind, of_kind in leaving.items()}
    mentors = {goal: iter(at_goal) for goal, at_goal in places.items()}
    for arc, count in still.items():
        together = zip(mentees[arc.kind], mentors[arc.goal], strict=False)
        for mentee, mentor in islice(together, count):
            yield Pairing(mentee, mentor, arc)


def _of_one_hamlet(
    people: People, mentees: Sequence[int], mentors: Sequence[int]
) -> list[tuple[int, int]]:
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
