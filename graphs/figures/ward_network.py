"""The people of one ward as a round picture: every number and every place, nothing drawn yet.

Support staff stand in the centre, mentors around them, mentees outside next to their mentor, with
an empty seat for each one who is missing to the floor; who waits has a part of the ring apart.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from graphs.figures.radial_layout import (
    BAND_HEIGHT,
    BAND_PITCH,
    Point,
    RadialLayout,
    bands,
    disc,
    outline,
    wheel,
)
from graphs.figures.ward_graph import (
    Link,
    Mark,
    Node,
    NodeKind,
    PeopleGraph,
    completed,
    nodes_marked,
)
from graphs.standing import MentorStanding

MOST_PEOPLE = 400
MOST_AT_A_GLANCE = 80
LABEL_HEIGHT = 64
RIM_SIZE = 34
BY_NEED = (
    Mark.BELOW_FLOOR,
    Mark.ON_PAPER,
    Mark.IN_FACT,
    Mark.MENTOR_PAUSED,
    Mark.MENTOR_ELSEWHERE,
)
_NEED = {mark: place for place, mark in enumerate(BY_NEED)}
_SEATING = {Mark.LEARNING: 0, Mark.MENTEE_ELSEWHERE: 1, Mark.MENTEE_PAUSED: 2}
SMALLEST_SHARE = 0.66
ALONE_SHARE = 0.6


class Load(NamedTuple):
    """What a mentor carries: counted towards the floor, thereof completed, and guided now."""

    guided: int
    completed: int
    open_now: int


_Seat = Node | int | None
"""Who sits there: somebody, as many as completed, or nobody yet."""


class Dot(NamedTuple):
    """One node in its place, or (`node` None) as many `people` as were folded into one dot."""

    node: Node | None
    mark: Mark
    x: int
    y: int
    size: int
    people: int = 1
    load: Load | None = None


class Line(NamedTuple):
    """What joins two places."""

    start: Point
    end: Point


class Frame(NamedTuple):
    """How far the picture reaches from its centre to both sides, up, and (below 0) down."""

    side: int
    top: int
    bottom: int


class WardPicture(NamedTuple):
    """What is drawn; `wedge` is the closed border around who stands apart, or empty.

    `marks` and `links` count people and pairings whether they are drawn one by one or folded;
    `is_alone` says that one mentor is looked at.
    """

    dots: tuple[Dot, ...]
    empty_seats: tuple[Point, ...]
    seat_size: int
    lines: Mapping[Link, Sequence[Line]]
    wedge: Sequence[Point]
    frame: Frame
    marks: Mapping[Mark, int]
    links: Mapping[Link, int]
    is_folded: bool
    is_alone: bool = False

    @property
    def is_dense(self) -> bool:
        """Whether one has to look closer to tell people apart."""
        return len(self.dots) > MOST_AT_A_GLANCE


def picture_ward(graph: PeopleGraph, *, floor: int, as_of: date) -> WardPicture:
    """Place the people of a ward; of more than MOST_PEOPLE, mentees fold into their mentor."""
    mentors = mentors_by_need(graph)
    learners = [learners_of(graph, mentor) for mentor in mentors]
    loads = [
        load_of(graph, mentor, len(guided), as_of)
        for mentor, guided in zip(mentors, learners, strict=True)
    ]
    posts = sorted(nodes_marked(graph, Mark.SUPPORT, Mark.SUPPORT_PAUSED))
    apart = who_stands_apart(graph)
    if graph.number_of_nodes() > MOST_PEOPLE:
        return _folded(graph, posts, dict(zip(mentors, loads, strict=True)), apart)
    fans = [
        _fan(graph, mentor, guided, load, floor)
        for mentor, guided, load in zip(mentors, learners, loads, strict=True)
    ]
    layout = wheel(len(posts), [len(fan) for fan in fans], len(apart))
    dots = [
        *_dots(graph, posts, layout.centre, layout.centre_size),
        *_mentor_dots(graph, dict(zip(mentors, loads, strict=True)), layout),
        *_dots(graph, apart, layout.apart, layout.seat_size),
    ]
    seated = [
        pair
        for fan, places in zip(fans, layout.seats, strict=True)
        for pair in zip(fan, places, strict=True)
    ]
    return _finished(graph, dots, seated, layout)


def picture_mentor(graph: PeopleGraph, mentor_id: int, *, floor: int, as_of: date) -> WardPicture:
    """Place one mentor of the ward in the centre and the people guided around."""
    mentor = Node(NodeKind.MENTOR, mentor_id)
    learners = learners_of(graph, mentor)
    load = load_of(graph, mentor, len(learners), as_of)
    around = graph.subgraph([mentor, *learners, *_wards_of(graph, learners)])
    fan = _fan(graph, mentor, learners, load, floor)
    layout = wheel(1, [0] * len(fan), 0)
    layout = layout._replace(seat_size=round(ALONE_SHARE * layout.hub_size))
    centre = Dot(mentor, graph.nodes[mentor]["mark"], 0, 0, layout.hub_size, 1, load)
    picture = _finished(around, [centre], list(zip(fan, layout.hubs, strict=True)), layout)
    side, top, bottom = picture.frame
    room = Frame(side, top + LABEL_HEIGHT, bottom - LABEL_HEIGHT)
    return picture._replace(frame=room, is_alone=True)


def mentors_by_need(graph: PeopleGraph) -> list[Node]:
    """Those furthest from the floor first, the paused and those of other wards last."""

    def need(node: Node) -> tuple[int, int, int]:
        standing = graph.nodes[node].get("standing")
        guided = standing.guided if isinstance(standing, MentorStanding) else 0
        return _NEED[graph.nodes[node]["mark"]], guided, node.id

    return sorted(nodes_marked(graph, *BY_NEED), key=need)


def learners_of(graph: PeopleGraph, mentor: Node) -> list[Node]:
    """Those who meet first, then the dormant, who live elsewhere, and the paused."""

    def seating(node: Node) -> tuple[int, bool, int]:
        is_dormant = graph.edges[mentor, node]["link"] is Link.DORMANT
        return _SEATING[graph.nodes[node]["mark"]], is_dormant, node.id

    learners = [node for node in graph[mentor] if node.kind is NodeKind.MENTEE]
    return sorted(learners, key=seating)


def load_of(graph: PeopleGraph, mentor: Node, open_now: int, as_of: date) -> Load:
    standing: MentorStanding | None = graph.nodes[mentor].get("standing")
    if standing is None:
        return Load(0, 0, open_now)
    return Load(standing.guided, completed(standing, as_of), standing.open_mentorships)


def _fan(
    graph: PeopleGraph, mentor: Node, learners: list[Node], load: Load, floor: int
) -> list[_Seat]:
    """Who sits outside a mentor: the guided, one seat for all completed, then the empty seats."""
    fan: list[_Seat] = list(learners)
    if load.completed:
        fan.append(load.completed)
    if graph.nodes[mentor]["mark"] is Mark.BELOW_FLOOR:
        fan += [None] * (floor - load.guided)
    return fan


def who_stands_apart(graph: PeopleGraph) -> list[Node]:
    """Mentees without a mentor: those who wait longest first, then those who rest."""
    waiting = nodes_marked(graph, Mark.WAITING)
    waiting.sort(key=lambda node: (graph.nodes[node]["standing"].waiting_since, node.id))
    resting = nodes_marked(graph, Mark.MENTEE_PAUSED, Mark.LEARNING)
    return [*waiting, *sorted(node for node in resting if not graph[node])]


def _wards_of(graph: PeopleGraph, nodes: Iterable[Node]) -> list[Node]:
    return [
        neighbour for node in nodes for neighbour in graph[node] if neighbour.kind is NodeKind.WARD
    ]


def _folded(
    graph: PeopleGraph,
    posts: Sequence[Node],
    loads: Mapping[Node, Load],
    apart: Sequence[Node],
) -> WardPicture:
    groups = sorted(Counter(graph.nodes[node]["mark"] for node in apart).items(), reverse=True)
    layout = disc(len(posts), len(loads), len(groups))
    dots = [
        *_dots(graph, posts, layout.centre, layout.centre_size),
        *_mentor_dots(graph, loads, layout),
        *(
            Dot(None, mark, *place, layout.seat_size, people)
            for (mark, people), place in zip(groups, layout.apart, strict=True)
        ),
    ]
    return _finished(graph, dots, None, layout)


def _dots(
    graph: PeopleGraph, nodes: Sequence[Node], places: Sequence[Point], size: int
) -> list[Dot]:
    marks = graph.nodes
    return [
        Dot(node, marks[node]["mark"], *place, size)
        for node, place in zip(nodes, places, strict=True)
    ]


def _mentor_dots(graph: PeopleGraph, loads: Mapping[Node, Load], layout: RadialLayout) -> list[Dot]:
    """Mentors, the larger the more people they guide now."""
    most = max((load.open_now for load in loads.values()), default=0) or 1
    return [
        Dot(
            node,
            graph.nodes[node]["mark"],
            *place,
            round(layout.hub_size * _share(graph.nodes[node]["mark"], load.open_now / most)),
            1,
            load,
        )
        for (node, load), place in zip(loads.items(), layout.hubs, strict=True)
    ]


def _share(mark: Mark, load: float) -> float:
    """How much of a hub's place is filled; who belongs to another ward stays small."""
    if mark is Mark.MENTOR_ELSEWHERE:
        return SMALLEST_SHARE
    return SMALLEST_SHARE + (1 - SMALLEST_SHARE) * load


