"""The integer model of a plan: how many of each kind go where, crowd by crowd.

All mentors of a crowd end at the floor, or none does; of a class of alike ones where not all can,
`z` are at the floor. From each side people are given away (`gives`) and into each people come
(`takes`). Whoever is given away, or waits and is placed, goes to a group of mentors that may take
the kind (`arcs`); forbidden pairs have no variable. Alike mentors share a side's people evenly, so
that whole numbers for a class are whole numbers for each of its mentors.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array, csr_array

from graphs.planning.arcs import Arc, Goal
from graphs.planning.classes import People
from graphs.planning.crowds import Crowd, classes
from graphs.planning.program import Program, Vector
from graphs.planning.sides import Side, Terms

Row = tuple[Terms, float]
Broken = tuple[Side, tuple[int, ...]]
"""Kinds of which more leave one side than its mentors can let go."""


class Part(NamedTuple):
    """A part of the network: its crowds, how many of each kind wait, and who may go where."""

    crowds: list[Crowd]
    waiting: dict[int, int]
    arcs: list[Arc]


@dataclass(slots=True)
class Model:
    """The variables by meaning, and the rows that tie them."""

    people: People
    floor: int
    sides: list[Side] = field(default_factory=list)
    placed: dict[int, int] = field(default_factory=dict)
    arcs: dict[Arc, int] = field(default_factory=dict)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    at_most: list[Row] = field(default_factory=list)
    equal: list[Row] = field(default_factory=list)

    def variable(self, upper: float = inf) -> int:
        self.lower.append(0.0)
        self.upper.append(upper)
        return len(self.upper) - 1

    @property
    def at_floor(self) -> list[int]:
        """The variables of how many of a class are at the floor."""
        return [side.z for side in self.sides if side.z is not None and side.is_at_floor]

    @property
    def lacking(self) -> list[tuple[int, int]]:
        """The variables of newcomers, each with the group that they come to."""
        return [(side.crowd.group, side.lacking) for side in self.sides if side.lacking is not None]

    def bound(self, terms: Terms, total: int, side: Side) -> None:
        """The terms come to no more than `total` would be for the whole crowd.

        A single variable is bounded by itself, without a row, where nobody is on the other side.
        """
        if side.z is not None:
            each = float(total // len(side.crowd))
            factor = -each if side.is_at_floor else each
            self.at_most.append(([*terms, (side.z, factor)], 0.0 if side.is_at_floor else total))
        elif len(terms) == 1 and terms[0][1] > 0:
            variable = terms[0][0]
            self.upper[variable] = min(self.upper[variable], float(total))
        elif terms:
            self.at_most.append((terms, float(total)))

    def costs(self, prices: Iterable[tuple[int, float]]) -> Vector:
        """A cost for every variable: 0 where none is given."""
        costs = np.zeros(len(self.upper))
        for variable, price in prices:
            costs[variable] = price
        return costs

    def unchanged(self) -> Vector:
        """The values of a network in which nobody moves: at the floor is who is there today."""
        guided = self.people.guided
        return self.costs(
            (side.z, float(len(side.crowd)))
            for side in self.sides
            if side.z is not None
            and side.is_at_floor
            and guided[side.crowd.mentors[0]] >= self.floor
        )

    def program(self) -> Program:
        at_most, limits = _matrix(self.at_most, len(self.upper))
        equal, totals = _matrix(self.equal, len(self.upper))
        decisive = np.array(self.at_floor, dtype=np.intp)
        lower, upper = np.array(self.lower), np.array(self.upper)
        return Program(lower, upper, at_most, limits, equal, totals, decisive)

    def forbid(self, variables: Iterable[int]) -> None:
        """These variables stay at 0."""
        for variable in variables:
            self.upper[variable] = 0.0

    def limit_leaving(self, side: Side, kinds: Collection[int]) -> None:
        """No more of these kinds leave than the mentors at the floor can let go."""
        self.bound(side.leaving(kinds), self._most_leaving(side, kinds), side)

    def limit_overdrawn(self, broken: Iterable[Broken]) -> tuple[csr_array, Vector]:
        """The same for more sets of kinds once the program is made: the rows to add to it."""
        rows: list[Row] = [
            (side.leaving(kinds), float(self._most_leaving(side, kinds))) for side, kinds in broken
        ]
        self.at_most.extend(rows)
        return _matrix(rows, len(self.upper))

    def _most_leaving(self, side: Side, kinds: Collection[int]) -> int:
        return side.crowd.most_leaving(self.people, kinds, floor=self.floor)


def build(people: People, part: Part, *, floor: int, is_short: bool) -> Model:
    """The model of a part: who may go where, and where each crowd may end.

    Where people are short it is open who is at the floor; else all are who can be, and newcomers
    fill what is missing.
    """
    model = Model(people, floor)
    goals = {arc.goal for arc in part.arcs}
    for crowd in part.crowds:
        for side in _sides(model, crowd, is_short=is_short):
            _add(model, side, goals)
    pools: defaultdict[int, Terms] = defaultdict(list)
    entries: defaultdict[Goal, Terms] = defaultdict(list)
    for side in model.sides:
        for kind, variable in side.gives.items():
            pools[kind].append((variable, -1.0))
        for counts, variable in side.takes.items():
            entries[Goal(side.crowd.group, counts)].append((variable, -1.0))
    for kind, size in part.waiting.items():
        model.placed[kind] = model.variable(size)
        pools[kind].append((model.placed[kind], -1.0))
    for arc in part.arcs:
        if arc.kind in pools and arc.goal in entries:
            variable = model.arcs[arc] = model.variable()
            pools[arc.kind].append((variable, 1.0))
            entries[arc.goal].append((variable, 1.0))
    model.equal.extend((terms, 0.0) for terms in (*pools.values(), *entries.values()))
    return model


def overdrawn(model: Model, values: Vector) -> Iterator[Broken]:
    """Where the values make more leave than the mentors at the floor can let go."""
    for side in model.sides:
        if side.is_at_floor and side.z is None and len(side.crowd) > 1:
            found = side.overdrawn(model.people, values, floor=model.floor)
            if found is not None:
                yield side, found.kinds
                # The next best would take them from another kind of the same mentors.
                yield from ((side, (kind,)) for kind in side.told_apart(found.kinds))


def _sides(model: Model, crowd: Crowd, *, is_short: bool) -> Iterator[Side]:
    if not crowd.can_reach:
        yield Side(crowd, is_at_floor=False)
    elif not is_short:
        lacking = model.variable() if crowd.takes else None
        yield Side(crowd, is_at_floor=True, lacking=lacking)
    else:
        for alike in classes(model.people, crowd):
            z = model.variable(len(alike))
            yield Side(alike, is_at_floor=True, z=z)
            yield Side(alike, is_at_floor=False, z=z)


def _add(model: Model, side: Side, goals: Collection[Goal]) -> None:
    """The variables of a side and the rows that tie them."""
    model.sides.append(side)
    crowd = side.crowd
    for kind, offer in crowd.offers.items():
        side.gives[kind] = model.variable()
        model.bound([(side.gives[kind], 1.0)], offer.total, side)
    if crowd.takes:
        for counts in (True, False):
            if Goal(crowd.group, counts) in goals:
                side.takes[counts] = model.variable()
        taken = [(variable, 1.0) for variable in side.takes.values()]
        given = [(variable, -1.0) for variable in side.gives.values()]
        room = int(model.people.room[crowd.mentors].sum())
        model.bound([*taken, *given], room, side)
    if side.is_at_floor:
        model.limit_leaving(side, [kind for kind in crowd.offers if not model.people.idle[kind]])
        if side.z is None:
            model.limit_leaving(side, ())


def _matrix(rows: list[Row], width: int) -> tuple[csr_array, Vector]:
    counts = [len(terms) for terms, _ in rows]
    variables = [variable for terms, _ in rows for variable, _ in terms]
    factors = [factor for terms, _ in rows for _, factor in terms]
    places = np.repeat(np.arange(len(rows)), counts)
    matrix = coo_array((factors, (places, variables)), shape=(len(rows), width), dtype=float)
    return matrix.tocsr(), np.array([limit for _, limit in rows], dtype=float)
