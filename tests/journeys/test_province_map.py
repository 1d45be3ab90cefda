"""The province looks at its map: every ward drawn, found by name, and one press away."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from app import clock
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory, SupportPostFactory
from tests.journeys.windows import Visit

# A large ward whose middle is surely its own, and the island.
LARGE, ISLAND = "23941", "21607"
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.fixture
def open_map(visit: Visit) -> Callable[..., Page]:
    """Return a function that opens the map of two wards that lack people and 133 without data."""
    MentorFactory(ward=any_ward(LARGE), started_on=clock.today())
    SupportPostFactory(ward=any_ward(ISLAND), started_on=clock.today())

    def open_page(address: str = "/ban-do", *, width: int = 1280, has_scripts: bool = True) -> Page:
        page = visit(account_with(Role.PROVINCE), width=width, has_scripts=has_scripts)
        page.goto(address)
        if has_scripts:
            expect(page.locator("#hinh-ban-do[data-ready]")).to_be_visible()
        return page

    return open_page


def surfaces(page: Page) -> Locator:
    return page.locator(".choroplethlayer path")


def surface_of(page: Page, code: str) -> Locator:
    """Return the only critical ward but the island, which come in order of code."""
    return (
        page.locator(".choroplethlayer .trace")
        .first.locator("path")
        .nth([ISLAND, LARGE].index(code))
    )


def middle_of(place: Locator) -> tuple[float, float]:
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def find(page: Page, typed: str) -> None:
    page.get_by_placeholder("Tìm xã, phường").click()
    page.keyboard.type(typed)
    page.locator(".ts-dropdown .option").filter(has_text="Nhơn Châu").click()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_ward_is_drawn_within_the_screen(open_map, width):
    page = open_map(width=width)

    expect(surfaces(page)).to_have_count(135)
    assert not page.evaluate(WIDER_THAN_THE_SCREEN)


def test_a_click_goes_to_the_ward_that_was_clicked(open_map):
    page = open_map()

    page.mouse.click(*middle_of(surface_of(page, LARGE)))

    page.wait_for_url(f"**/xa/{LARGE}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Xã Chư Sê")


def test_a_finger_first_sees_which_ward_it_touched(open_map):
    page = open_map(width=360)
    card = page.locator("[data-card]")

    page.touchscreen.tap(*middle_of(surface_of(page, LARGE)))

    expect(card).to_contain_text("xã Chư Sê")
    expect(card).to_contain_text("▲ Thiếu người: chưa có nhân sự hỗ trợ")
    expect(card.get_by_role("link")).to_have_attribute("href", f"/xa/{LARGE}")
    assert page.url.endswith("/ban-do")


def test_a_finger_that_moves_over_the_map_scrolls_the_page(open_map):
    page = open_map(width=360)
    x, y = middle_of(surface_of(page, LARGE))

    swipe_up(page, x, y, by=300)

    expect(page.get_by_role("heading", level=1)).not_to_be_in_viewport()


def swipe_up(page: Page, x: float, y: float, *, by: int) -> None:
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: dict[str, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x, "y": y})
    for step in range(0, by, 10):
        send("touchMove", {"x": x, "y": y - step})
    send("touchEnd")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_ward_is_found_without_accents_and_marked(open_map, width):
    page = open_map(width=width)

    find(page, "nhon chau")

    expect(page.locator(f"#hinh-ban-do[data-marked='{ISLAND}']")).to_be_visible()
    expect(page.locator("[data-card]")).to_contain_text("xã Nhơn Châu")
    expect(surfaces(page)).to_have_count(136)
    assert page.url.endswith(f"/ban-do?xa={ISLAND}")


def test_zooming_in_names_the_wards_and_the_whole_comes_back(open_map):
    page = open_map()
    more, whole = page.get_by_role("button", name="Phóng to"), page.get_by_text("Xem cả hình")

    for _press in range(3):
        more.click()
    expect(page.locator(".scatterlayer text").filter(has_text="Ya Hội")).to_be_visible()
    whole.click()

    expect(whole).to_be_hidden()
    expect(page.locator(".scatterlayer text").filter(has_text="Ya Hội")).to_have_count(0)


def test_the_legend_shows_one_status_and_the_address_keeps_it(open_map):
    page = open_map()

    page.get_by_role("link", name=re.compile("Thiếu người")).click()
    expect(page.locator("#hinh-ban-do[data-ready]")).to_be_visible()

    assert page.url.endswith("/ban-do?tinh-trang=critical")
    expect(surfaces(page)).to_have_count(135)
    expect(page.locator(".scatterlayer text").filter(has_text="▲")).to_have_count(2)
    expect(page.locator(".scatterlayer text").filter(has_text="–")).to_have_count(0)


def test_the_map_is_saved_as_a_picture(open_map):
    page = open_map()

    with page.expect_download() as download:
        page.get_by_role("button", name="Tải ảnh PNG").click()

    assert download.value.suggested_filename == f"ban-do-toan-tinh-gia-lai-{clock.today()}.png"


def test_no_button_sends_figures_anywhere(open_map):
    page = open_map()

    expect(page.locator(".modebar-btn, [data-title*='plotly' i]")).to_have_count(0)


def test_without_scripts_the_table_tells_everything(open_map):
    page = open_map(width=360, has_scripts=False)

    page.get_by_text("Xem bảng số liệu").click()

    rows = page.get_by_role("row").filter(has=page.get_by_role("link"))
    expect(rows).to_have_count(135)
    expect(rows.first).to_contain_text("▲ Thiếu người")
    page.get_by_label("Tìm xã, phường").select_option(ISLAND)
    page.get_by_role("button", name="Tìm").click()
    expect(page.get_by_role("link", name="Mở trang")).to_have_attribute("href", f"/xa/{ISLAND}")
