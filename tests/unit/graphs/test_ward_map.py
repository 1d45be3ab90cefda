"""The map of the wards: which ward is drawn where, how, and with how many of its kind."""

import plotly.graph_objects as go
import pytest

from graphs.audit import AuditedWard
from graphs.figures.theme import FADED, STATUS_LOOKS
from graphs.figures.ward_map import (
    MapLabels,
    WardLabel,
    WardPlace,
    WardPoint,
    count_statuses,
    draw_ward_map,
    ward_points,
)
from graphs.findings import WardStatus
from graphs.measures import WardFigures

CRITICAL, WARNING, COVERED, NO_DATA = (
    WardStatus.CRITICAL,
    WardStatus.WARNING,
    WardStatus.COVERED,
    WardStatus.NO_DATA,
)
PLACES = [
    WardPlace("21553", 109.16679, 13.78805, is_island=False),
    WardPlace("21607", 109.3489, 13.62027, is_island=True),
    WardPlace("23575", 108.03068, 13.9971, is_island=False),
]


def audited(code: str, status: WardStatus) -> AuditedWard:
    figures = WardFigures(code, f"Xã {code}", *(0,) * 10, False, False, 0, 0)
    return AuditedWard(figures, status, None, None)


def labels(*codes: str) -> MapLabels:
    return MapLabels(
        boundaries_url="/static/geo/wards.geojson",
        address="/xa/*",
        figures=("mentor", "người học"),
        wards={code: WardLabel(f"xã {code}", f": lý do {code}", (1, 2)) for code in codes},
        statuses={status: f"tên {status}" for status in WardStatus},
        towns={"23575": ("Pleiku", "bottom center")},
    )


def drawn(points: list[WardPoint]) -> dict:
    return draw_ward_map(points, labels(*(point.code for point in points)))


def traces(plot: dict, **wanted: object) -> list[dict]:
    return [trace for trace in plot["data"] if wanted.items() <= trace.items()]


def test_every_audited_ward_stands_at_its_place_in_order_of_code():
    wards = [audited("23575", COVERED), audited("21607", NO_DATA), audited("21553", CRITICAL)]

    points = ward_points(wards, PLACES, asked_for=None)

    assert points == [
        WardPoint("21553", CRITICAL, 109.167, 13.788, is_island=False, is_asked_for=True),
        WardPoint("21607", NO_DATA, 109.349, 13.62, is_island=True, is_asked_for=True),
        WardPoint("23575", COVERED, 108.031, 13.997, is_island=False, is_asked_for=True),
    ]


def test_wards_of_another_status_than_the_asked_one_stay_on_the_map():
    wards = [audited("21553", CRITICAL), audited("23575", COVERED)]

    points = ward_points(wards, PLACES, asked_for=COVERED)

    assert [(point.code, point.is_asked_for) for point in points] == [
        ("21553", False),
        ("23575", True),
    ]


def test_the_legend_counts_each_status_and_keeps_those_that_no_ward_has():
    wards = [audited("21553", NO_DATA), audited("21607", NO_DATA), audited("23575", CRITICAL)]

    counts = count_statuses(ward_points(wards, PLACES, asked_for=None))

    assert counts == [(CRITICAL, 1), (WARNING, 0), (COVERED, 0), (NO_DATA, 2)]


def test_each_status_is_one_surface_with_sign_word_and_number():
    points = ward_points(
        [audited("21553", CRITICAL), audited("21607", CRITICAL), audited("23575", NO_DATA)],
        PLACES,
        asked_for=None,
    )

    plot = drawn(points)

    assert [
        (trace["name"], trace["locations"], trace["colorscale"][0][1])
        for trace in traces(plot, type="choropleth", showlegend=True)
    ] == [
        ("▲ tên critical (2)", ["21553", "21607"], STATUS_LOOKS[CRITICAL].fill),
        ("– tên no_data (1)", ["23575"], STATUS_LOOKS[NO_DATA].fill),
    ]


def test_every_ward_carries_its_sign_and_leads_to_its_page():
    points = ward_points(
        [audited("21553", CRITICAL), audited("23575", COVERED)], PLACES, asked_for=None
    )

    plot = drawn(points)

    [signs] = traces(plot, meta="signs")
    [covered] = traces(plot, meta="covered")
    assert dict(zip(signs["ids"], signs["text"], strict=True)) == {"21553": "▲", "23575": "✓"}
    assert covered["customdata"] == [{"title": "xã 23575", "cause": ": lý do 23575", "n": (1, 2)}]
    assert covered["hovertemplate"] == (
        "%{customdata.title}<br>✓ tên covered%{customdata.cause}<br>"
        "%{customdata.n[0]} mentor, %{customdata.n[1]} người học<extra></extra>"
    )
    assert plot["layout"]["meta"]["address"] == "/xa/*"


def test_a_ward_without_data_is_told_without_figures():
    plot = draw_ward_map(
        ward_points([audited("23575", NO_DATA)], PLACES, asked_for=None),
        labels("23575")._replace(wards={"23575": WardLabel("xã 23575")}),
    )

    [missing] = traces(plot, meta="no_data")
    assert missing["customdata"] == [{"title": "xã 23575"}]
    assert missing["hovertemplate"] == "%{customdata.title}<br>– tên no_data<extra></extra>"


def test_an_island_gets_a_disc_of_its_colour():
    plot = drawn(ward_points([audited("21607", WARNING)], PLACES, asked_for=None))

    [islands] = traces(plot, meta="islands")

    assert (islands["lon"], islands["lat"]) == ([109.349], [13.62])
    assert islands["marker"]["color"] == [STATUS_LOOKS[WARNING].fill]


def test_what_was_not_asked_for_fades_and_loses_its_sign():
    points = ward_points(
        [audited("21553", CRITICAL), audited("21607", WARNING)], PLACES, asked_for=WARNING
    )

    plot = drawn(points)

    [faded] = traces(plot, meta="faded")
    [signs] = traces(plot, meta="signs")
    assert (faded["locations"], faded["colorscale"][0][1]) == (["21553"], FADED)
    assert signs["text"] == ["", "●"]


@pytest.mark.parametrize("status", list(WardStatus))
def test_plotly_accepts_the_map(status):
    plot = drawn(ward_points([audited("21607", status)], PLACES, asked_for=None))

    figure = go.Figure(plot)

    assert len(figure.data) == len(plot["data"])


def test_without_wards_there_is_nothing_to_draw():
    assert drawn([])["data"] == []
