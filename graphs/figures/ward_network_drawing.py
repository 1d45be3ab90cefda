"""Draw a ward's network as plotly's scatter: lines, dots with signs, a legend in words."""

from collections.abc import Iterable, Mapping, Sequence
from math import hypot, pi
from typing import NamedTuple

from graphs.figures.radial_layout import LARGEST
from graphs.figures.theme import GROUND, INK, Plot, base_layout
from graphs.figures.ward_graph import Link, Mark, Node
from graphs.figures.ward_looks import (
    AMBER,
    AMBER_SOFT,
    CRITICAL_INK,
    LINE_LOOKS,
    LOOKS,
    WRITTEN,
    Look,
)
from graphs.figures.ward_network import LABEL_HEIGHT, Dot, WardPicture

# Sizes are in the units of the layout; the page tells plotly how many of them make a pixel. Until
# then, and in files, a picture is this many pixels wide.
USUAL_SIDE = 640
UNITS = 2 * LARGEST
ROOM_FOR_BUTTONS = 56
SIZEREF = round(UNITS / USUAL_SIDE, 3)
MOST_NAMED = 20
MOST_IN_CENTRE = 4
ROOMY = 54
LEARNERS = (Mark.LEARNING, Mark.MENTEE_PAUSED, Mark.MENTEE_ELSEWHERE)
CENTRAL = (Mark.SUPPORT, Mark.SUPPORT_PAUSED)
_UP, _DOWN = "top center", "bottom center"
SAVED_LEGEND = {"x": 1, "xanchor": "right", "y": 1, "bgcolor": "rgba(0,0,0,0)"}


class NodeText(NamedTuple):
    """What is written at a node, and what is told about it: `title`, `text` and `url`, or ""."""

    label: str
    told: Mapping[str, str]


class NetworkWords(NamedTuple):
    """All words of the picture.

    `marks`, `links` and `empty_seat` are entries of the legend; `folded` tells, with {count}, how
    many people one dot stands for; `apart` is written at those who stand apart. `without_support`
    and `without_mentor` are empty where there is one.
    """

    marks: Mapping[Mark, str]
    links: Mapping[Link, str]
    folded: Mapping[Mark, str]
    empty_seat: str
    apart: str
    without_support: str
    without_mentor: str


def draw_ward_network(
    picture: WardPicture, words: NetworkWords, texts: Mapping[Node, NodeText], *, floor: int
) -> Plot:
    """Draw the picture; nothing where there is nobody. Nodes without a text stay nameless."""
    if not picture.dots:
        return {"data": [], "layout": base_layout()}
    return {
        "data": [
            *_line_traces(picture, words),
            *_seat_traces(picture, words),
            *_dot_traces(picture, words, texts, floor),
            *_name_traces(picture, texts),
        ],
        "layout": base_layout(
            margin={"l": 4, "r": 4, "t": ROOM_FOR_BUTTONS if picture.is_dense else 4, "b": 4},
            showlegend=True,
            hovermode="closest",
            hoverdistance=24,
            legend={
                "orientation": "h",
                "x": 0,
                "y": 0,
                "yanchor": "top",
                "itemsizing": "constant",
                "itemclick": False,
                "itemdoubleclick": False,
                "font": {"size": 12},
            },
            xaxis=_bare_axis([-picture.frame.side, picture.frame.side]),
            yaxis=_bare_axis([picture.frame.bottom, picture.frame.top])
            | {"scaleanchor": "x", "scaleratio": 1},
            shapes=list(_grounds(picture)),
            annotations=list(_notes(picture, words)),
            meta={"picture": {"legend": SAVED_LEGEND}},
        ),
    }


def _bare_axis(between: Sequence[int]) -> Plot:
    return {
        "range": list(between),
        "visible": False,
        "fixedrange": True,
        "constrain": "domain",
    }


def _line_traces(picture: WardPicture, words: NetworkWords) -> Iterable[Plot]:
    for link, lines in picture.lines.items():
        if lines:
            xs: list[int | None] = []
            ys: list[int | None] = []
            for (x, y), (other_x, other_y) in lines:
                xs += (x, other_x, None)
                ys += (y, other_y, None)
            yield {
                "type": "scatter",
                "mode": "lines",
                "name": words.links[link],
                "x": xs,
                "y": ys,
                "line": LINE_LOOKS[link],
                "hoverinfo": "skip",
            }


def _seat_traces(picture: WardPicture, words: NetworkWords) -> Iterable[Plot]:
    if picture.empty_seats:
        yield {
            "type": "scatter",
            "mode": "markers",
            "name": words.empty_seat,
            "x": [x for x, _ in picture.empty_seats],
            "y": [y for _, y in picture.empty_seats],
            "marker": {
                "symbol": "circle",
                "size": [picture.seat_size] * len(picture.empty_seats),
                "sizeref": SIZEREF,
                "color": GROUND,
                "line": {"color": AMBER, "width": 1.2},
            },
            "hoverinfo": "skip",
        }


def _dot_traces(
    picture: WardPicture, words: NetworkWords, texts: Mapping[Node, NodeText], floor: int
) -> Iterable[Plot]:
    by_mark: dict[Mark, list[Dot]] = {mark: [] for mark in Mark}
    for dot in picture.dots:
        by_mark[dot.mark].append(dot)
    for mark, dots in by_mark.items():
        if dots:
            trace = _dot_trace(mark, dots, words, texts)
            if mark in WRITTEN:
                inside = [_inside(dot, floor, is_folded=picture.is_folded) for dot in dots]
                trace |= _written(inside, dots, LOOKS[mark])
            yield trace


