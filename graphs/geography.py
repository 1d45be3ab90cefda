"""How far apart wards are: great-circle kilometres between their points."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from typing import Protocol

import networkx as nx

from graphs.rows import BorderRow

EARTH_DIAMETER_KM = 12_742.0176
"""Twice the mean radius of the earth."""


class Place(Protocol):
    """A ward as far as the map goes: its code, and its point in degrees."""

    @property
    def code(self) -> str: ...
    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...


def distance_km(one: Place, other: Place) -> float:
    """The great circle between two points in kilometres; 0 in the same ward."""
    if one.code == other.code:
        return 0.0
    latitude, other_latitude = radians(one.latitude), radians(other.latitude)
    across = sin(radians(other.longitude - one.longitude) / 2) ** 2
    along = sin((other_latitude - latitude) / 2) ** 2
    return EARTH_DIAMETER_KM * asin(sqrt(along + cos(latitude) * cos(other_latitude) * across))


def border_graph(places: Iterable[Place], borders: Iterable[BorderRow]) -> "nx.Graph[str]":
    """A node for each ward code, an edge with its length in `km` for each two that touch.

    Borders with a ward that is not among the places are left out.
    """
    by_code = {place.code: place for place in places}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(by_code)
    for border in borders:
        if border.code_a in by_code and border.code_b in by_code:
            km = distance_km(by_code[border.code_a], by_code[border.code_b])
            graph.add_edge(border.code_a, border.code_b, km=km)
    return graph
