"""The map of who helps whom: where each arrow begins, ends and points."""

import plotly.graph_objects as go
import pytest

from graphs.figures.help_map import Arrow, ArrowLabels, draw_help_map
from graphs.figures.ward_map import MapLabels, WardLabel, WardPoint
from graphs.findings import WardStatus

CODES = ("21553", "21583", "23575")
NAMES = ArrowLabels("người học", "hỗ trợ")


def point(code, longitude, latitude):
    return WardPoint(
        code, WardStatus.CRITICAL, longitude, latitude, is_island=False, is_asked_for=True
    )


# On the equator, where a degree across is as long as one along.
POINTS = [point("21553", 109.0, 0.0), point("21583", 110.0, 0.0), point("23575", 109.0, 1.0)]
LABELS = MapLabels(
    boundaries_url="/static/geo/wards.geojson",
    address="/xa/*",
    figures=("mentor",),
    wards={code: WardLabel(f"xã {code}", "", (1,)) for code in CODES},
    statuses={status: f"tên {status}" for status in WardStatus},
    towns={},
)


def arrow(giver, taker, *, is_support=False):
    return Arrow(giver, taker, f"{giver} → {taker}", is_support)


def drawn(*arrows):
    return draw_help_map(POINTS, LABELS, arrows, NAMES)


def traces(plot, meta):
    return [trace for trace in plot["data"] if trace.get("meta") == meta]


def test_where_nobody_helps_nothing_is_drawn():
    assert drawn()["data"] == []


def test_an_arrow_goes_nearly_from_point_to_point():
    [lines] = traces(drawn(arrow("21553", "21583")), "arrows")

    assert lines["lon"] == [109.05, 109.95, None]
    assert lines["lat"] == [0.0, 0.0, None]


@pytest.mark.parametrize(
    ("giver", "taker", "bearing"),
    [
        ("21553", "21583", 90),
        ("21583", "21553", -90),
        ("21553", "23575", 0),
        ("23575", "21553", 180),
        ("21583", "23575", -45),
    ],
)
def test_the_head_points_to_the_ward_that_is_helped(giver, taker, bearing):
    [heads] = traces(drawn(arrow(giver, taker)), "heads")

    assert heads["marker"]["angle"] == [bearing]
    assert heads["customdata"] == [{"title": f"{giver} → {taker}"}]


def test_learners_and_support_differ_by_more_than_colour():
    plot = drawn(arrow("21553", "21583"), arrow("21553", "23575", is_support=True))

    learners, support = traces(plot, "arrows")
    assert (learners["name"], learners["line"]["dash"]) == ("người học", "solid")
    assert (support["name"], support["line"]["dash"]) == ("hỗ trợ", "dot")
    shown = [trace["name"] for trace in plot["data"] if trace["showlegend"]]
    assert shown == ["người học", "hỗ trợ"]


def test_plotly_accepts_the_map():
    plot = drawn(arrow("21553", "21583"), arrow("21553", "23575", is_support=True))

    assert len(go.Figure(plot).data) == len(plot["data"])
