"""Who may be paired with whom: arcs from kinds of mentees to groups of mentors."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import networkx as nx
import numpy as np

from graphs.geography import border_graph, distance_km
from graphs.planning.classes import ANYBODY, Group, Kind, People, Shares
from graphs.planning.rows import PlanRows, PlanWard, Reach


class Goal(NamedTuple):
    """Where an arc leads: the place of a group, and whether who comes counts for its mentors."""

    group: int
    counts: bool


class Arc(NamedTuple):
    """A pairing that is allowed, from the place of a kind; `metres` between the two wards."""

    kind: int
    goal: Goal
    metres: int
    shares_language: bool
    shares_hamlet: bool


class Surroundings:
    """The wards within reach of each ward, and how far they are."""

    def __init__(self, rows: PlanRows, reach: Reach) -> None:
        self._wards: Mapping[str, PlanWard] = {ward.code: ward for ward in rows.wards}
        self.reach = reach
        self.borders = border_graph(self._wards.values(), rows.borders)

    def near(self, ward: str) -> list[str]:
        """The wards whose mentors may guide a mentee of the ward, in order of code."""
        if self.reach is Reach.PROVINCE:
            return sorted(self._wards)
        if self.reach is Reach.BORDER and ward in self.borders:
            return sorted({ward, *self.borders.neighbors(ward)})
        return [ward]

    def metres(self, ward: str, other: str) -> int:
        """Whole metres between the points of two wards; 0 in the same ward."""
        if ward == other:
            return 0
        return round(1000 * distance_km(self._wards[ward], self._wards[other]))


def allowed_arcs(people: People, surroundings: Surroundings) -> Iterator[Arc]:
    """Every pairing of a kind with a group that takes people and that the rules allow."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for place in np.unique(people.group_of[people.room > 0]).tolist():
        groups[people.groups[place].ward].append(place)
    for number, kind in enumerate(people.kinds):
        for ward in surroundings.near(kind.ward):
            metres = surroundings.metres(kind.ward, ward) if ward in groups else 0
            for place in groups.get(ward, ()):
                if _may_pair(people, kind, people.groups[place]):
                    yield _arc(people, (number, place), metres)


def linked_wards(people: People, shares: Shares, arcs: Iterable[Arc]) -> dict[str, int]:
    """The number of the part of the network that each ward is in; parts are independent."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(group.ward for group in people.groups)
    joined = {(arc.kind, arc.goal.group) for arc in arcs}
    together = shares.kinds * len(people.groups) + people.group_of[shares.mentors]
    joined.update(divmod(pair, len(people.groups)) for pair in np.unique(together).tolist())
    graph.add_edges_from(
        {(people.kinds[kind].ward, people.groups[group].ward) for kind, group in joined}
    )
    parts = nx.connected_components(graph)
    return {ward: number for number, part in enumerate(parts) for ward in part}


def _may_pair(people: People, kind: Kind, group: Group) -> bool:
    if kind.languages and group.languages and set(kind.languages).isdisjoint(group.languages):
        return False
    if ANYBODY in (kind.alone, group.alone):
        return True
    return people.mentee(kind.alone).person != people.mentor(group.alone).person


def _arc(people: People, ends: tuple[int, int], metres: int) -> Arc:
    kind, group = people.kinds[ends[0]], people.groups[ends[1]]
    counts_already = kind.alone != ANYBODY and group.alone in people.mentee(kind.alone).counted_by
    return Arc(
        ends[0],
        Goal(ends[1], not counts_already),
        metres,
        shares_language=not set(kind.languages).isdisjoint(group.languages),
        shares_hamlet=kind.hamlet != ANYBODY and kind.hamlet == group.hamlet,
    )
