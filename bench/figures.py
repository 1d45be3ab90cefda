"""Pictures as plain dicts against plotly's own objects, and the bytes before the first of them."""

import gzip
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urljoin

import orjson
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from app import clock
from app.access.current import require_reader
from app.access.policy import Permission
from app.figures.boundaries import boundaries_url
from app.figures.figure import FigureQuery
from app.figures.ward_network_words import network_words, node_texts
from app.figures.ward_people import read_ward_network
from app.queries.audit import audit_scope
from app.queries.wards import list_ward_places, list_wards
from bench.browsing import COOKIE, Browser, Page
from bench.changes import EVERYWHERE
from bench.lab import Bench, Lab, WrongAnswerError
from bench.measuring import Bounds, Measured, interleaved, timed
from graphs.audit import AuditedWard
from graphs.figures.ward_map import MapLabels, WardLabel, WardPlace, draw_ward_map, ward_points
from graphs.figures.ward_network_drawing import draw_ward_network
from graphs.findings import WardStatus
from models.enums import Role

PEOPLE = 300
CHARTS = "/bieu-do"
SCRIPT = re.compile(r'<script[^>]+src="([^"]+)"')
STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+figures[^"]*)"')
NUMBERS = re.compile(r'data-figure="([^"]+)"')
OURS = re.compile(r"/(?:plotly|figure)")
OWN_SCRIPT, IMPORT = "/static/js-", re.compile(r"(?:from|import)\s*\"(\.[^\"]+)\"")
FULL_COMPRESSION = 9
TRACES = {"choropleth": go.Choropleth, "scatter": go.Scatter, "scattergeo": go.Scattergeo}

Draw = Callable[[], dict[str, Any]]


def figure_map(lab: Lab) -> Iterator[Measured]:
    """The map of the province, from its numbers to its bytes."""
    with lab.site.app.app_context():
        wards = audit_scope(EVERYWHERE, clock.today()).wards
        places = [WardPlace._make(row) for row in list_ward_places(EVERYWHERE)]
    points, labels = ward_points(wards, places, asked_for=None), _labels(wards)
    what = f"from the numbers of {len(points)} wards"
    yield _against_objects(partial(draw_ward_map, points, labels), what)


def figure_ward_300(lab: Lab) -> Iterator[Measured]:
    """The network of a ward with about three hundred people, from its numbers to its bytes."""
    cookie = Browser(lab.site, Role.PROVINCE).cookie
    with lab.site.app.test_request_context("/", headers={"Cookie": f"{COOKIE}={cookie}"}):
        scope = require_reader().scope_for(Permission.VIEW_PEOPLE)
        day = clock.today()
        nearest = min(audit_scope(scope, day).wards, key=_distance)
        card = next(card for card in list_wards(scope) if card.code == nearest.code)
        network = read_ward_network(FigureQuery(scope.narrowed_to(card.id), day, card))
        texts = node_texts(network)
        picture = network.picture
        words = network_words(picture, network.floor, nearest)
        draw = partial(draw_ward_network, picture, words, texts, floor=network.floor)
        people = nearest.figures.mentors + nearest.figures.mentees
        yield _against_objects(draw, f"from the numbers of {people} people")


def first_chart(lab: Lab) -> Iterator[Measured]:
    """What a browser loads for the first chart: scripts, styles and numbers, compressed."""
    browser = Browser(lab.site, Role.PROVINCE)
    page = browser.page(CHARTS).plain().body.decode()
    scripts = [url for url in SCRIPT.findall(page) if OURS.search(url)]
    numbers = NUMBERS.findall(page)[:1]
    if not any("plotly" in url for url in scripts) or not numbers:
        raise WrongAnswerError(f"{CHARTS} has no chart")
    wanted = [*_with_imports(browser, scripts), *STYLES.findall(page), *numbers]
    ours = sum(len(_load(browser, url).gzipped().body) for url in wanted)
    full = len(gzip.compress(get_plotlyjs().encode(), FULL_COMPRESSION))
    yield Measured(
        of=f"the whole of plotly.min.js; {ours} and {full} bytes, both by gzip",
        ratio=ours / full,
        rounds=1,
    )


def _against_objects(draw: Draw, what: str) -> Measured:
    """Compare drawing from numbers, which is the second step of each figure, with the objects."""
    plot = draw()
    expected = orjson.loads(_by_objects(plot))
    found = orjson.loads(orjson.dumps(draw()))
    # The objects add their own template, which a plain dict leaves out.
    is_same = len(expected["data"]) == len(found["data"]) and all(
        trace.items() <= other.items()
        for trace, other in zip(found["data"], expected["data"], strict=True)
    )
    times = interleaved(lambda: orjson.dumps(draw()), partial(_by_objects, plot))
    fault = None if is_same else "plotly's objects draw something else"
    return timed(f"go.Figure of the same drawing and its JSON; {what}", times, fault=fault)


def _by_objects(plot: dict[str, Any]) -> str:
    """Draw the same the way plotly's own examples do."""
    traces = [
        TRACES[trace["type"]](**{name: trace[name] for name in trace if name != "type"})
        for trace in plot["data"]
    ]
    return str(go.Figure(data=traces, layout=go.Layout(**plot["layout"])).to_json())


def _labels(wards: tuple[AuditedWard, ...]) -> MapLabels:
    """Say of each ward about as much as the page does."""
    return MapLabels(
        boundaries_url=boundaries_url(),
        address="/xa/*",
        figures=("Mentor", "Người học", "Đang chờ", "Nhân sự hỗ trợ"),
        wards={ward.code: _label(ward) for ward in wards},
        statuses={status: status.value for status in WardStatus},
        towns={},
    )


def _label(ward: AuditedWard) -> WardLabel:
    figures = ward.figures
    numbers = (figures.mentors, figures.mentees, figures.waiting, figures.support_posts)
    return WardLabel(f"xã {ward.name}", ward.primary_cause or "", numbers)


def _distance(ward: AuditedWard) -> int:
    return abs(ward.figures.mentors + ward.figures.mentees - PEOPLE)


def _with_imports(browser: Browser, scripts: list[str]) -> list[str]:
    """Return addresses of scripts with those of the modules that they import."""
    found = list(scripts)
    for url in found:
        text = _load(browser, url).plain().body.decode()
        names = IMPORT.findall(text) if OWN_SCRIPT in url else []
        found += [more for name in names if (more := urljoin(url, name)) not in found]
    return found


def _load(browser: Browser, url: str) -> Page:
    page = browser.page(url.replace("&amp;", "&"))
    if (status := page().status) != 200:  # noqa: PLR2004  # "OK"
        raise WrongAnswerError(f"{url} is answered by {status}")
    return page


BENCHES = {
    "figure_map": Bench(Bounds(1 / 20, 1 / 45), figure_map),
    "figure_ward_300": Bench(Bounds(1 / 20, 1 / 45), figure_ward_300),
    "first_chart": Bench(Bounds(0.45, 0.36), first_chart),
}
