"""The pages of reporting periods: previous ones, closing, reopening, editable days."""

from datetime import date

import pytest
import time_machine

from app.access.scope import WardScope
from app.services.log_session import log_session
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.desk import session_details, staff
from tests.web.pages import main_text, page, post_form, sheet

PAGE, CLOSE, REOPEN, DAYS = (
    f"/ky-bao-cao/2026-Q3{rest}" for rest in ("", "/khoa", "/mo-lai", "/ngay")
)


@pytest.fixture(autouse=True)
def on_the_day(flask_app):
    with time_machine.travel("2026-09-15 08:00+07:00", tick=False):
        yield


@pytest.fixture
def session(on_the_day):
    _account, scope = staff()
    details = session_details(service_date=date(2026, 8, 31))
    return log_session(WardScope.of(scope.ward_ids), any_ward("21553").id, details)


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


def test_the_first_day_of_a_quarter_shows_the_last_one_and_offers_the_others(province):
    soup = page(province.get("/ky-bao-cao"))

    assert soup.h1.get_text() == "Kỳ báo cáo Quý 3/2026"
    tabs = [link.get_text() for link in soup.select(".tabs a")]
    assert tabs[:3] == ["Quý 4/2026", "Quý 3/2026", "Quý 2/2026"]


def test_a_ward_without_data_has_not_reported_and_one_with_data_has_its_figure(province, session):
    rows = {row[1]: row for row in sheet(province.get("/exports/ky-bao-cao-2026-Q3.xlsx"))[4:]}
    own, other = any_ward("21553").name, any_ward("23575").name

    assert "có số liệu" in rows[own]
    assert rows[own][8] == 1
    assert rows[other][8:] == ["–", "–", "–", "chưa báo cáo"]
    assert "1/135" in main_text(province.get(PAGE))


def test_the_province_closes_and_reopens_with_a_reason(province, session):
    closed = post_form(province, CLOSE, {})
    text = main_text(province.get(closed.location))
    reopened = post_form(province, REOPEN, {"reason": "Bổ sung số liệu"})

    assert "Đã khóa Quý 3/2026" in text
    assert "Số liệu đã khóa" in text
    assert "Lần 1" in text
    told = main_text(province.get(reopened.location))
    assert "Đã mở lại Quý 3/2026" in told
    assert "Bổ sung số liệu" in told


def test_reopening_needs_a_reason(province):
    post_form(province, CLOSE, {})

    answer = post_form(province, REOPEN, {"reason": ""})

    assert answer.status_code == 422
    assert "Nhập lý do mở lại." in main_text(answer)


def test_a_period_that_runs_is_not_closed_and_the_page_says_what_to_do(province):
    answer = post_form(province, "/ky-bao-cao/2026-Q4/khoa", {})

    assert answer.status_code == 422
    assert "Kỳ này đến hết ngày 14/12/2026 mới kết thúc." in main_text(answer)


def test_the_days_follow_the_calendar_when_that_is_chosen(province):
    answer = post_form(province, DAYS, _seen() | {"preset": "quy-lich"})

    text = main_text(province.get(answer.location))
    assert "Từ 01/07/2026 đến hết 30/09/2026; hạn gửi báo cáo 15/09/2026" in text


def test_free_days_have_to_be_typed_and_what_was_typed_is_kept(province):
    answer = post_form(
        province,
        DAYS,
        _seen() | {"preset": "ngay-khac", "first_day": "20/06/2026", "last_day": "39/9/2026"},
    )

    soup = page(answer)
    assert answer.status_code == 422
    assert soup.select_one("input[name=first_day]")["value"] == "20/06/2026"
    assert soup.select_one("input[name=last_day]")["value"] == "39/9/2026"


def test_a_leader_sees_the_own_ward_alone_and_cannot_close(sign_in, session):
    leader = sign_in(account_with(Role.WARD_LEADER, "21553"))

    soup = page(leader.get(PAGE))

    assert [row.a.get_text() for row in soup.select("#wards tbody tr")] == [any_ward("21553").name]
    assert "Toàn tỉnh" not in soup.main.get_text()
    assert leader.get(CLOSE).status_code == 403


def test_a_period_that_has_not_begun_and_an_edition_that_is_not_there_are_not_found(province):
    assert province.get("/ky-bao-cao/2027-Q2").status_code == 404
    assert province.get("/ky-bao-cao/khac").status_code == 404
    assert province.get(PAGE, query_string={"lan": "1"}).status_code == 404


def _seen():
    return {
        "first_day": "15/06/2026",
        "last_day": "14/09/2026",
        "seen_first": "2026-06-15",
        "seen_last": "2026-09-14",
    }
