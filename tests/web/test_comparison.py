"""The page that tells what changed since another day."""

from datetime import date

import pytest
import time_machine

from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page

WARD, OTHER_WARD = "21553", "21583"
ADDRESS = "/ra-soat/so-voi-ngay"
pytestmark = pytest.mark.usefixtures("on_10_march")


@pytest.fixture
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


def rows_of(response, section):
    return [
        [normal(cell.get_text(" ")) for cell in row.select("th, td")]
        for row in page(response).select(f"#{section} tbody tr")
    ]


def joined(on, name="Siu Black", code=WARD):
    return MentorFactory(ward=any_ward(code), person=PersonFactory(full_name=name), started_on=on)


def test_who_came_since_then_is_counted_and_named_on_demand(province):
    mentor = joined(date(2026, 3, 5))

    counts = rows_of(province.get(f"{ADDRESS}?tu=01/03/2026"), "people")
    [who] = page(province.get(f"{ADDRESS}?tu=01/03/2026&ai=mentor-vao")).select("#who tbody tr")

    assert counts[0] == ["Mentor", "1", "0", "0"]
    assert who.select_one("a")["href"] == f"/mentor/{mentor.id}"
    assert normal(who.get_text(" ")) == "Siu Black Quy Nhơn Bắc, từ 05/03/2026"


def test_who_left_and_who_moved_are_told_from_where(province):
    gone = joined(date(2026, 1, 5), "Rah Lan Gone")
    gone.ended_on = date(2026, 3, 2)
    person = PersonFactory(full_name="Kpă Moved")
    MenteeFactory(
        ward=any_ward(WARD), person=person, started_on=date(2026, 1, 5), ended_on=date(2026, 3, 3)
    )
    MenteeFactory(ward=any_ward(OTHER_WARD), person=person, started_on=date(2026, 3, 3))

    left = rows_of(province.get(f"{ADDRESS}?tu=01/03/2026&ai=mentor-ra"), "who")
    moved = rows_of(province.get(f"{ADDRESS}?tu=01/03/2026&ai=nguoi-hoc-chuyen"), "who")

    assert left == [["Rah Lan Gone", "Quy Nhơn Bắc, thôi từ 02/03/2026"]]
    assert moved == [["Kpă Moved", "Quy Nhơn Bắc → Quy Nhơn, từ 03/03/2026"]]


def test_wards_and_kinds_of_findings_that_changed_are_told(province):
    MentorshipFactory(started_on=date(2026, 2, 1))
    SupportPostFactory(ward=any_ward(WARD), started_on=date(2026, 3, 5))

    response = province.get(f"{ADDRESS}?tu=01/03/2026")

    assert rows_of(response, "wards")[0][0] == "Quy Nhơn Bắc"
    findings = {row[0]: row[1:] for row in rows_of(response, "findings")}
    assert findings["Chưa có nhân sự hỗ trợ"] == ["0", "1"]
    figures = {row[0]: row[1:] for row in rows_of(response, "figures")}
    assert figures["Có hỗ trợ, trên giấy"] == ["0", "1", "+1"]
    assert figures["Mentor"] == ["1", "1", "0"]


def test_a_leader_compares_the_own_ward_alone(sign_in):
    joined(date(2026, 3, 5), code=OTHER_WARD)
    leader = sign_in(account_with(Role.WARD_LEADER, WARD))

    response = leader.get(f"{ADDRESS}?tu=01/03/2026&xa={OTHER_WARD}&ai=mentor-vao")

    assert "Không có gì thay đổi" in main_text(response)
    assert "Phường Quy Nhơn Bắc, đến 10/03/2026" in main_text(response)
    assert "Siu Black" not in main_text(response)


def test_the_province_looks_at_one_ward(province):
    joined(date(2026, 3, 5), code=OTHER_WARD)
    joined(date(2026, 3, 5), "Siu White")

    response = province.get(f"{ADDRESS}?tu=01/03/2026&xa={WARD}&ai=mentor-vao")

    assert rows_of(response, "who") == [["Siu White", "Quy Nhơn Bắc, từ 05/03/2026"]]


def test_common_days_are_one_press_away_and_keep_the_ward(province):
    tabs = page(province.get(f"{ADDRESS}?xa={WARD}")).select(".tabs a")

    assert [(normal(tab.get_text()), tab["href"].split("?")[1]) for tab in tabs] == [
        ("7 ngày trước", f"tu=03%2F03%2F2026&xa={WARD}"),
        ("30 ngày trước", f"tu=08%2F02%2F2026&xa={WARD}"),
        ("Đầu quý (15/12/2025)", f"tu=15%2F12%2F2025&xa={WARD}"),
        ("Đầu năm (01/01/2026)", f"tu=01%2F01%2F2026&xa={WARD}"),
    ]
    assert [tab.get("aria-current") for tab in tabs] == [None, "page", None, None]


def test_the_first_day_of_a_year_is_compared_with_the_last_year(province):
    tabs = page(province.get(f"{ADDRESS}?ngay=01/01/2026")).select(".tabs a")

    assert normal(tabs[3].get_text()) == "Đầu năm (01/01/2025)"


def test_a_day_without_data_makes_everything_new(province):
    joined(date(2026, 3, 5))

    response = province.get(f"{ADDRESS}?tu=01/03/2026")

    assert "Ngày 01/03/2026 chưa có dữ liệu" in main_text(response)
    figures = {row[0]: row[1:] for row in rows_of(response, "figures")}
    assert figures["Mentor"] == ["–", "1", "–"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("tu=40/01/2026", "Ngày chưa đúng"),
        ("tu=11/03/2026", "Ngày này chưa tới"),
        ("tu=09/03/2026&ngay=08/03/2026", "Ngày so sánh phải trước hoặc trùng"),
    ],
)
def test_a_day_that_cannot_be_compared_with_is_refused_beside_the_field(province, words, sentence):
    response = province.get(f"{ADDRESS}?{words}")

    assert response.status_code == 422
    assert sentence in normal(page(response).select_one(".field-error").get_text())


@pytest.mark.parametrize("key", ["mentor", "mentor-x", "x-vao", "mentor-ra", "ho-tro-vao-vao"])
def test_an_address_that_names_nobody_shows_the_counts(province, key):
    joined(date(2026, 3, 5))

    response = province.get(f"{ADDRESS}?tu=01/03/2026&ai={key}")

    assert response.status_code == 200
    assert rows_of(response, "who") == []


def test_the_pages_of_findings_of_wards_and_of_a_ward_lead_here(province):
    joined(date(2026, 3, 5))

    for address in ("/ra-soat", "/tong-quan", f"/xa/{WARD}"):
        links = page(province.get(address)).select(f'a[href^="{ADDRESS}"]')
        assert len(links) == 1, address
