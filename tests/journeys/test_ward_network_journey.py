"""A ward's network in a browser: drawn under the site's policy, each dot leads to its person."""

from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.journeys.windows import Visit

NETWORK = "/xa/21553/mang-luoi"
SCROLL = "document.documentElement.scrollWidth"


@pytest.fixture
def mentor_id() -> int:
    """A ward with one mentor of two, somebody who waits, and support staff."""
    mentor = MentorFactory(person=PersonFactory(full_name="Lê Thị Bảy"))
    for name in ("Rah Lan Pin", "Siu H'Thoan"):
        MentorshipFactory(mentor=mentor, mentee=MenteeFactory(person=PersonFactory(full_name=name)))
    MenteeFactory(started_on=date(2026, 3, 1))
    SupportPostFactory()
    return mentor.id


def drawn(page: Page, address: str = NETWORK) -> Locator:
    page.goto(address)
    figure = page.locator("#hinh-mang-luoi[data-ready][data-fitted]")
    figure.wait_for()
    return figure


def dots(figure: Locator) -> Locator:
    return figure.locator(".scatterlayer .points path")


def middle_of(dot: Locator) -> tuple[float, float]:
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def dot_with_text(figure: Locator, text: str) -> Locator:
    """Return the dot of the trace that has this text inside its dots."""
    trace = figure.locator(".scatterlayer .trace", has_text=text)
    return trace.locator(".points path").first


def test_everybody_is_drawn_and_a_click_on_a_mentor_opens_the_mentor(
    visit: Visit, mentor_id: int
) -> None:
    page = visit(account_with(Role.WARD_LEADER), width=1280)
    figure = drawn(page)

    expect(dots(figure)).to_have_count(1 + 1 + 2 + 3 + 1)
    page.mouse.move(*middle_of(dot_with_text(figure, "2/5")), steps=4)
    expect(figure.locator(".hovertext")).to_contain_text("Lê Thị Bảy")
    page.mouse.click(*middle_of(dot_with_text(figure, "2/5")))

    page.wait_for_url(f"**/mentor/{mentor_id}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lê Thị Bảy")


def test_on_a_phone_the_network_fits_and_a_tap_tells_before_it_leads(
    visit: Visit, mentor_id: int
) -> None:
    page = visit(account_with(Role.WARD_LEADER), width=360)
    figure = drawn(page)

    assert page.evaluate(SCROLL) <= 360
    page.touchscreen.tap(*middle_of(dot_with_text(figure, "2/5")))
    expect(page.locator("[data-card]")).to_contain_text("Lê Thị Bảy")
    page.locator("[data-card-link]").click()

    page.wait_for_url(f"**/mentor/{mentor_id}")


def test_dots_of_a_phone_are_smaller_than_those_of_a_wide_window(
    visit: Visit, mentor_id: int
) -> None:
    widths = []
    for width in (360, 1280):
        figure = drawn(visit(account_with(Role.WARD_LEADER), width=width))
        box = dot_with_text(figure, "2/5").bounding_box()
        assert box is not None
        widths.append(box["width"])

    assert widths[0] < 0.8 * widths[1]


def test_one_mentor_is_chosen_and_looked_at_alone(visit: Visit, mentor_id: int) -> None:
    figure = drawn(
        visit(account_with(Role.WARD_LEADER), width=1280), f"{NETWORK}?mentor={mentor_id}"
    )

    expect(dots(figure)).to_have_count(1 + 2 + 3)
    expect(figure.locator(".scatterlayer")).to_contain_text("H'Thoan")
