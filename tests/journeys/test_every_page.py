"""Every page that a role can open, on a phone and on a desk: sound, readable, within the screen."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from werkzeug.routing import Rule

from app.services.load_demonstration import load_demonstration
from app.web.page_frame import NAVIGATION
from models.enums import Role
from tests.factories.accounts import account_with
from tests.journeys.windows import Visit
from tests.web.every_form import address, mapped, readers_of
from tests.web.route_samples import ROUTES
from tests.web.sample_things import Place

WARD = "23941"
PHONE, DESK = 360, 1280
# What is no page: files, and answers to programs; and what leads elsewhere.
FILES = (".json", ".xlsx")
NO_PAGES = frozenset({"health.show", "home.index", "unsent_sessions.show"})
# Of all that axe finds in order it would send an account too, which takes a quarter of its time.
AXE_OPTIONS = {"resultTypes": ["violations"], "reporter": "no-passes"}
# A role with many pages is several tests, so that no process is left with all of them.
PAGES_OF_A_TEST = 35
SEVERE = frozenset({"serious", "critical"})
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.fixture
def lively_site(flask_app) -> None:
    """A demonstration in all wards, so that lists, findings and figures have something to show."""
    load_demonstration(mentors=400, mentees=2000, sessions=300)


def rules_of(role: Role) -> Iterator[Rule]:
    """Yield the rule of every page that a role may open about something of its ward.

    Of the province, which sees the leaders' pages with more wards in them, only the lists.
    """
    for rule in sorted(mapped.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        is_file = rule.rule.endswith(FILES)
        is_page = rule.endpoint in ROUTES and rule.endpoint not in NO_PAGES and not is_file
        is_leaders = role is Role.PROVINCE and bool(rule.arguments)
        if not is_page or is_leaders or "GET" not in rule.methods or role not in readers_of(rule):
            continue
        # What is somebody else's does not exist for a role that sees its own alone.
        if 404 not in ROUTES[rule.endpoint].but.get(role, ()):
            yield rule


def shares() -> list[Any]:
    """Return each role with some of its pages at a time."""
    return [
        pytest.param(role, rules[first : first + PAGES_OF_A_TEST], id=f"{role}-from-{first}")
        for role in Role
        for rules in [list(rules_of(role))]
        for first in range(0, len(rules), PAGES_OF_A_TEST)
    ]


def navigation_of(role: Role) -> Iterator[str]:
    """Yield the addresses that the navigation of a role leads to."""
    with mapped.test_request_context():
        yield from [mapped.url_for(entry.endpoint) for entry in NAVIGATION[role]]


def faults(page: Page, urls: Iterable[str]) -> dict[str, list[str]]:
    """Open pages one after the other; return what is wrong with each that is not sound."""
    wrong = {}
    for url in urls:
        answer = page.goto(url)
        found = faults_in_view(page)
        if answer is None or not answer.ok:
            found.append("no page")
        if found:
            wrong[url] = found
    return wrong


def faults_in_view(page: Page) -> list[str]:
    found = [
        f"{violation['id']}: {node['target']}"
        for violation in Axe().run(page, options=AXE_OPTIONS).response["violations"]
        if violation["impact"] in SEVERE
        for node in violation["nodes"]
    ]
    if page.get_by_role("heading", level=1).count() != 1:
        found.append("not one h1")
    if page.evaluate(WIDER_THAN_THE_SCREEN):
        found.append("scrolls sideways")
    return found


@pytest.mark.parametrize(("role", "rules"), shares())
def test_every_page_of_a_role_is_sound_on_a_phone(visit: Visit, lively_site, role, rules):
    account = account_with(role, WARD)
    place = Place(WARD, account)
    page = visit(account, width=PHONE)

    assert faults(page, (address(rule, place, "GET") for rule in rules)) == {}


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_the_main_pages_of_a_role_are_sound_on_a_wide_screen(visit: Visit, lively_site, role):
    page = visit(account_with(role, WARD), width=DESK)

    assert faults(page, navigation_of(role)) == {}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_pages_before_signing_in_are_sound(visit: Visit, width):
    link = Place(WARD, account_with(Role.ADMIN)).link()
    page = visit(width=width)

    assert faults(page, ["/dang-nhap", f"/moi/{link}", "/ho-tro/ngoai-tuyen"]) == {}
