"""The wards on a map: each in the colour and with the sign of its status."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from graphs.audit import AuditedWard
from graphs.figures.theme import BLUE, CLEAR, FADED, GROUND, INK, STATUS_LOOKS, Plot, base_layout
from graphs.findings import WardStatus

# Degrees around the province, with room for names in the sea.
LONGITUDES = (107.42, 109.72)
LATITUDES = (12.96, 14.74)
# Pixels across; a name stands half of it from its point.
NAME_DISTANCE = 16
STATUS_ORDER = (
    WardStatus.CRITICAL,
    WardStatus.WARNING,
    WardStatus.COVERED,
    WardStatus.NO_DATA,
)


class WardPlace(NamedTuple):
    """Where a ward lies: a point well inside it, in degrees (WGS 84)."""

    code: str
    longitude: float
    latitude: float
    is_island: bool


class WardPoint(NamedTuple):
    """A ward on the map; one that was not asked for is there, but faded."""

    code: str
    status: WardStatus
    longitude: float
    latitude: float
    is_island: bool
    is_asked_for: bool


class WardLabel(NamedTuple):
    """What a ward is called, what its status comes from, and its figures, one for each name."""

    title: str
    cause: str = ""
    figures: tuple[int, ...] = ()


class MapLabels(NamedTuple):
    """All words and addresses on the map: wards and towns by code, statuses by themselves.

    `address` is that of a ward's page with a star for its code. `figures` names the figures of a
    ward. `towns` holds the names that are always written, with the side of the point they stand on.
    """

    boundaries_url: str
    address: str
    figures: tuple[str, ...]
    wards: Mapping[str, WardLabel]
    statuses: Mapping[WardStatus, str]
    towns: Mapping[str, tuple[str, str]]


def ward_points(
    wards: Iterable[AuditedWard], places: Iterable[WardPlace], *, asked_for: WardStatus | None
) -> list[WardPoint]:
    """Put the audited wards in their places, in order of code; `asked_for` None asks for all."""
    by_code = {place.code: place for place in places}
    return [
        WardPoint(
            code=ward.code,
            status=ward.status,
            longitude=round(by_code[ward.code].longitude, 3),
            latitude=round(by_code[ward.code].latitude, 3),
            is_island=by_code[ward.code].is_island,
            is_asked_for=asked_for in {None, ward.status},
        )
        for ward in sorted(wards, key=lambda ward: ward.code)
    ]


def count_statuses(points: Iterable[WardPoint]) -> list[tuple[WardStatus, int]]:
    """Return how many wards each status has, in the order of the legend; none is left out."""
    counts = Counter(point.status for point in points)
    return [(status, counts[status]) for status in STATUS_ORDER]


def draw_ward_map(points: Sequence[WardPoint], labels: MapLabels) -> Plot:
    """Draw the points as plotly's choropleth with signs; nothing where there is no point."""
    if not points:
        return {"data": [], "layout": base_layout()}
    surfaces = [
        _surface(status, [point for point in points if point.status is status], count, labels)
        for status, count in count_statuses(points)
        if count
    ]
    islands = [point for point in points if point.is_island]
    named = [point for point in points if point.code in labels.towns]
    return {
        "data": [
            *surfaces,
            _islands(islands, labels),
            _signs(points),
            _names(named, labels),
            _mark(labels.boundaries_url),
        ],
        "layout": base_layout(
            margin={"l": 0, "r": 0, "t": 0, "b": 0},
            geo={
                "visible": False,
                "bgcolor": GROUND,
                "projection": {"type": "mercator"},
                "lonaxis": {"range": list(LONGITUDES)},
                "lataxis": {"range": list(LATITUDES)},
            },
            legend={"orientation": "h", "x": 0, "y": 0, "yanchor": "top"},
            meta={"address": labels.address, "picture": {"showlegend": True}},
        ),
    }