def _finished(
    graph: PeopleGraph,
    dots: list[Dot],
    seated: Sequence[tuple[_Seat, Point]] | None,
    layout: RadialLayout,
) -> WardPicture:
    """Add who sits around the mentors, the neighbouring wards outside the circle, and all lines.

    `seated` is None where the mentees are folded.
    """
    reach = layout.reach
    below = reach + (LABEL_HEIGHT if layout.wedge else 0)
    size = layout.seat_size
    neighbours = sorted(nodes_marked(graph, Mark.NEIGHBOUR))
    rim = _rim(graph, neighbours, reach, below)
    for seat, place in seated or ():
        if isinstance(seat, Node):
            dots.append(Dot(seat, graph.nodes[seat]["mark"], *place, size))
        elif seat is not None:
            dots.append(Dot(None, Mark.COMPLETED, *place, size, seat))
    dots += [
        Dot(ward, Mark.NEIGHBOUR, *place, RIM_SIZE, graph.degree(ward))
        for ward, place in zip(neighbours, rim, strict=True)
    ]
    heights = [y for _, y in rim]
    return WardPicture(
        dots=tuple(dots),
        empty_seats=tuple(place for seat, place in seated or () if seat is None),
        seat_size=size,
        lines=_lines(graph, dots),
        wedge=outline(layout.wedge) if layout.wedge else (),
        frame=Frame(
            side=max(reach, BAND_PITCH * 3 // 2) if rim else reach,
            top=max([reach, *(y + BAND_HEIGHT // 2 + 8 for y in heights)]),
            bottom=min([-below, *(y - BAND_HEIGHT // 2 - 8 for y in heights)]),
        ),
        marks=Counter(known["mark"] for _, known in graph.nodes(data=True)),
        links=Counter(known["link"] for _, _, known in graph.edges(data=True)),
        is_folded=seated is None,
    )


def _rim(graph: PeopleGraph, neighbours: Sequence[Node], reach: int, below: int) -> list[Point]:
    """Place neighbouring wards above or below, ordered as they lie on the map."""
    directions = [(graph.nodes[ward]["east"], graph.nodes[ward]["north"]) for ward in neighbours]
    return bands(
        directions,
        north_from=reach + BAND_HEIGHT // 2,
        south_from=below + BAND_HEIGHT // 2,
    )


def _lines(graph: PeopleGraph, dots: Iterable[Dot]) -> dict[Link, list[Line]]:
    """Join what is drawn; whoever is folded is joined from their mentor's place."""
    places = {dot.node: (dot.x, dot.y) for dot in dots if dot.node is not None}
    lines: dict[Link, list[Line]] = {link: [] for link in Link}
    for one, other, known in graph.edges(data=True):
        link: Link = known["link"]
        start, end = places.get(one), places.get(other)
        if link is Link.ACROSS:
            person, ward = (other, one) if one.kind is NodeKind.WARD else (one, other)
            start, end = places.get(person) or _place_of_mentor(graph, person, places), places[ward]
        if start is not None and end is not None:
            lines[link].append(Line(start, end))
    return lines


def _place_of_mentor(
    graph: PeopleGraph, learner: Node, places: Mapping[Node, Point]
) -> Point | None:
    return next((places[node] for node in graph[learner] if node.kind is NodeKind.MENTOR), None)
