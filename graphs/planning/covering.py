"""The fewest new mentors of a group of wards so that everybody who waits is taken on within reach.

An integer program: x new mentors in each ward, y people of one ward taken on in another. Once x is
whole, y is a flow, so whole values of it exist and cost nothing extra.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array

from graphs.planning.minimising import minimise
from graphs.planning.program import Patience, Program, Vector
from graphs.planning.services import Service
from graphs.planning.wards import Neighbourhoods, WardNeed

Arcs = Sequence[tuple[int, int]]


class Cover(NamedTuple):
    """New mentors of each ward, who is taken on where, and how few mentors are thinkable."""

    mentors: Mapping[str, int]
    services: Sequence[Service]
    bound: int


def cover_ward(need: WardNeed, capacity: int) -> Cover:
    """A ward by itself: room for who waits beyond its spare capacity, and a mentor in any case."""
    too_many = max(0, need.waiting - need.spare)
    mentors = max(int(not need.has_mentor), -(-too_many // capacity))
    served = [Service(need.code, need.code, need.waiting)] if need.waiting else []
    return Cover({need.code: mentors}, served, bound=mentors)


def cover_component(needs: Sequence[WardNeed], near: Neighbourhoods, capacity: int) -> Cover:
    """Wards that may help each other, in order of code."""
    place = {need.code: number for number, need in enumerate(needs)}
    arcs = [
        (place[need.code], place[code])
        for need in needs
        if need.waiting
        for code in near.of(need.code)
    ]
    program, patience = _program(needs, arcs, capacity), Patience()
    leaving = [float(ward != at) for ward, at in arcs]
    fewest, program = minimise(program, _costs([1.0] * len(needs), len(arcs)), None, patience)
    where_most_wait = _costs([-float(need.waiting) for need in needs], len(arcs))
    answer, program = minimise(program, where_most_wait, fewest.values, patience)
    at_home = np.array([0.0] * len(needs) + leaving)
    answer, _ = minimise(program, at_home, answer.values, patience)
    found = [round(value) for value in answer.values]
    return Cover(
        {need.code: found[number] for number, need in enumerate(needs)},
        [
            Service(needs[ward].code, needs[at].code, people)
            for (ward, at), people in zip(arcs, found[len(needs) :], strict=True)
            if people
        ],
        bound=fewest.bound,
    )


def _costs(of_mentors: Sequence[float], arcs: int) -> Vector:
    return np.array([*of_mentors, *([0.0] * arcs)])


def _program(needs: Sequence[WardNeed], arcs: Arcs, capacity: int) -> Program:
    """All ways to take on everybody: a room's limit for each ward, a total for each that waits."""
    wards, size = len(needs), len(needs) + len(arcs)
    columns = range(wards, size)
    waiting = [number for number, need in enumerate(needs) if need.waiting]
    row_of = {ward: row for row, ward in enumerate(waiting)}
    room = coo_array(
        (
            [-float(capacity)] * wards + [1.0] * len(arcs),
            ([*range(wards), *(at for _, at in arcs)], [*range(wards), *columns]),
        ),
        shape=(wards, size),
    )
    taken_on = coo_array(
        ([1.0] * len(arcs), ([row_of[ward] for ward, _ in arcs], list(columns))),
        shape=(len(waiting), size),
    )
    return Program(
        lower=np.array([float(not need.has_mentor) for need in needs] + [0.0] * len(arcs)),
        upper=np.array([np.inf] * wards + [float(needs[ward].waiting) for ward, _ in arcs]),
        at_most=room.tocsr(),
        limits=np.array([float(need.spare) for need in needs]),
        equal=taken_on.tocsr(),
        totals=np.array([float(needs[ward].waiting) for ward in waiting]),
        decisive=np.arange(wards),
    )
