"""The sheet of duty turns: one tap for today, a form for other days."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from models import DutyTurn, db
from models.enums import HalfDay, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.desk import DAY, close_third_quarter, link_to_post
from tests.factories.network import DutyTurnFactory, PersonFactory, SupportPostFactory
from tests.web.pages import main_text, normal, page, post_form
from tests.web.statements import count_statements

SignIn = Callable[..., FlaskClient]
SHEET = "/lich-truc"

pytestmark = pytest.mark.usefixtures("at_nine")


@pytest.fixture
def at_nine():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def support(sign_in: SignIn) -> FlaskClient:
    return sign_in(account_with(Role.SUPPORT))


def turn(post_id: int, **typed: Any) -> dict[str, Any]:
    return {
        "post": str(post_id),
        "service_date": "31/08/2026",
        "half_day": "morning",
        "state": "da-truc",
    } | typed


def stored() -> list[tuple[str, HalfDay, bool]]:
    return [
        (row.service_date.isoformat(), row.half_day, row.is_performed)
        for row in db.session.scalars(select(DutyTurn).order_by(DutyTurn.id))
    ]


def press(client: FlaskClient, label: str) -> dict[str, str]:
    """Return what the first button of that name sends."""
    soup = page(client.get(SHEET))
    button = next(b for b in soup.select("main button") if normal(b.get_text()) == label)
    fields = button.find_parent("form").find_all("input")
    return {str(field["name"]): str(field["value"]) for field in fields}


def test_one_tap_records_this_morning(support):
    SupportPostFactory(person=PersonFactory(full_name="Lê Thị Ánh"))

    sent = press(support, "Đã trực sáng 31/08")
    first, second = support.post(SHEET, data=sent), support.post(SHEET, data=sent)

    assert (first.status_code, second.status_code) == (303, 303)
    assert stored() == [("2026-08-31", HalfDay.MORNING, True)]
    text = main_text(support.get(SHEET))
    assert "Đã ghi: Lê Thị Ánh trực buổi sáng ngày 31/08/2026." in text
    assert "Hoàn tác" in text
    assert "✓ Đã trực sáng 31/08" in text


def test_the_buttons_of_one_page_are_told_apart(support):
    SupportPostFactory()
    morning, afternoon = press(support, "Đã trực sáng 31/08"), press(support, "Đã trực chiều 31/08")

    support.post(SHEET, data=morning)
    support.post(SHEET, data=morning | {"half_day": "afternoon", "form_key": afternoon["form_key"]})

    assert [half for _, half, _ in stored()] == [HalfDay.MORNING, HalfDay.AFTERNOON]


def test_the_form_begins_with_one_s_own_post(sign_in):
    account = account_with(Role.SUPPORT)
    own = SupportPostFactory(person=PersonFactory(full_name="Lê Văn Yên"))
    SupportPostFactory(person=PersonFactory(full_name="Lê Văn Ánh"))
    link_to_post(account, own)
    own_id = str(own.id)

    soup = page(sign_in(account).get(SHEET))

    assert [box["value"] for box in soup.select("input[name=post][checked]")] == [own_id]


def test_a_plan_is_recorded_and_performed_later(support):
    post_id = SupportPostFactory().id

    planned = post_form(support, SHEET, turn(post_id, service_date="02/09/2026", state="se-truc"))

    assert planned.status_code == 303
    assert stored() == [("2026-09-02", HalfDay.MORNING, False)]
    assert "Sáng (sẽ trực)" in main_text(support.get(SHEET))


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"service_date": "01/09/2026"}, "Ngày này chưa tới"),
        ({"service_date": "31/12/2199", "state": "se-truc"}, "Ngày này quá xa"),
        ({"service_date": "01/01/1999"}, "Ngày này quá sớm"),
        ({"service_date": "<b>"}, "Ngày chưa đúng"),
        ({"service_date": "01/12/2025"}, "chưa nhận việc hoặc đã thôi"),
        ({"half_day": "night"}, "không có trong danh sách"),
        ({"post": "abc"}, "không có trong danh sách"),
        ({"state": ""}, "Chọn đã trực hay sẽ trực"),
    ],
)
def test_bad_input_comes_back_with_its_reason_and_what_was_typed(support, typed, complaint):
    answer = post_form(support, SHEET, turn(SupportPostFactory().id) | typed)

    assert answer.status_code == 422
    soup = page(answer)
    assert complaint in soup.select_one(".error-summary").get_text()
    if "service_date" in typed:
        assert soup.select_one("#service_date")["value"] == typed["service_date"]
    assert stored() == []


def test_a_turn_recorded_before_is_said_to_be_there(support):
    post_id = DutyTurnFactory(service_date=DAY).support_post_id

    answer = post_form(support, SHEET, turn(post_id))

    assert answer.status_code == 422
    assert "Ca trực này đã được ghi rồi." in main_text(answer)


def test_a_day_of_a_closed_report_is_said_to_count_in_the_next(support):
    post_id = SupportPostFactory().id
    close_third_quarter()

    post_form(support, SHEET, turn(post_id, service_date="28/08/2026"))

    assert "được tính vào kỳ 2026-Q4" in main_text(support.get(SHEET))


def test_posts_and_turns_of_another_ward_do_not_exist(support):
    SupportPostFactory()
    foreign = DutyTurnFactory(support_post__ward=any_ward("23575"), service_date=DAY)
    foreign_post, foreign_turn = foreign.support_post_id, foreign.id

    recorded = post_form(support, SHEET, turn(foreign_post))
    deleted = post_form(support, f"{SHEET}/{foreign_turn}/xoa", {}, page_url=SHEET)

    assert (recorded.status_code, deleted.status_code) == (422, 404)


def test_a_turn_is_deleted_from_its_cell(support):
    turn_id = DutyTurnFactory(service_date=DAY).id

    answer = post_form(support, f"{SHEET}/{turn_id}/xoa", {}, page_url=SHEET)

    assert (answer.status_code, stored()) == (303, [])


def test_a_ward_without_support_staff_says_who_can_help(support, sign_in):
    leader = sign_in(account_with(Role.WARD_LEADER))

    assert "Bí thư Đoàn xã, phường cần thêm nhân sự hỗ trợ" in main_text(support.get(SHEET))
    assert page(leader.get(SHEET)).find("a", href="/nhan-su-ho-tro/moi") is not None


@pytest.mark.parametrize("day", ["", "abc", "01/01/0001", "31/12/9999", "9" * 50])
def test_any_day_in_the_address_shows_a_week(support, day):
    SupportPostFactory()

    assert support.get(f"{SHEET}?ngay={day}").status_code == 200


def test_the_sheet_asks_the_database_as_often_for_many_turns_as_for_one(support):
    DutyTurnFactory(service_date=DAY)
    few = count_statements(support, SHEET)
    DutyTurnFactory.create_batch(5, service_date=DAY)

    assert count_statements(support, SHEET) == few
