"""The integer model of a plan: how many of each kind go where, class by class.

Mentors of a class end in one of two states, at the floor or not; `z` of them are at the floor.
From each state people are given away (`gives`) and into each people come (`takes`). Whoever is
given away, or waits and is placed, goes to a group of mentors that may take the kind (`arcs`);
forbidden pairs have no variable. Alike mentors share a state's people evenly, so that whole
numbers for a class are whole numbers for each of its mentors.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from math import inf

import numpy as np
from scipy.sparse import coo_array, csr_array

from graphs.planning.arcs import Arc, Goal
from graphs.planning.classes import Kind, MentorClass, People
from graphs.planning.program import Program, Vector


class Standing(Enum):
    """Which of its states a class may end in."""

    EITHER = "either"
    ALL_AT_FLOOR = "all_at_floor"
    NONE_AT_FLOOR = "none_at_floor"
    LACKING = "lacking"
    """All at the floor, where newcomers who do not exist fill what is missing.

    They need no room of their own: whoever can reach the floor has room for so many.
    """


Terms = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Part:
    """Those of a class who end in one state: `size`, and besides a variable times each factor."""

    factors: Terms
    size: int
    is_at_floor: bool


@dataclass(slots=True)
class StateOf:
    """The variables of a class in one state."""

    gives: dict[Kind, int] = field(default_factory=dict)
    takes: dict[bool, int] = field(default_factory=dict)


@dataclass(slots=True)
class Model:
    """The variables by meaning, and the rows that tie them; `goals` are those that arcs lead to."""

    floor: int
    goals: frozenset[Goal]
    at_floor: dict[MentorClass, int] = field(default_factory=dict)
    states: dict[tuple[MentorClass, bool], StateOf] = field(default_factory=dict)
    lacking: dict[MentorClass, int] = field(default_factory=dict)
    placed: dict[Kind, int] = field(default_factory=dict)
    arcs: dict[Arc, int] = field(default_factory=dict)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    at_most: list[tuple[Terms, float]] = field(default_factory=list)
    equal: list[tuple[Terms, float]] = field(default_factory=list)

    def variable(self, upper: float, *, lower: float = 0.0) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.upper) - 1

    def bound(self, terms: Terms, each: int, part: Part) -> None:
        """The terms come to no more than so much for each mentor of the part.

        A single variable is bounded by itself, without a row, where the size of the part is known.
        """
        if len(terms) == 1 and terms[0][1] > 0 and not part.factors:
            variable = terms[0][0]
            self.upper[variable] = min(self.upper[variable], float(each * part.size))
            return
        limit = [(variable, -each * factor) for variable, factor in part.factors]
        self.at_most.append(([*terms, *limit], float(each * part.size)))

    def costs(self, prices: Iterable[tuple[int, float]]) -> Vector:
        """A cost for every variable: 0 where none is given."""
        costs = np.zeros(len(self.upper))
        for variable, price in prices:
            costs[variable] = price
        return costs

    def program(self) -> Program:
        at_most, limits = _matrix(self.at_most, len(self.upper))
        equal, totals = _matrix(self.equal, len(self.upper))
        decisive = np.array(list(self.at_floor.values()), dtype=np.intp)
        lower, upper = np.array(self.lower), np.array(self.upper)
        return Program(lower, upper, at_most, limits, equal, totals, decisive)


def build(
    people: People,
    arcs: Iterable[Arc],
    standing: Callable[[MentorClass], Standing],
    *,
    floor: int,
) -> Model:
    """The model of these people: who may go where, and where each class may end."""
    arcs = list(arcs)
    model = Model(floor, frozenset(arc.goal for arc in arcs))
    pools: defaultdict[Kind, Terms] = defaultdict(list)
    entries: defaultdict[Goal, Terms] = defaultdict(list)
    for key, mentors in people.classes.items():
        _add_class(model, key, len(mentors), standing(key))
    for (key, _), state in model.states.items():
        for kind, variable in state.gives.items():
            pools[kind].append((variable, -1.0))
        for counts, variable in state.takes.items():
            entries[Goal(key.group, counts)].append((variable, -1.0))
    for kind, mentees in people.waiting.items():
        model.placed[kind] = model.variable(len(mentees))
        pools[kind].append((model.placed[kind], -1.0))
    for arc in arcs:
        if arc.kind in pools and arc.goal in entries:
            variable = model.arcs[arc] = model.variable(inf)
            pools[arc.kind].append((variable, 1.0))
            entries[arc.goal].append((variable, 1.0))
    model.equal.extend((terms, 0.0) for terms in (*pools.values(), *entries.values()))
    return model


def _add_class(model: Model, key: MentorClass, size: int, standing: Standing) -> None:
    if standing is Standing.EITHER:
        z = model.at_floor[key] = model.variable(size)
        _add_state(model, key, Part([(z, 1.0)], 0, is_at_floor=True))
        _add_state(model, key, Part([(z, -1.0)], size, is_at_floor=False))
        return
    if standing is Standing.LACKING and key.takes:
        model.lacking[key] = model.variable(inf)
    is_at_floor = standing is not Standing.NONE_AT_FLOOR
    _add_state(model, key, Part([], size, is_at_floor=is_at_floor))


def _add_state(model: Model, key: MentorClass, part: Part) -> None:
    """The rows of the mentors of the class who end in one state."""
    state = model.states[key, part.is_at_floor] = StateOf()
    for kind, count, _ in key.shares:
        state.gives[kind] = model.variable(inf)
        model.bound([(state.gives[kind], 1.0)], count, part)
    if key.takes:
        for counts in (True, False):
            if Goal(key.group, counts) in model.goals:
                state.takes[counts] = model.variable(inf)
        taken = [(variable, 1.0) for variable in state.takes.values()]
        given = [(variable, -1.0) for variable in state.gives.values()]
        model.bound([*taken, *given], key.capacity - key.open, part)
    if part.is_at_floor:
        lost = [(state.gives[kind], 1.0) for kind, _, counts in key.shares if counts]
        won = [(state.takes[True], -1.0)] if True in state.takes else []
        filled = [(model.lacking[key], -1.0)] if key in model.lacking else []
        model.bound([*lost, *won, *filled], key.guided - model.floor, part)


def _matrix(rows: list[tuple[Terms, float]], width: int) -> tuple[csr_array, Vector]:
    counts = [len(terms) for terms, _ in rows]
    variables = [variable for terms, _ in rows for variable, _ in terms]
    factors = [factor for terms, _ in rows for _, factor in terms]
    places = np.repeat(np.arange(len(rows)), counts)
    matrix = coo_array((factors, (places, variables)), shape=(len(rows), width), dtype=float)
    return matrix.tocsr(), np.array([limit for _, limit in rows], dtype=float)
