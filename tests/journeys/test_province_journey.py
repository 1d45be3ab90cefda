"""The province looks at everything, then at one ward, then at what is to be done there."""

import json

import pytest
from playwright.sync_api import Page, expect

from app import clock
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, MentorFactory, SupportPostFactory
from tests.journeys.windows import Visit

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
