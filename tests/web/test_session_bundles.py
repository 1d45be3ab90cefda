"""The form of many turns at once, and where they show that they were noted so."""

from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from models import HelpSession, SessionBundle, db
from models.enums import Role
from tests.factories.accounts import GrantFactory, account_with
from tests.factories.base import any_ward
from tests.factories.desk import close_third_quarter, procedure
from tests.web.pages import main_text, normal, page, post_form
from tests.web.statements import count_statements

FORM = "/ho-tro/nhieu-luot"
TODAY = "/ho-tro/hom-nay"
OTHER_WARD = "23575"

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def at_noon():
    with time_machine.travel("2026-08-31 12:00+07:00", tick=False):
        yield


@pytest.fixture
def support(sign_in: Any) -> FlaskClient:
    return sign_in(account_with(Role.SUPPORT))


def morning(**typed: str) -> dict[str, str]:
    """Return a morning of fourteen turns as typed, changed where the test says so."""
    return {
        "service_date": "31/08/2026",
        "span": "morning",
        "outcome": "done",
        "procedure_0": str(procedure("vneid").id),
        "mode_0": "together",
        "sessions_0": "9",
        "people_0": "4",
        "procedure_1": str(procedure("birth").id),
        "mode_1": "self",
        "sessions_1": "5",
        "people_1": "",
    } | typed


def count_stored() -> int:
    return db.session.scalar(select(func.count(HelpSession.id))) or 0


def test_a_morning_of_fourteen_turns_is_saved_and_shown_in_its_day(support):
    answer = post_form(support, FORM, morning())

    assert (answer.status_code, answer.location) == (303, f"{TODAY}?ngay=31/08/2026")
    soup = page(support.get(answer.location))
    notice = soup.select_one(".notices")
    assert "Đã ghi gộp 14 lượt, trong đó 4 người lần đầu: buổi sáng, 31/08/2026." in normal(
        notice.get_text()
    )
    assert normal(notice.find("button").get_text()) == "Hoàn tác"
    assert len(soup.select("main tbody tr .session-mark")) == 14
    told = normal(soup.select_one(".bundles li").get_text(" "))
    assert "Buổi sáng: 14 lượt, 4 người lần đầu ghi gộp" in told
    assert "Hộ tịch: khai sinh, tự làm: 5 lượt; VNeID, làm cùng: 9 lượt" in told
    assert "Hoàn tác cả 14 lượt" in told


def test_one_button_takes_all_of_it_back(support):
    post_form(support, FORM, morning())
    undo = page(support.get(FORM)).select_one(".bundles form")

    answer = support.post(
        undo["action"],
        data={"csrf_token": undo.find("input")["value"]},
        follow_redirects=True,
    )

    assert "Đã hoàn tác: Ghi gộp nhiều lượt hỗ trợ" in normal(page(answer).get_text())
    assert count_stored() == 0


def test_a_double_press_saves_once(support):
    soup = page(support.get(FORM))
    keys = {
        name: soup.select_one(f"main input[name={name}]")["value"]
        for name in ("csrf_token", "form_key")
    }

    answers = [support.post(FORM, data=keys | morning()).status_code for _ in range(2)]

    assert (answers, count_stored()) == ([303, 303], 14)


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ({"span": "afternoon"}, ("afternoon", None, None)),
        ({"span": "ca-ngay", "began_at": "7"}, (None, None, None)),
        ({"span": "theo-gio", "began_at": "7", "ended_at": "11"}, (None, 7, 11)),
    ],
)
def test_the_hours_are_a_half_day_a_day_or_a_span(support, typed, spans):
    post_form(support, FORM, morning(**typed))

    bundle = db.session.scalars(select(SessionBundle)).one()
    hours = [moment and moment.hour for moment in (bundle.began_at, bundle.ended_at)]
    assert (bundle.half_day, *hours) == spans