def _dot_trace(
    mark: Mark, dots: Sequence[Dot], words: NetworkWords, texts: Mapping[Node, NodeText]
) -> Plot:
    look = LOOKS[mark]
    nodes, _, xs, ys, sizes, people, _ = zip(*dots, strict=True)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": words.marks[mark],
        "x": list(xs),
        "y": list(ys),
        "marker": {
            "symbol": look.symbol,
            "size": list(sizes),
            "sizeref": SIZEREF,
            "color": look.fill,
            "opacity": 1,
            "line": {"color": look.border, "width": 1.5},
        },
        "customdata": [
            text.told
            if (text := texts.get(node))
            else {"title": words.folded[mark].format(count=count), "text": ""}
            for node, count in zip(nodes, people, strict=True)
        ],
        "hovertemplate": "%{customdata.title}<br>%{customdata.text}<extra></extra>",
    }


def _inside(dot: Dot, floor: int, *, is_folded: bool) -> str:
    """What is written inside: how far below the floor, that it is met, or how many are folded."""
    sign = LOOKS[dot.mark].sign
    if dot.node is None:
        return str(dot.people) if dot.mark is Mark.COMPLETED else ""
    if dot.load is None or dot.mark is Mark.MENTOR_ELSEWHERE:
        return sign
    if dot.mark is Mark.BELOW_FLOOR:
        return f"{dot.load.guided}/{floor}" if dot.size >= ROOMY else str(dot.load.guided)
    return f"{dot.load.guided}{sign}" if is_folded else sign


def _written(inside: Sequence[str], dots: Sequence[Dot], look: Look) -> Plot:
    """Texts inside dots; `meta.font` is their height in units."""
    if not any(inside):
        return {}
    letters = max(len(text) for text in inside)
    height = min(dot.size for dot in dots) * (0.62 if letters == 1 else 1.05 / letters)
    return {
        "mode": "markers+text",
        "text": list(inside),
        "textfont": {"color": look.ink, "size": round(height * USUAL_SIDE / UNITS)},
        "meta": {"font": round(height)},
    }


def _name_traces(picture: WardPicture, texts: Mapping[Node, NodeText]) -> Iterable[Plot]:
    """Names beside dots, of each group as long as there is room for all of it.

    `meta.room` is how many units each name has for itself: where these are too few pixels, the page
    leaves the names out.
    """
    mentors = [dot for dot in picture.dots if dot.load is not None]
    groups = (
        ([dot for dot in picture.dots if dot.mark in CENTRAL], MOST_IN_CENTRE),
        (mentors, MOST_NAMED),
        ([dot for dot in picture.dots if dot.mark is Mark.NEIGHBOUR], len(picture.dots)),
        ([dot for dot in picture.dots if dot.mark in LEARNERS and picture.is_alone], MOST_NAMED),
    )
    for dots, most in groups:
        named = [dot for dot in dots if dot.node in texts]
        if named and len(named) <= most:
            trace = _name_trace(named, texts, is_alone=picture.is_alone)
            yield trace | ({"meta": {"room": _room(dots)}} if dots is mentors else {})


def _name_trace(dots: Sequence[Dot], texts: Mapping[Node, NodeText], *, is_alone: bool) -> Plot:
    places = [_beside(dot, is_alone=is_alone) for dot in dots]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, _, _ in places],
        "y": [y for _, y, _ in places],
        "text": [texts[dot.node].label for dot in dots if dot.node],
        "textposition": [side for _, _, side in places],
        "textfont": {"size": 12, "color": INK},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def _room(dots: Sequence[Dot]) -> int:
    """How far dots on a circle are apart."""
    return round(2 * pi * hypot(dots[0].x, dots[0].y) / len(dots))


def _beside(dot: Dot, *, is_alone: bool) -> tuple[int, int, str]:
    """Where a name begins: under what is in the middle, outside what is around one mentor or at
    the rim, else towards the middle, where no line runs."""
    away = dot.size // 2 + 8
    distance = hypot(dot.x, dot.y) or 1.0
    if dot.mark in CENTRAL or dot.mark is Mark.NEIGHBOUR or is_alone:
        is_above = dot.y > 0 and dot.mark not in CENTRAL
        return dot.x, dot.y + (away if is_above else -away), _UP if is_above else _DOWN
    x = round(dot.x * (1 - away / distance))
    y = round(dot.y * (1 - away / distance))
    if abs(dot.x) < 0.5 * distance:
        return x, y, _DOWN if dot.y > 0 else _UP
    return x, y, "middle left" if dot.x > 0 else "middle right"


def _grounds(picture: WardPicture) -> Iterable[Plot]:
    """A quiet surface under those who stand apart."""
    if picture.wedge:
        steps = "L".join(f"{x},{y}" for x, y in picture.wedge)
        yield {
            "type": "path",
            "path": f"M{steps}Z",
            "layer": "below",
            "fillcolor": AMBER_SOFT,
            "line": {"color": AMBER, "width": 1},
        }


def _notes(picture: WardPicture, words: NetworkWords) -> Iterable[Plot]:
    """What is written without a dot: who stands apart, and who is missing altogether."""
    if picture.wedge:
        yield _note(words.apart, min(y for _, y in picture.wedge) - LABEL_HEIGHT // 2, INK)
    if words.without_support:
        yield _note(words.without_support, 0, CRITICAL_INK)
    if words.without_mentor:
        yield _note(words.without_mentor, picture.frame.side // 2, CRITICAL_INK)


def _note(text: str, y: int, color: str) -> Plot:
    return {
        "text": text,
        "x": 0,
        "y": y,
        "showarrow": False,
        "font": {"size": 13, "color": color},
    }
