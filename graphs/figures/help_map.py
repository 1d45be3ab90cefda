"""The map of the wards with an arrow from each that helps to the one that is helped."""

from collections.abc import Iterable, Mapping, Sequence
from math import atan2, cos, degrees, radians
from typing import NamedTuple

from graphs.figures.theme import BLUE, INK, Plot, base_layout
from graphs.figures.ward_map import MapLabels, WardPoint, draw_ward_map

# Where an arrow begins and ends on the way between two wards: arrows in one ward stay apart.
BEGINS, ENDS = 0.05, 0.95
HEAD_SIZE = 16
WIDTH = 3


class Arrow(NamedTuple):
    """Help from one ward to another, and what is said of it; support rather than learners."""

    giver: str
    taker: str
    told: str
    is_support: bool


class ArrowLabels(NamedTuple):
    """What the two kinds of arrows are called in a legend."""

    learners: str
    support: str


def draw_help_map(
    points: Sequence[WardPoint], labels: MapLabels, arrows: Sequence[Arrow], names: ArrowLabels
) -> Plot:
    """Draw the wards in grey and the arrows upon them; nothing where nobody helps."""
    if not arrows:
        return {"data": [], "layout": base_layout()}
    # The wards step back, so that the arrows are what is seen; their labels stay.
    plot = draw_ward_map([point._replace(is_asked_for=False) for point in points], labels)
    for surface in plot["data"]:
        surface["showlegend"] = False
    by_code = {point.code: point for point in points}
    learners = [arrow for arrow in arrows if not arrow.is_support]
    support = [arrow for arrow in arrows if arrow.is_support]
    plot["data"] += [
        *(_arrows(learners, by_code, names.learners, BLUE, "solid") if learners else ()),
        *(_arrows(support, by_code, names.support, INK, "dot") if support else ()),
    ]
    return plot


def _arrows(
    arrows: Sequence[Arrow], points: Mapping[str, WardPoint], name: str, colour: str, dash: str
) -> Iterable[Plot]:
    """Lines, with a gap after each, and their heads, which carry the words."""
    spans = [_span(points[arrow.giver], points[arrow.taker]) for arrow in arrows]
    yield {
        "type": "scattergeo",
        "mode": "lines",
        "meta": "arrows",
        "name": name,
        "showlegend": True,
        "lon": [part for span in spans for part in (span.begin[0], span.end[0], None)],
        "lat": [part for span in spans for part in (span.begin[1], span.end[1], None)],
        "line": {"color": colour, "width": WIDTH, "dash": dash},
        "hoverinfo": "skip",
    }
    yield {
        "type": "scattergeo",
        "mode": "markers",
        "meta": "heads",
        "showlegend": False,
        "lon": [span.end[0] for span in spans],
        "lat": [span.end[1] for span in spans],
        "marker": {
            "symbol": "arrow",
            "angle": [span.bearing for span in spans],
            "size": HEAD_SIZE,
            "color": colour,
            "opacity": 1,
        },
        "customdata": [{"title": arrow.told} for arrow in arrows],
        "hovertemplate": "%{customdata.title}<extra></extra>",
    }


class _Span(NamedTuple):
    """Longitude and latitude of both ends of an arrow, and where it points: 0 up, 90 right."""

    begin: tuple[float, float]
    end: tuple[float, float]
    bearing: int


def _span(giver: WardPoint, taker: WardPoint) -> _Span:
    across, along = taker.longitude - giver.longitude, taker.latitude - giver.latitude

    def on_the_way(share: float) -> tuple[float, float]:
        return (
            round(giver.longitude + across * share, 3),
            round(giver.latitude + along * share, 3),
        )

    # The map is Mercator's: it keeps angles, and a degree across is shorter than one along.
    bearing = degrees(atan2(across * cos(radians(giver.latitude)), along))
    return _Span(on_the_way(BEGINS), on_the_way(ENDS), round(bearing))
