"""Pages: the processor time of a request, signed in, against an empty page and its queries."""

import re
from collections.abc import Iterator
from contextlib import closing

from bench.browsing import Browser, Page, make_empty_app, recorded, replay
from bench.lab import Bench, Lab
from bench.measuring import Bounds, Measured, interleaved, timed, unmeasured
from bench.sites import WARD
from models import db
from models.enums import Role

HOME, OWN_WARD, MENTORS, MENTEES = "/viec-can-lam", f"/xa/{WARD}", "/mentor", "/nguoi-hoc"
MAP = "/ban-do"
FULL_HEADING = re.compile(rb"<h1>[^<]")
NOT_MODIFIED, OK = 304, 200
ROW = re.compile(rb"<tr|<li")
# Pages of which a province ten times as large shows as many rows.
SAME_ROWS = ((HOME, Role.WARD_LEADER), (MENTORS, Role.PROVINCE), (MENTEES, Role.PROVINCE))


def page_leader_home(lab: Lab) -> Iterator[Measured]:
    """The page on which a ward's leader begins: the work list."""
    yield _of_page(lab, HOME, Role.WARD_LEADER)


def page_ward(lab: Lab) -> Iterator[Measured]:
    """The page of a ward."""
    yield _of_page(lab, OWN_WARD, Role.WARD_LEADER)


def page_lists(lab: Lab) -> Iterator[Measured]:
    """The lists of mentors and mentees, fifty on a page."""
    yield _of_page(lab, MENTORS, Role.WARD_LEADER)
    yield _of_page(lab, MENTEES, Role.WARD_LEADER)


def page_map(lab: Lab) -> Iterator[Measured]:
    """The map of the province."""
    yield _of_page(lab, MAP, Role.PROVINCE)


def page_unchanged(lab: Lab) -> Iterator[Measured]:
    """Pages that the browser has already, asked for once more."""
    empty = Page(make_empty_app().wsgi_app, "/")
    for path, role in ((HOME, Role.WARD_LEADER), (OWN_WARD, Role.WARD_LEADER)):
        browser = Browser(lab.site, role)
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


def _of_page(lab: Lab, path: str, role: Role) -> Measured:
    page = Browser(lab.site, role).page(path)
    if fault := page_fault(path, page):
        return unmeasured(path, fault)
    with lab.site.app.app_context(), recorded(db.engine) as statements:
        page()
    empty = Page(make_empty_app().wsgi_app, "/")
    with closing(lab.site.raw()) as connection:

        def baseline() -> None:
            empty()
            replay(connection, statements)

        times = interleaved(page, baseline)
    of = f"an empty page and its {len(statements)} statements run raw; {path}"
    return timed(of, times)


def _other_length(path: str, large: Page, small: Page) -> str | None:
    rows = [len(ROW.findall(page.plain().body)) for page in (large, small)]
    return None if rows[0] == rows[1] else f"{path} shows {rows[0]} rows at S2, {rows[1]} at S1"


BENCHES = {
    "page_leader_home": Bench(Bounds(3.5, 2.2), page_leader_home),
    "page_ward": Bench(Bounds(3.5, 2.2), page_ward),
    "page_lists": Bench(Bounds(3.5, 2.2), page_lists),
    "page_map": Bench(Bounds(3.5, 2.2), page_map),
    "page_unchanged": Bench(Bounds(2.5, 1.5), page_unchanged),
    "page_growth": Bench(Bounds(1.3, 1.05), page_growth),
}
