"""Where things stand in a round picture: arithmetic on counts alone, the same for the same counts.

Everything is in whole units around the centre; x grows to the right, y upwards. A layout reaches as
far as its `reach` all around, LARGEST at most. Sizes are diameters. Nothing overlaps: two centres
lie further apart than half of both sizes together.
"""

from collections.abc import Iterator, Sequence
from math import ceil, cos, pi, sin
from typing import NamedTuple

Point = tuple[int, int]

LARGEST = 500
SMALLEST = 300
MARGIN = 10
SEAT_PITCH_MAX = 58.0
HUB_MAX = 92.0
CENTRE_MAX = 56.0
DEEPEST = 14
HUB_COLUMNS = 2
GAP = 0.7
FILLED = 0.72
FILLED_HUB = 0.84
SPREAD_MAX = 1.35
BOTTOM = -pi / 2
AIR = 12.0
APART = 1.75
APART_NAMED = 2.8
FEW = 4
NAME_ROOM = 72.0
CENTRE_WIDE = 140.0
BENCH = 96.0
IN_BAND = 3
BAND_PITCH = 330
BAND_HEIGHT = 100


class Wedge(NamedTuple):
    """The part of the ring for those who stand apart: angles in radians, and two radii."""

    start: float
    end: float
    inner: float
    outer: float


class RadialLayout(NamedTuple):
    """Places in the order in which they were asked for; `wedge` is None when nobody is apart."""

    reach: int
    centre: list[Point]
    centre_size: int
    hubs: list[Point]
    hub_size: int
    seats: list[list[Point]]
    seat_size: int
    apart: list[Point]
    wedge: Wedge | None


class _Ring(NamedTuple):
    """`rows` of seats, `pitch` apart; `inner` is the radius of the innermost row."""

    rows: int
    pitch: float
    inner: float
    outer: float

    def columns(self, seats: int) -> int:
        return max(HUB_COLUMNS, ceil(seats / self.rows))


def wheel(centre: int, fans: Sequence[int], apart: int) -> RadialLayout:
    """Place some in the centre, a hub for each fan around them, and the fan's seats outside.

    `fans` holds the number of seats of each hub. Hubs follow each other clockwise from the bottom,
    where those apart have a wedge of the ring for themselves.
    """
    ring = _widest_ring(fans, apart, middle=_middle_of(centre) if fans else 0.0)
    slots = [ring.columns(seats) + GAP for seats in fans]
    bench = ring.columns(apart) + 2 * GAP if apart else 0.0
    turn = min(2 * pi / (sum(slots) + bench or 1.0), SPREAD_MAX * ring.pitch / ring.inner)
    bench_angle = bench * turn
    stretch = (2 * pi - bench_angle) / (sum(slots) or 1.0)
    middles = list(_middles(slots, stretch, BOTTOM - bench_angle / 2))
    hub_radius, hub = _hub_ring(ring, min(slots, default=0.0) * stretch, has_seats=any(fans))
    wedge = _wedge(ring, bench_angle) if apart else None
    posts, post_size = _centre(
        centre, hub_radius - hub / 2 - NAME_ROOM * (centre > 1) if fans else ring.inner - ring.pitch
    )
    return RadialLayout(
        reach=ceil(ring.outer) + MARGIN,
        centre=posts,
        centre_size=post_size,
        hubs=[_point(hub_radius, middle) for middle in middles],
        hub_size=int(hub),
        seats=[
            _fan(ring, seats, middle, turn) for seats, middle in zip(fans, middles, strict=True)
        ],
        seat_size=int(FILLED * ring.pitch),
        apart=_fan(ring, apart, BOTTOM, turn),
        wedge=wedge,
    )


