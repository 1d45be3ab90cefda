"""The charts in a browser: all of them drawn, with their words, within the screen of a phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app import clock
from models import Account, Obstacle, db
from models.enums import HelpMode, Role
from tests.factories.accounts import account_with
from tests.factories.network import (
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    SupportPostFactory,
)
from tests.journeys.windows import Visit

CHARTS = ("muc-nguoi-hoc", "do-phu", "luot-theo-tuan", "thu-tuc", "vuong-mac")
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth > window.innerWidth"
PAGES = {
    "/bieu-do": lambda: account_with(Role.PROVINCE),
    "/xa/21553/bieu-do": lambda: account_with(Role.WARD_LEADER),
}


@pytest.fixture(autouse=True)
def busy_ward(flask_app: Flask) -> None:
    """A ward with a mentor of two, somebody who waits, staff, and sessions of some weeks."""
    begun = clock.today() - timedelta(days=100)
    mentor = MentorFactory(started_on=begun)
    for _number in range(2):
        mentee = MenteeFactory(started_on=begun)
        MentorshipFactory(mentor=mentor, mentee=mentee, started_on=begun)
    MenteeFactory(started_on=begun)
    SupportPostFactory(started_on=begun)
    obstacle = db.session.query(Obstacle).first()
    for number, mode in enumerate(HelpMode):
        HelpSessionFactory(
            service_date=clock.today() - timedelta(days=9 * number), mode=mode, obstacle=obstacle
        )


def drawn(page: Page, address: str) -> Page:
    """Open a page and scroll from chart to chart until each of them is drawn."""
    page.goto(address)
    for name in CHARTS:
        page.locator(f"#hinh-{name}").scroll_into_view_if_needed()
        page.locator(f"#hinh-{name}[data-ready]").wait_for()
    return page


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_all_charts_are_drawn_within_the_screen(visit: Visit, address: str, width: int) -> None:
    account_of: Callable[[], Account] = PAGES[address]

    page = drawn(visit(account_of(), width=width), address)

    assert not page.evaluate(WIDER_THAN_THE_SCREEN)
    for name in CHARTS:
        expect(page.locator(f"#hinh-{name} .main-svg").first).to_be_visible()
    floor = page.locator("#hinh-muc-nguoi-hoc .annotation-text").first
    expect(floor).to_have_text("Mức 5")


def test_no_word_of_a_chart_leaves_a_phone(visit: Visit) -> None:
    page = drawn(visit(account_with(Role.WARD_LEADER), width=360), "/xa/21553/bieu-do")

    texts = page.locator(".figure-plot text")
    boxes = [(text.text_content(), text.bounding_box()) for text in texts.all()]
    outside = [
        text
        for text, box in boxes
        if text and box and box["width"] and not 0 <= box["x"] <= 360 - box["width"]
    ]
    assert outside == []


def test_the_desk_sees_its_weeks_beside_its_figures(visit: Visit) -> None:
    page = visit(account_with(Role.SUPPORT), width=360)

    page.goto("/thong-ke")
    # Below the first screen; figures are drawn when they come into view.
    page.locator("#hinh-luot-theo-tuan").scroll_into_view_if_needed()

    page.locator("#hinh-luot-theo-tuan[data-ready]").wait_for()
    expect(page.locator("#hinh-luot-theo-tuan .legendtext").first).to_have_text("Tự làm")
