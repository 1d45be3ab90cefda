"""Who may be paired with whom: arcs from kinds of mentees to groups of mentors."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import networkx as nx

from graphs.geography import border_graph, distance_km
from graphs.planning.classes import ANYBODY, Group, Kind, People
from graphs.planning.rows import PlanRows, PlanWard, Reach


class Goal(NamedTuple):
    """Where an arc leads: a group, and whether the people who come count for its mentors."""

    group: Group
    counts: bool


class Arc(NamedTuple):
    """A pairing that is allowed; `metres` between the two wards."""

    kind: Kind
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
    groups: defaultdict[str, list[Group]] = defaultdict(list)
    for group in sorted({key.group for key in people.classes if key.takes}):
        groups[group.ward].append(group)
    for kind in sorted(set(people.kinds.values())):
        for ward in surroundings.near(kind.ward):
            metres = surroundings.metres(kind.ward, ward) if ward in groups else 0
            for group in groups.get(ward, ()):
                if _may_pair(people, kind, group):
                    yield _arc(people, kind, group, metres)


def linked_wards(people: People, arcs: Iterable[Arc]) -> dict[str, int]:
    """The number of the part of the network that each ward is in; parts are independent."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(key.group.ward for key in people.classes)
    graph.add_edges_from({(arc.kind.ward, arc.goal.group.ward) for arc in arcs})
    graph.add_edges_from(
        {(share.kind.ward, key.group.ward) for key in people.classes for share in key.shares}
    )
    parts = nx.connected_components(graph)
    return {ward: number for number, part in enumerate(parts) for ward in part}


def _may_pair(people: People, kind: Kind, group: Group) -> bool:
    if kind.languages and group.languages and set(kind.languages).isdisjoint(group.languages):
        return False
    if ANYBODY in (kind.alone, group.alone):
        return True
    return people.mentees[kind.alone].person != people.mentors[group.alone].person


def _arc(people: People, kind: Kind, group: Group, metres: int) -> Arc:
    counts_already = kind.alone != ANYBODY and group.alone in people.mentees[kind.alone].counted_by
    return Arc(
        kind,
        Goal(group, not counts_already),
        metres,
        shares_language=not set(kind.languages).isdisjoint(group.languages),
        shares_hamlet=kind.hamlet != ANYBODY and kind.hamlet == group.hamlet,
    )
