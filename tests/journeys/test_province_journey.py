"""The province looks at everything, then at one ward, then at what is to be done there."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook

from app import clock
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    SupportPostFactory,
)
from tests.journeys.windows import Visit, sign_in_by_hand

# A large ward in the middle of the map, whose middle is surely its own.
WARD_WITHOUT_SUPPORT = "23941"
WARD_WITHOUT_MENTOR, WARD_IN_ORDER = "23575", "21553"


@pytest.fixture
def province(visit: Visit) -> Page:
    """The overview on a wide screen: one ward lacks a mentor, one has its people, 133 no data."""
    SupportPostFactory(ward=any_ward(WARD_WITHOUT_MENTOR), started_on=clock.today())
    MenteeFactory(ward=any_ward(WARD_WITHOUT_MENTOR), started_on=clock.today())
    MentorFactory(ward=any_ward(WARD_IN_ORDER), started_on=clock.today())
    SupportPostFactory(ward=any_ward(WARD_IN_ORDER), started_on=clock.today())
    page = visit(account_with(Role.PROVINCE), width=1280)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tổng quan")
    return page


def test_the_province_finds_the_thin_ward_and_comes_back_to_its_filter(province):
    ward = any_ward(WARD_WITHOUT_MENTOR)
    wards = province.get_by_role("table", name="Tình hình từng xã, phường")
    tab = province.get_by_role("link", name="Thiếu người")
    tab.click()
    expect(tab).to_have_attribute("aria-current", "page")
    expect(wards.locator("tbody tr")).to_have_count(1)
    filtered = province.url

    wards.get_by_role("link", name=ward.name).click()
    expect(province.get_by_role("heading", level=1)).to_contain_text(ward.name)
    expect(province.get_by_role("article").first).to_contain_text("chưa có mentor nào")
    province.go_back()

    assert province.url == filtered
    expect(tab).to_have_attribute("aria-current", "page")
    expect(wards.locator("tbody tr")).to_have_count(1)


def test_the_audit_page_and_its_json_say_the_same(province):
    province.get_by_role("link", name="Rà soát").click()
    expect(province.get_by_role("heading", level=1)).to_have_text("Rà soát mạng lưới")
    address = province.get_by_role("link", name="JSON").get_attribute("href")

    answer = province.request.get(address)

    report = json.loads(answer.text())
    shown = province.get_by_role("article").count()
    assert answer.ok
    assert len(report["findings"]) >= shown > 0
    expect(province.get_by_role("article").first).to_contain_text("chưa có mentor nào")


@pytest.fixture
def ward_without_support(visit: Visit) -> str:
    """A ward with a mentor of two mentees and one visitor at a desk without staff; its name."""
    ward, begun = any_ward(WARD_WITHOUT_SUPPORT), clock.today()
    mentor = MentorFactory(ward=ward, started_on=begun)
    for _number in range(2):
        mentee = MenteeFactory(ward=ward, started_on=begun)
        MentorshipFactory(mentor=mentor, mentee=mentee, started_on=begun)
    HelpSessionFactory(ward=ward, service_date=begun)
    return ward.name


@pytest.mark.parametrize("width", [360, 1280])
def test_the_province_goes_from_the_map_to_a_mentor_and_takes_the_charts_along(
    visit, ward_without_support, width
):
    page = visit(width=width)
    sign_in_by_hand(page, account_with(Role.PROVINCE))
    expect(heading(page)).to_have_text("Tổng quan")
    page.get_by_role("link", name="Bản đồ").first.click()

    expect(drawn(page, "ban-do").locator(".choroplethlayer path")).to_have_count(135)
    go_to(page, page.locator(".choroplethlayer .trace").first.locator("path"))
    expect(heading(page)).to_contain_text(ward_without_support)
    expect(page.get_by_role("article").first).to_contain_text("chưa có nhân sự hỗ trợ")

    page.get_by_role("link", name="Mạng lưới", exact=True).click()
    network = drawn(page, "mang-luoi")
    go_to(page, network.locator(".scatterlayer .trace", has_text="2/5").locator(".points path"))
    page.wait_for_url("**/mentor/*")
    expect(page.get_by_text("2/5").first).to_be_visible()
    page.go_back()
    drawn(page, "mang-luoi")

    page.get_by_role("link", name="Biểu đồ", exact=True).click()
    charts = drawn(page, "muc-nguoi-hoc")
    with page.expect_download() as download:
        charts.get_by_role("link", name="Tải Excel").click()
    sheet = CalamineWorkbook.from_path(download.value.path()).get_sheet_by_index(0)
    assert f"Phạm vi: xã {ward_without_support}" in [row[0] for row in sheet.to_python()]


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def drawn(page: Page, name: str) -> Locator:
    """Return a figure of the page once it is drawn."""
    figure = page.locator(f"#hinh-{name}")
    figure.scroll_into_view_if_needed()
    expect(page.locator(f"#hinh-{name}[data-ready]")).to_be_visible()
    return figure


def go_to(page: Page, place: Locator) -> None:
    """Click where a place is drawn; a finger first reads what it touched, and follows the link."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if page.evaluate("matchMedia('(pointer: coarse)').matches"):
        page.touchscreen.tap(*middle)
        page.locator("[data-card-link]").click()
    else:
        page.mouse.click(*middle)