def disc(centre: int, hubs: int, groups: int) -> RadialLayout:
    """Place many hubs in rings, column after column clockwise from the bottom, without seats.

    Neighbours in order are neighbours in the picture, so that what is sorted makes sectors. The
    few groups of those apart stand one above the other.
    """
    ring = _widest_ring([hubs] if hubs else [], groups)
    bench = BENCH / ring.inner if groups else 0.0
    turn = (2 * pi - bench) / (ceil(hubs / ring.rows) + GAP)
    start = BOTTOM - (bench + GAP * turn) / 2
    posts, post_size = _centre(centre, ring.inner - ring.pitch / 2)
    step = (ring.outer - ring.inner) / (groups + 1)
    return RadialLayout(
        reach=ceil(ring.outer) + MARGIN,
        centre=posts,
        centre_size=post_size,
        hubs=[
            _point(
                ring.inner + (place % ring.rows) * ring.pitch,
                start - (place // ring.rows + 0.5) * turn,
            )
            for place in range(hubs)
        ],
        hub_size=int(0.86 * min(ring.pitch, turn * ring.inner)),
        seats=[[] for _ in range(hubs)],
        seat_size=int(min(CENTRE_MAX, 0.8 * step)),
        apart=[_point(ring.inner + step * (number + 1), BOTTOM) for number in range(groups)],
        wedge=_wedge(ring, bench) if groups else None,
    )


def bands(
    directions: Sequence[tuple[float, float]], *, north_from: int, south_from: int
) -> list[Point]:
    """Place what lies outside the circle: above it what is north, below what is not, west to east.

    `directions` are steps to the east and to the north, of any length. The first rows have their
    middle so far from the centre; full rows are followed by others further out.
    """
    places: dict[int, Point] = {}
    for sign, first in ((1, north_from), (-1, south_from)):
        side = [place for place, (_, north) in enumerate(directions) if (north >= 0) == (sign > 0)]
        side.sort(key=lambda place: (directions[place], place))
        for start in range(0, len(side), IN_BAND):
            row = side[start : start + IN_BAND]
            y = sign * (first + start // IN_BAND * BAND_HEIGHT)
            left = -BAND_PITCH * (len(row) - 1) // 2
            places |= {place: (left + BAND_PITCH * column, y) for column, place in enumerate(row)}
    return [places[place] for place in range(len(directions))]


def outline(wedge: Wedge, *, corners: int = 12) -> list[Point]:
    """Return the border of a wedge as a closed line."""
    step = (wedge.end - wedge.start) / corners
    angles = [wedge.start + step * number for number in range(corners + 1)]
    outer = [_point(wedge.outer, angle) for angle in angles]
    return [*outer, *(_point(wedge.inner, angle) for angle in reversed(angles)), outer[0]]


def _widest_ring(fans: Sequence[int], apart: int, *, middle: float = 0.0) -> _Ring:
    """Choose the number of rows that leaves most room for each seat; fewest where that is enough.

    With c columns in all, of pitch s at the innermost row, 2π (outer - (rows - ½) s) = c s. Where
    even the largest seats leave the ring half empty, the ring is made smaller, but not so small
    that hubs come nearer to the centre than `middle`.
    """
    outer = float(LARGEST - MARGIN)
    best = _Ring(1, 0.0, outer, outer)
    for rows in range(1, DEEPEST + 1):
        columns = sum(max(HUB_COLUMNS, ceil(seats / rows)) + GAP for seats in fans)
        if apart:
            columns += max(HUB_COLUMNS, ceil(apart / rows)) + 2 * GAP
        room = 2 * pi * outer / (columns + 2 * pi * (rows - 0.5))
        pitch = min(SEAT_PITCH_MAX, room)
        if pitch > best.pitch:
            best = _Ring(rows, pitch, outer - (rows - 0.5) * pitch, outer)
        if room >= SEAT_PITCH_MAX:
            wide = SPREAD_MAX * columns * pitch / (2 * pi) + (rows - 0.5) * pitch
            deep = 1.3 * HUB_MAX * len(fans) / (2 * pi) + HUB_MAX / 2 + (rows + 1) * pitch
            around = middle + HUB_MAX + (rows + 1) * pitch
            outer = min(outer, max(SMALLEST - MARGIN, wide, deep, around))
            return _Ring(rows, pitch, outer - (rows - 0.5) * pitch, outer)
    return best


def _hub_ring(ring: _Ring, slot: float, *, has_seats: bool) -> tuple[float, float]:
    """Return the radius that hubs stand on and their size: what the narrowest slot allows.

    A hub of size h touches the free room inside the seats: radius = room - h / 2, and there the
    slot's chord is 2 radius sin(slot / 2).
    """
    room = ring.inner - ring.pitch / 2 - max(ring.pitch, AIR) if has_seats else ring.outer
    chord = FILLED_HUB * 2 * sin(min(slot, pi) / 2)
    hub = min(HUB_MAX, chord * room / (1 + chord / 2))
    return room - hub / 2, hub


def _middles(slots: Sequence[float], stretch: float, start: float) -> Iterator[float]:
    """Yield the angle in the middle of each slot, clockwise."""
    angle = start
    for slot in slots:
        yield angle - slot * stretch / 2
        angle -= slot * stretch


def _fan(ring: _Ring, seats: int, middle: float, turn: float) -> list[Point]:
    """Return the places of a fan: row after row outwards, clockwise in each, the last centred."""
    columns = ring.columns(seats)
    places = []
    for first in range(0, seats, columns):
        in_row = min(columns, seats - first)
        radius = ring.inner + first // columns * ring.pitch
        places += [
            _point(radius, middle + ((in_row - 1) / 2 - column) * turn) for column in range(in_row)
        ]
    return places


def _centre(count: int, free: float) -> tuple[list[Point], int]:
    """Place some in the middle of a free circle: one at its centre, several around it."""
    if count <= 1:
        return [(0, 0)] * count, int(min(CENTRE_MAX, free))
    spacing = _spacing(count)
    size = min(CENTRE_MAX, (free - AIR) / (spacing + 0.5))
    radius = spacing * size
    start = pi / 2 if count % 2 else pi / 2 + pi / count
    return [_point(radius, start - 2 * pi * place / count) for place in range(count)], int(size)


def _spacing(count: int) -> float:
    """How far from the middle several stand around it, as a multiple of their size."""
    return (APART if count > FEW else APART_NAMED) / (2 * sin(pi / count))


def _middle_of(count: int) -> float:
    """The radius that those in the middle and the names around them take, if it can be had."""
    if not count:
        return 0.0
    wide = CENTRE_MAX * ((_spacing(count) if count > 1 else 0.0) + 0.5)
    return min(wide, CENTRE_WIDE) + NAME_ROOM


def _wedge(ring: _Ring, angle: float) -> Wedge:
    inner = ring.inner - 0.8 * ring.pitch
    return Wedge(BOTTOM - angle / 2, BOTTOM + angle / 2, inner, ring.outer + MARGIN)


def _point(radius: float, angle: float) -> Point:
    return round(radius * cos(angle)), round(radius * sin(angle))