@pytest.mark.parametrize(
    ("typed", "field", "complaint"),
    [
        ({"sessions_0": "", "people_0": "", "sessions_1": ""}, "sessions_0", "ở ít nhất một dòng"),
        ({"sessions_0": ""}, "sessions_0", "Nhập số lượt của dòng này"),
        ({"sessions_0": "0"}, "sessions_0", "Nhập một số từ 1 đến 200"),
        ({"sessions_0": "201"}, "sessions_0", "Nhập một số từ 1 đến 200"),
        ({"sessions_0": "mười"}, "sessions_0", "Nhập một số nguyên"),
        ({"sessions_0": "150", "sessions_1": "51"}, "sessions_1", "đã 201 lượt; mỗi phiếu ghi gộp"),
        ({"people_0": "10"}, "people_0", "không thể nhiều hơn số lượt"),
        ({"people_0": "-1"}, "people_0", "Nhập một số từ 0 đến 200"),
        ({"procedure_0": ""}, "procedure_0", "Chọn thủ tục của dòng này"),
        ({"procedure_0": "999999"}, "procedure_0", "không có trong danh sách"),
        ({"mode_1": ""}, "mode_1", "Chọn tự làm, làm cùng hay làm thay"),
        ({"mode_1": "nobody"}, "mode_1", "không có trong danh sách"),
        ({"sessions_7": "3"}, "procedure_7", "Chọn thủ tục của dòng này"),
        ({"span": ""}, "span", "Chọn buổi, hoặc cả ngày"),
        ({"span": "theo-gio"}, "span", "Chọn từ mấy giờ đến mấy giờ"),
        ({"span": "theo-gio", "began_at": "11", "ended_at": "11"}, "span", "phải sau giờ bắt đầu"),
        ({"span": "theo-gio", "began_at": "99", "ended_at": "11"}, "began_at", "không có trong"),
        ({"service_date": "01/09/2026"}, "service_date", "Ngày này chưa tới"),
        ({"service_date": "31/12/2019"}, "service_date", "Ngày này quá sớm"),
        ({"outcome": ""}, "outcome", "Chọn kết quả"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    support, typed, field, complaint
):
    answer = post_form(support, FORM, morning(**typed))

    soup = page(answer)
    assert (answer.status_code, count_stored()) == (422, 0)
    assert complaint in soup.select_one(f"#{field}-error").get_text()
    assert complaint in soup.select_one(".error-summary").get_text()
    for name in ("sessions_0", "people_0", "sessions_1", "service_date"):
        assert soup.select_one(f"#{name}")["value"] == morning(**typed)[name]
    assert soup.select_one("details.more-fields").has_attr("open") is ("sessions_7" in typed)


def test_two_hundred_at_once_are_taken(support):
    answer = post_form(support, FORM, morning(sessions_0="150", sessions_1="50"))

    assert (answer.status_code, count_stored()) == (303, 200)


def test_a_day_of_a_closed_report_is_said_to_count_in_the_next(support):
    close_third_quarter()

    post_form(support, FORM, morning())

    text = main_text(support.get(f"{TODAY}?ngay=31/08/2026"))
    assert "Kỳ báo cáo của ngày này đã khóa nên các lượt được tính vào kỳ 2026-Q4" in text


def test_the_day_of_the_address_stands_in_the_form_unless_it_is_yet_to_come(support):
    days = [
        page(support.get(f"{FORM}?ngay={day}")).select_one("#service_date")["value"]
        for day in ("20/08/2026", "01/09/2026", "abc")
    ]

    assert days == ["20/08/2026", "31/08/2026", "31/08/2026"]


def test_who_serves_two_wards_says_which(sign_in):
    account = account_with(Role.SUPPORT)
    GrantFactory(account=account, role=Role.SUPPORT, ward=any_ward(OTHER_WARD))
    client, other_id = sign_in(account), str(any_ward(OTHER_WARD).id)

    unnamed = post_form(client, FORM, morning())
    named = post_form(client, FORM, morning(ward=other_id))

    assert (unnamed.status_code, named.status_code) == (422, 303)
    codes = db.session.scalars(select(HelpSession)).all()
    assert {session.ward.code for session in codes} == {OTHER_WARD}


def test_a_leader_reads_and_takes_back_what_staff_bundled_and_bundles_nothing(support, sign_in):
    post_form(support, FORM, morning())
    leader = sign_in(account_with(Role.WARD_LEADER))
    colleague = sign_in(account_with(Role.SUPPORT))

    assert leader.get(FORM).status_code == 403
    assert page(leader.get(TODAY)).select(".bundles form") != []
    assert page(colleague.get(TODAY)).select(".bundles form") == []


def test_figures_say_how_many_of_their_sessions_were_bundled(support):
    post_form(support, FORM, morning())

    text = main_text(support.get("/thong-ke"))

    assert "Trong đó có 14 lượt được ghi gộp một lần." in text
    assert "Năm nay có 14 lượt được ghi gộp một lần" in text


def test_a_session_of_a_bundle_says_so_when_it_is_corrected(support):
    post_form(support, FORM, morning())
    session_id = db.session.scalar(select(func.min(HelpSession.id)))

    assert "được ghi gộp cùng nhiều lượt khác" in main_text(
        support.get(f"/ho-tro/{session_id}/sua")
    )


def test_a_burst_that_was_bundled_is_told_so_to_the_leader(support, sign_in):
    post_form(support, FORM, morning(sessions_0="12"))
    leader = sign_in(account_with(Role.WARD_LEADER))

    text = main_text(leader.get("/ra-soat?viec=entry_burst"))

    assert "12 lượt hỗ trợ giống nhau được ghi gộp một lần" in text


def test_pages_ask_the_database_as_often_for_many_bundles_as_for_one(support):
    post_form(support, FORM, morning())
    few = [count_statements(support, url) for url in (FORM, TODAY, "/thong-ke")]
    post_form(support, FORM, morning())
    post_form(support, FORM, morning(span="afternoon"))

    many = [count_statements(support, url) for url in (FORM, TODAY, "/thong-ke")]

    assert many == few