def _surface(
    status: WardStatus, points: Sequence[WardPoint], count: int, labels: MapLabels
) -> Plot:
    look = STATUS_LOOKS[status]
    fill = look.fill if points[0].is_asked_for else FADED
    return {
        "type": "choropleth",
        "meta": status.value if fill is not FADED else "faded",
        "name": f"{look.sign} {labels.statuses[status]} ({count})",
        "showlegend": True,
        "geojson": labels.boundaries_url,
        "featureidkey": "properties.code",
        "locationmode": "geojson-id",
        "locations": [point.code for point in points],
        "z": [1] * len(points),
        "colorscale": [[0, fill], [1, fill]],
        "showscale": False,
        "marker": {"line": {"color": "#ffffff" if fill is not FADED else "#cfd6dc", "width": 0.8}},
        **_told(points, labels),
        "hovertemplate": _telling(status, labels),
    }


def _islands(points: Sequence[WardPoint], labels: MapLabels) -> Plot:
    """An island would be a dot of two pixels: it gets a disc of its colour."""
    return {
        "type": "scattergeo",
        "mode": "markers",
        "meta": "islands",
        "ids": [point.code for point in points],
        "lon": [point.longitude for point in points],
        "lat": [point.latitude for point in points],
        "showlegend": False,
        "marker": {
            "size": 17,
            "color": [
                STATUS_LOOKS[point.status].fill if point.is_asked_for else FADED for point in points
            ],
            "opacity": 1,
            "line": {"color": "#75848f", "width": 1},
        },
        **_told(points, labels),
        "hovertemplate": [_telling(point.status, labels) for point in points],
    }


def _told(points: Sequence[WardPoint], labels: MapLabels) -> Plot:
    """What belongs to one ward; what all wards of a status share stands in its telling."""
    told = (labels.wards[point.code] for point in points)
    return {
        "customdata": [
            {"title": label.title, "cause": label.cause, "n": label.figures}
            if label.figures
            else {"title": label.title}
            for label in told
        ]
    }


def _telling(status: WardStatus, labels: MapLabels) -> str:
    head = f"%{{customdata.title}}<br>{STATUS_LOOKS[status].sign} {labels.statuses[status]}"
    if status is WardStatus.NO_DATA:
        return f"{head}<extra></extra>"
    counts = ", ".join(
        f"%{{customdata.n[{place}]}} {name}" for place, name in enumerate(labels.figures)
    )
    return f"{head}%{{customdata.cause}}<br>{counts}<extra></extra>"


def _signs(points: Sequence[WardPoint]) -> Plot:
    looks = [STATUS_LOOKS[point.status] for point in points]
    return {
        "type": "scattergeo",
        "mode": "text",
        "meta": "signs",
        "ids": [point.code for point in points],
        "lon": [point.longitude for point in points],
        "lat": [point.latitude for point in points],
        "text": [
            look.sign if point.is_asked_for else ""
            for point, look in zip(points, looks, strict=True)
        ],
        "textfont": {"size": 11, "weight": 700, "color": [look.ink for look in looks]},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _names(points: Sequence[WardPoint], labels: MapLabels) -> Plot:
    return {
        "type": "scattergeo",
        "mode": "markers+text",
        "meta": "names",
        "ids": [point.code for point in points],
        "lon": [point.longitude for point in points],
        "lat": [point.latitude for point in points],
        "text": [labels.towns[point.code][0] for point in points],
        "textposition": [labels.towns[point.code][1] for point in points],
        "textfont": {"size": 12, "color": INK, "weight": 600, "shadow": _halo()},
        # Unseen: they keep the names off the signs.
        "marker": {"size": NAME_DISTANCE, "opacity": 0},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _mark(boundaries_url: str) -> Plot:
    """An outline for the ward that the reader looks for; the page says which one it is."""
    return {
        "type": "choropleth",
        "meta": "mark",
        "visible": False,
        "geojson": boundaries_url,
        "featureidkey": "properties.code",
        "locationmode": "geojson-id",
        "locations": [],
        "z": [],
        "colorscale": [[0, CLEAR], [1, CLEAR]],
        "showscale": False,
        "marker": {"line": {"color": BLUE, "width": 4}},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _halo() -> str:
    """White around dark letters, so that they are read on any colour."""
    around = ("1px 1px", "-1px -1px", "1px -1px", "-1px 1px")
    return ", ".join(f"{shift} 1px {GROUND}" for shift in around)
