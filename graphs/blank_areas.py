"""Blank areas: groups of uncovered wards that borders join, and the nearest ward that can help."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import networkx as nx

from graphs.findings import WardStatus
from graphs.geography import border_graph, distance_km
from graphs.rows import BorderRow
from graphs.ward_means import WardMeans

METRES = 1000
BLANK = frozenset({WardStatus.CRITICAL, WardStatus.NO_DATA})
"""Nobody at work as mentor, nobody at work as support, or nothing known."""
NOT_COVERED = BLANK | {WardStatus.WARNING}


class Need(StrEnum):
    """What an area is helped with from outside."""

    MENTOR = "mentor"
    SUPPORT = "support"


class NearestHelp(NamedTuple):
    """The ward nearest to one that lacks something, by the way over borders or, else, by sea.

    `helper` can give `amount`: places with its mentors, or support staff for a day. `ward` is the
    ward of the area at which the way begins.
    """

    need: Need
    helper: str
    amount: int
    ward: str
    km: float
    is_by_sea: bool


class BlankArea(NamedTuple):
    """Wards in order of code, what they have together, what they lack and who can help.

    `population` is None where that of a ward is not known. Of `needs` those without an entry in
    `helps` cannot be met from anywhere.
    """

    wards: tuple[str, ...]
    population: int | None
    waiting: int
    needs: tuple[Need, ...]
    helps: tuple[NearestHelp, ...]


def find_blank_areas(
    wards: Iterable[WardMeans], borders: Iterable[BorderRow], uncovered: Collection[WardStatus]
) -> list[BlankArea]:
    """The areas of wards in one of the states `uncovered`, those of most wards first.

    The way from ward to ward is as long as the great circle between their points; of two helpers
    to the metre as near, the one with the lower code counts.
    """
    by_code = {ward.code: ward for ward in wards}
    graph = border_graph(by_code.values(), borders)
    blank = [code for code, ward in by_code.items() if ward.status in uncovered]
    groups = nx.connected_components(graph.subgraph(blank))
    areas = [_area(sorted(group), by_code, graph) for group in groups]
    return sorted(areas, key=lambda area: (-len(area.wards), area.wards))


def lacks(ward: WardMeans, need: Need) -> bool:
    """Whether a ward has too little of something for itself."""
    if need is Need.SUPPORT:
        return ward.posts == 0
    return ward.mentors == 0 or ward.missing_places > 0


def can_give(ward: WardMeans, need: Need) -> int:
    """How much a ward can give away of something."""
    return ward.lendable_posts if need is Need.SUPPORT else ward.free_places


def _area(
    codes: Sequence[str], by_code: Mapping[str, WardMeans], graph: "nx.Graph[str]"
) -> BlankArea:
    inside = [by_code[code] for code in codes]
    outside = [ward for code, ward in by_code.items() if code not in set(codes)]
    counted = [ward.population for ward in inside if ward.population is not None]
    needs = tuple(need for need in Need if any(lacks(ward, need) for ward in inside))
    helps = (_nearest(need, inside, outside, graph) for need in needs)
    return BlankArea(
        wards=tuple(codes),
        population=sum(counted) if len(counted) == len(inside) else None,
        waiting=sum(ward.waiting for ward in inside),
        needs=needs,
        helps=tuple(help_ for help_ in helps if help_ is not None),
    )


def _nearest(
    need: Need,
    inside: Iterable[WardMeans],
    outside: Iterable[WardMeans],
    graph: "nx.Graph[str]",
) -> NearestHelp | None:
    """The nearest helper over borders; over the sea where no border leads to one."""
    lacking = [ward for ward in inside if lacks(ward, need)]
    helpers = [ward for ward in outside if can_give(ward, need)]
    sources = {ward.code for ward in lacking}
    paths = nx.multi_source_dijkstra_path(graph, sources, weight="km")
    over_land = [
        NearestHelp(
            need,
            ward.code,
            can_give(ward, need),
            paths[ward.code][0],
            nx.path_weight(graph, paths[ward.code], weight="km"),
            is_by_sea=False,
        )
        for ward in helpers
        if ward.code in paths
    ]
    return min(over_land or _over_sea(need, lacking, helpers), key=_nearness, default=None)


def _over_sea(
    need: Need, lacking: Iterable[WardMeans], helpers: Sequence[WardMeans]
) -> list[NearestHelp]:
    return [
        NearestHelp(
            need, helper.code, can_give(helper, need), ward.code, distance_km(ward, helper),
            is_by_sea=True,
        )
        for ward in lacking
        for helper in helpers
    ]  # fmt: skip


def _nearness(help_: NearestHelp) -> tuple[int, str, str]:
    return round(help_.km * METRES), help_.helper, help_.ward
