"""What a ward lacks and has to spare, and which wards may help each other."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import networkx as nx

from graphs.audit import AuditedWard
from graphs.findings import WardStatus
from graphs.rows import BorderRow


class WardNeed(NamedTuple):
    """A ward by the figures of its audit; `has_data` is False where nothing is known yet."""

    code: str
    has_data: bool
    has_support: bool
    has_mentor: bool
    waiting: int
    spare: int


def need_of(ward: AuditedWard) -> WardNeed:
    """Return what a ward lacks and has to spare, from the figures of its audit."""
    return WardNeed(
        code=ward.code,
        has_data=ward.status is not WardStatus.NO_DATA,
        has_support=ward.figures.has_support,
        has_mentor=ward.figures.mentors > 0,
        waiting=ward.figures.waiting,
        spare=ward.figures.spare,
    )


class Neighbourhoods:
    """Wards, and with each the wards that border it; a ward without a border helps itself."""

    def __init__(self, borders: "nx.Graph[str]") -> None:
        self._borders = borders

    def of(self, code: str) -> list[str]:
        """The ward and its neighbours, in order of code."""
        return sorted((code, *self._borders[code]))

    def components(self, wards: Mapping[str, WardNeed]) -> Iterator[list[WardNeed]]:
        """The wards by groups that no border joins, each in order of code."""
        for codes in nx.connected_components(self._borders):
            yield [wards[code] for code in sorted(codes)]


def neighbourhoods(codes: Collection[str], borders: Iterable[BorderRow]) -> Neighbourhoods:
    """Who borders whom among these wards; borders with others are left out."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(codes))
    graph.add_edges_from(
        (border.code_a, border.code_b)
        for border in borders
        if border.code_a in codes and border.code_b in codes
    )
    return Neighbourhoods(graph)
