"""The people of one ward as a round picture: every number and every place, nothing drawn yet.

Support staff stand in the centre, mentors around them, mentees outside next to their mentor, with
an empty seat for each one who is missing to the floor; who waits has a part of the ring apart.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from graphs.figures.radial_layout import (
    BAND_HEIGHT,
    BAND_PITCH,
    IN_BAND,
    Point,
    RadialLayout,
    bands,
    disc,
    outline,
    wheel,
)
from graphs.figures.ward_graph import Link, Mark, Node, NodeKind, PeopleGraph
from graphs.figures.ward_order import (
    Load,
    WardPeople,
    learners_of,
    list_posts,
    load_of,
    mentors_by_need,
    neighbours_of,
    read_people,
    who_stands_apart,
)

MOST_PEOPLE = 400
MOST_AT_A_GLANCE = 80
LABEL_HEIGHT = 64
RIM_SIZE = 34
SMALLEST_SHARE = 0.66
ALONE_SHARE = 0.6


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
    people = read_people(graph)
    posts, apart = list_posts(people), who_stands_apart(people)
    loads = {mentor: load_of(people, mentor, as_of) for mentor in mentors_by_need(people)}
    if len(people.known) > MOST_PEOPLE:
        return _folded(people, posts, loads, apart)
    fans = [_fan(people, mentor, load, floor) for mentor, load in loads.items()]
    layout = wheel(len(posts), [len(fan) for fan in fans], len(apart))
    dots = [
        *_dots(people, posts, layout.centre, layout.centre_size),
        *_mentor_dots(people, loads, layout),
        *_dots(people, apart, layout.apart, layout.seat_size),
    ]
    seated = list(zip(chain(*fans), chain(*layout.seats), strict=True))
    return _finished(people, dots, seated, layout)


def picture_mentor(graph: PeopleGraph, mentor_id: int, *, floor: int, as_of: date) -> WardPicture:
    """Place one mentor of the ward in the centre and the people guided around."""
    mentor = Node(NodeKind.MENTOR, mentor_id)
    whole = read_people(graph)
    learners = learners_of(whole, mentor)
    wards = [ward for learner in learners for ward in neighbours_of(whole, learner)]
    people = read_people(graph.subgraph([mentor, *learners, *wards]))
    load = load_of(people, mentor, as_of)
    fan = _fan(people, mentor, load, floor)
    layout = wheel(1, [0] * len(fan), 0)
    layout = layout._replace(seat_size=round(ALONE_SHARE * layout.hub_size))
    centre = Dot(mentor, people.mark(mentor), 0, 0, layout.hub_size, 1, load)
    picture = _finished(people, [centre], list(zip(fan, layout.hubs, strict=True)), layout)
    side, top, bottom = picture.frame
    room = Frame(side, top + LABEL_HEIGHT, bottom - LABEL_HEIGHT)
    return picture._replace(frame=room, is_alone=True)


def _fan(people: WardPeople, mentor: Node, load: Load, floor: int) -> list[_Seat]:
    """Who sits outside a mentor: the guided, one seat for all completed, then the empty seats."""
    fan: list[_Seat] = list(learners_of(people, mentor))
    if load.completed:
        fan.append(load.completed)
    if people.mark(mentor) is Mark.BELOW_FLOOR:
        fan += [None] * (floor - load.guided)
    return fan


def _folded(
    people: WardPeople, posts: Sequence[Node], loads: Mapping[Node, Load], apart: Sequence[Node]
) -> WardPicture:
    groups = sorted(Counter(people.mark(node) for node in apart).items(), reverse=True)
    layout = disc(len(posts), len(loads), len(groups))
    dots = [
        *_dots(people, posts, layout.centre, layout.centre_size),
        *_mentor_dots(people, loads, layout),
        *(
            Dot(None, mark, *place, layout.seat_size, count)
            for (mark, count), place in zip(groups, layout.apart, strict=True)
        ),
    ]
    return _finished(people, dots, None, layout)


def _dots(
    people: WardPeople, nodes: Sequence[Node], places: Sequence[Point], size: int
) -> list[Dot]:
    return [
        Dot(node, people.known[node]["mark"], x, y, size)
        for node, (x, y) in zip(nodes, places, strict=True)
    ]


def _mentor_dots(people: WardPeople, loads: Mapping[Node, Load], layout: RadialLayout) -> list[Dot]:
    """Mentors, the larger the more people they guide now."""
    most = max((load.open_now for load in loads.values()), default=0) or 1
    return [
        Dot(
            node,
            people.mark(node),
            *place,
            round(layout.hub_size * _share(people.mark(node), load.open_now / most)),
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
    people: WardPeople,
    dots: list[Dot],
    seated: Sequence[tuple[_Seat, Point]] | None,
    layout: RadialLayout,
) -> WardPicture:
    """Add who sits around the mentors, the neighbouring wards outside the circle, and all lines.

    `seated` is None where the mentees are folded.
    """
    below = layout.reach + (LABEL_HEIGHT if layout.wedge else 0)
    neighbours = people.marked[Mark.NEIGHBOUR]
    rim = _rim(people, neighbours, layout.reach, below)
    dots += _seated_dots(people, seated or (), layout.seat_size)
    dots += [
        Dot(ward, Mark.NEIGHBOUR, *place, RIM_SIZE, len(people.joined[ward]))
        for ward, place in zip(neighbours, rim, strict=True)
    ]
    lines = _lines(people, dots)
    return WardPicture(
        dots=tuple(dots),
        empty_seats=tuple(place for seat, place in seated or () if seat is None),
        seat_size=layout.seat_size,
        lines=lines,
        wedge=outline(layout.wedge) if layout.wedge else (),
        frame=_frame(layout.reach, below, [y for _, y in rim]),
        marks={mark: len(nodes) for mark, nodes in people.marked.items() if nodes},
        links=_count_links(people),
        is_folded=seated is None,
    )


def _seated_dots(
    people: WardPeople, seated: Iterable[tuple[_Seat, Point]], size: int
) -> Iterator[Dot]:
    for seat, (x, y) in seated:
        if isinstance(seat, Node):
            yield Dot(seat, people.known[seat]["mark"], x, y, size)
        elif seat is not None:
            yield Dot(None, Mark.COMPLETED, x, y, size, seat)


def _frame(reach: int, below: int, heights: Sequence[int]) -> Frame:
    """Leave room for the names of neighbouring wards, beyond their dots."""
    beyond = BAND_HEIGHT // 2 + 8
    return Frame(
        side=max(reach, BAND_PITCH * IN_BAND // 2) if heights else reach,
        top=max([reach, *(y + beyond for y in heights)]),
        bottom=min([-below, *(y - beyond for y in heights)]),
    )


def _rim(people: WardPeople, neighbours: Sequence[Node], reach: int, below: int) -> list[Point]:
    """Place neighbouring wards above or below, ordered as they lie on the map."""
    return bands(
        [(people.known[ward]["east"], people.known[ward]["north"]) for ward in neighbours],
        north_from=reach + BAND_HEIGHT // 2,
        south_from=below + BAND_HEIGHT // 2,
    )


def _lines(people: WardPeople, dots: Iterable[Dot]) -> dict[Link, list[Line]]:
    """Join what is drawn; whoever is folded is joined from their mentor's place."""
    places = {dot.node: (dot.x, dot.y) for dot in dots if dot.node is not None}
    lines: dict[Link, list[Line]] = {link: [] for link in Link}
    for node, start in places.items():
        if node.kind is NodeKind.MENTOR:
            for other, pairing in people.joined[node].items():
                if other in places and other.kind is NodeKind.MENTEE:
                    lines[pairing["link"]].append(Line(start, places[other]))
        elif node.kind is NodeKind.WARD:
            for person in people.joined[node]:
                lines[Link.ACROSS].append(Line(_place(people, person, places), start))
    return lines


def _place(people: WardPeople, person: Node, places: Mapping[Node, Point]) -> Point:
    """Where somebody stands, or, folded, the mentor."""
    if person in places:
        return places[person]
    return next(places[node] for node in people.joined[person] if node.kind is NodeKind.MENTOR)


def _count_links(people: WardPeople) -> Mapping[Link, int]:
    """Count pairings from their mentors, and ways to other wards from these."""
    return Counter(
        edge["link"]
        for node, edges in people.joined.items()
        if node.kind in {NodeKind.MENTOR, NodeKind.WARD}
        for edge in edges.values()
        if node.kind is NodeKind.WARD or edge["link"] is not Link.ACROSS
    )
