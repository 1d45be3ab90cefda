"""Pages: the processor time of a request, signed in, against an empty page and its queries.

The kept network answers from memory what a page would have to ask. So a page has two lines: against
what is read for it where nothing is kept, and `_warm`, against the little that it still asks.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial

from flask import Flask

from app import clock
from app.queries.settings import get_settings
from bench.browsing import Browser, Page, Statement, make_empty_app, recorded, replay
from bench.lab import Bench, Lab
from bench.measuring import Action, Bounds, Measured, interleaved, timed, unmeasured
from bench.plain_sql import plain_totals
from bench.sites import WARD, Site, make_app
from models import db
from models.enums import Role

HOME, OWN_WARD, MENTORS, MENTEES = "/viec-can-lam", f"/xa/{WARD}", "/mentor", "/nguoi-hoc"
MAP, CHARTS = "/ban-do", "/bieu-do"
WARM = "_warm"
FULL_HEADING = re.compile(rb"<h1>[^<]")
NOT_MODIFIED, OK = 304, 200
ROW = re.compile(rb"<tr|<li")
# Where there is one rule more to choose, the list itself is no longer for that.
BESIDE_THE_LIST = re.compile(rb"<nav.*?</nav>", re.DOTALL)
# Pages of which a province ten times as large shows as many rows.
SAME_ROWS = ((HOME, Role.WARD_LEADER), (MENTORS, Role.PROVINCE), (MENTEES, Role.PROVINCE))


def page_leader_home(lab: Lab) -> Iterator[Measured]:
    """The page on which a ward's leader begins: the work list."""
    yield from _of_ward_page(lab.site, HOME)


def page_ward(lab: Lab) -> Iterator[Measured]:
    """The page of a ward."""
    yield from _of_ward_page(lab.site, OWN_WARD)


def page_lists(lab: Lab) -> Iterator[Measured]:
    """The lists of mentors and mentees, fifty on a page."""
    yield from _of_ward_page(lab.site, MENTORS)
    yield from _of_ward_page(lab.site, MENTEES)


def page_map(lab: Lab) -> Iterator[Measured]:
    """The map of the province."""
    site = lab.site
    browser = Browser(site, Role.PROVINCE)
    page = browser.page(MAP)
    if fault := page_fault(MAP, page):
        yield unmeasured(MAP, fault)
        return
    warm = _statements(site.app, page)
    with site.app.app_context(), closing(site.raw()) as connection:
        day = clock.today()
        audited = partial(plain_totals, connection, day, get_settings(day))
        of = f"its {len(warm)} statements and the plain SQL that finds the state of every ward"
        yield _against(page, [partial(replay, connection, warm), audited], f"{of}; {MAP}")
        yield _still_asked(page, partial(replay, connection, warm), len(warm), MAP)


def page_unchanged(lab: Lab) -> Iterator[Measured]:
    """Pages that name nobody and that the browser has already, asked for once more."""
    empty = Page(make_empty_app().wsgi_app, "/")
    browser = Browser(lab.site, Role.PROVINCE)
    for path in (MAP, CHARTS):
        tag = browser.page(path)().headers.get("etag", "")
        again = browser.page(path, If_None_Match=tag or '"none"')
        of = f"an empty page; {path} unchanged"
        if (status := again().status) != NOT_MODIFIED:
            yield unmeasured(of, f"{path} unchanged is answered by {status}")
            continue
        yield timed(of, interleaved(again, empty))


def page_growth(lab: Lab) -> Iterator[Measured]:
    """Pages with as many rows in a province ten times as large."""
    for path, role in SAME_ROWS:
        large, small = (Browser(lab.sites.open(scale), role).page(path) for scale in ("S2", "S1"))
        of = f"{path} at S1"
        fault = page_fault(path, large) or page_fault(path, small)
        if fault or (fault := _other_length(path, large, small)):
            yield unmeasured(of, fault)
            continue
        yield timed(of, interleaved(large, small))


def page_fault(path: str, page: Page) -> str | None:
    """Say what is wrong with a page: it has to be one, whole and with a heading."""
    answer = page.plain()
    is_whole = FULL_HEADING.search(answer.body) and answer.body.rstrip().endswith(b"</html>")
    if answer.status == OK and is_whole:
        return None
    return f"{path} is answered by {answer.status} and {len(answer.body)} bytes"


def _of_ward_page(site: Site, path: str) -> Iterator[Measured]:
    """Yield both lines of a page as the leader of a ward sees it."""
    browser = Browser(site, Role.WARD_LEADER)
    page = browser.page(path)
    if fault := page_fault(path, page):
        yield unmeasured(path, fault)
        return
    # Another engine, for which nothing is kept: whoever reads one ward audits it there by himself.
    cold_app = make_app(site.folder)
    cold_page = browser.page(path, of=cold_app)
    if cold_page.plain().body.count(b"<tr") != page.plain().body.count(b"<tr"):
        yield unmeasured(path, f"{path} shows something else where nothing is kept")
        return
    cold, warm = _statements(cold_app, cold_page), _statements(site.app, page)
    with closing(site.raw()) as connection:
        of = f"the {len(cold)} statements that read the same where nothing is kept, run raw; {path}"
        yield _against(page, [partial(replay, connection, cold)], of)
        yield _still_asked(page, partial(replay, connection, warm), len(warm), path)


def _statements(app: Flask, page: Page) -> list[Statement]:
    """Return what a page asks that has been asked for before."""
    page()
    with app.app_context(), recorded(db.engine) as statements:
        page()
    return statements


def _still_asked(page: Page, ask: Action, count: int, path: str) -> Measured:
    of = f"the {count} statements that it still runs, run raw; {path}"
    return replace(_against(page, [ask], of), part=WARM, is_judged=False)


def _against(page: Page, queries: list[Action], of: str) -> Measured:
    empty = Page(make_empty_app().wsgi_app, "/")

    def baseline() -> None:
        empty()
        for query in queries:
            query()

    return timed(f"an empty page and {of}", interleaved(page, baseline))


def _other_length(path: str, large: Page, small: Page) -> str | None:
    lists = (BESIDE_THE_LIST.sub(b"", page.plain().body) for page in (large, small))
    rows = [len(ROW.findall(body)) for body in lists]
    return None if rows[0] == rows[1] else f"{path} shows {rows[0]} rows at S2, {rows[1]} at S1"


BENCHES = {
    "page_leader_home": Bench(Bounds(3.5, 2.2), page_leader_home),
    "page_ward": Bench(Bounds(3.5, 2.2), page_ward),
    "page_lists": Bench(Bounds(3.5, 2.2), page_lists),
    "page_map": Bench(Bounds(3.5, 2.2), page_map),
    "page_unchanged": Bench(Bounds(2.5, 1.5), page_unchanged),
    "page_growth": Bench(Bounds(1.3, 1.05), page_growth),
}
