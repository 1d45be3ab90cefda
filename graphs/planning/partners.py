"""Who gives to whom: the most that can be given, by the fewest partners, over the least distance.

A partnership is there or not, however many people it is about, so this is no plain flow but a
small integer program for each group of partners; HiGHS proves it in milliseconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import networkx as nx
import numpy as np
from scipy.sparse import coo_array

from graphs.planning.minimising import Answer, minimise
from graphs.planning.program import Patience, Program, Vector

METRES = 1000
SECONDS = 5
"""For each group: far more than a province takes."""


class Way(NamedTuple):
    """A giver and a taker who may be partners, and how far apart they are."""

    giver: str
    taker: str
    km: float
    is_by_sea: bool


class Partnership(NamedTuple):
    """How many people a giver takes on, or sends, for a taker."""

    way: Way
    people: int


class Partners(NamedTuple):
    """Partnerships in order of taker and giver; whether nothing is proven to be better."""

    partnerships: tuple[Partnership, ...]
    is_optimal: bool


def find_partners(
    offers: Mapping[str, int], wants: Mapping[str, int], ways: Iterable[Way]
) -> Partners:
    """Give as much as possible, then by as few partnerships, then as near as possible.

    Nearness is the sum over all people of whole metres. The order of what comes in does not matter.
    """
    usable = sorted({way for way in ways if offers.get(way.giver) and wants.get(way.taker)})
    found = [_group(group, offers, wants) for group in _groups(usable)]
    partnerships = sorted(
        (each for group in found for each in group.partnerships),
        key=lambda each: (each.way.taker, each.way.giver),
    )
    if _too_much(partnerships, offers, wants):
        raise RuntimeError(partnerships)
    return Partners(tuple(partnerships), all(group.is_optimal for group in found))


def _groups(ways: Sequence[Way]) -> list[list[Way]]:
    """The ways by groups that share no giver and no taker."""
    graph = nx.Graph((("giver", way.giver), ("taker", way.taker)) for way in ways)
    group_of = {
        node: number
        for number, nodes in enumerate(nx.connected_components(graph))
        for node in nodes
    }
    groups: dict[int, list[Way]] = {}
    for way in ways:
        groups.setdefault(group_of["giver", way.giver], []).append(way)
    return list(groups.values())


def _group(ways: Sequence[Way], offers: Mapping[str, int], wants: Mapping[str, int]) -> Partners:
    """People on each way, then for each way whether it is used at all."""
    size = len(ways)
    ones, nothing = np.ones(size), np.zeros(size)
    metres = np.array([float(round(way.km * METRES)) for way in ways])
    program = _program(ways, offers, wants)
    answers: list[Answer] = []
    patience = Patience(SECONDS)
    for costs in ((-ones, nothing), (nothing, ones), (metres, nothing)):
        known = answers[-1].values if answers else None
        answer, program = minimise(program, np.concatenate(costs), known, patience)
        answers.append(answer)
    people = [round(value) for value in answers[-1].values[:size]]
    return Partners(
        tuple(Partnership(way, count) for way, count in zip(ways, people, strict=True) if count),
        all(answer.is_optimal for answer in answers),
    )


def _program(ways: Sequence[Way], offers: Mapping[str, int], wants: Mapping[str, int]) -> Program:
    """No giver gives more than it has, no taker takes more than it wants, only used ways carry."""
    size = len(ways)
    most = np.array([float(min(offers[way.giver], wants[way.taker])) for way in ways])
    givers = sorted({way.giver for way in ways})
    takers = sorted({way.taker for way in ways})
    row_of_giver = {code: row for row, code in enumerate(givers)}
    row_of_taker = {code: row for row, code in enumerate(takers, len(givers))}
    sides = len(givers) + len(takers)
    columns = list(range(size))
    only_used = list(range(sides, sides + size))
    rows = [row_of_giver[way.giver] for way in ways] + [row_of_taker[way.taker] for way in ways]
    limits = [*(offers[code] for code in givers), *(wants[code] for code in takers)]
    return Program(
        lower=np.zeros(2 * size),
        upper=np.concatenate((most, np.ones(size))),
        at_most=coo_array(
            (
                np.concatenate((np.ones(3 * size), -most)),
                (
                    [*rows, *only_used, *only_used],
                    [*columns, *columns, *columns, *range(size, 2 * size)],
                ),
            ),
            shape=(sides + size, 2 * size),
        ).tocsr(),
        limits=np.concatenate((_floats(limits), np.zeros(size))),
        equal=coo_array((0, 2 * size)).tocsr(),
        totals=np.zeros(0),
        decisive=np.arange(size, 2 * size),
    )


def _floats(numbers: Iterable[int]) -> Vector:
    return np.array([float(number) for number in numbers])


def _too_much(
    partnerships: Iterable[Partnership], offers: Mapping[str, int], wants: Mapping[str, int]
) -> bool:
    """Whether somebody gives more than it has, or takes more than it wants."""
    given, taken = dict.fromkeys(offers, 0), dict.fromkeys(wants, 0)
    for way, people in partnerships:
        given[way.giver] += people
        taken[way.taker] += people
    return any(given[code] > offers[code] for code in given) or any(
        taken[code] > wants[code] for code in taken
    )
