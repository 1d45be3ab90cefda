"""Recording contacts: one tap for everybody, or a form for another day and the absent."""

from datetime import date, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from models import Attendance, Contact, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.desk import close_third_quarter
from tests.factories.network import (
    ContactFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    end_reason,
)
from tests.web.pages import main_text, normal, page, post_form
from tests.web.statements import count_statements


@pytest.fixture
def leader(sign_in) -> FlaskClient:
    return sign_in(account_with(Role.WARD_LEADER))


def recorded() -> list[tuple[date, int]]:
    db.session.expire_all()
    statement = select(Contact.service_date, Attendance.mentorship_id).join(
        Attendance, Attendance.contact_id == Contact.id
    )
    return sorted(tuple(row) for row in db.session.execute(statement))


def press(client: FlaskClient, button_text: str):
    """Press a button of the list of mentors and follow where it leads."""
    soup = page(client.get("/buoi-huong-dan"))
    for form in soup.select("main form"):
        if button_text in form.get_text():
            data = {field["name"]: field["value"] for field in form.select("input")}
            return client.post(form["action"], data=data)
    raise AssertionError(button_text)


def test_one_tap_records_that_everybody_was_met_today(leader):
    mentor = MentorFactory(person__full_name="Lê Văn Tám")
    pairs = [pair.id for pair in MentorshipFactory.create_batch(3, mentor=mentor)]

    response = press(leader, "Đã gặp cả 3 người hôm nay")

    assert response.status_code == 303
    text = main_text(leader.get(response.location))
    assert "Đã ghi buổi hướng dẫn của mentor Lê Văn Tám." in text
    assert "Đã gặp cả 3 người hôm nay" not in text
    assert recorded() == [(clock.today(), pair_id) for pair_id in pairs]


def test_the_same_tap_from_two_open_pages_records_once(leader):
    pair = MentorshipFactory()
    soup = page(leader.get("/buoi-huong-dan"))
    form = soup.select_one("main form[action$='ca-nhom']")
    data = {field["name"]: field["value"] for field in form.select("input")}
    leader.post(form["action"], data=data)

    again = leader.post(form["action"], data=data | {"form_key": "a-key-of-another-page"})

    assert "đã ghi rồi" in main_text(leader.get(again.location))
    assert recorded() == [(clock.today(), pair.id)]


def test_mentors_long_without_a_contact_stand_first_with_the_substitute(leader):
    recent, never = (
        MentorshipFactory(mentor__person__full_name=name).mentor
        for name in ("Gặp Gần Đây", "Chưa Gặp Bao Giờ")
    )
    ContactFactory(mentor=recent, service_date=clock.today() - timedelta(days=1))
    PauseFactory(
        mentor=recent,
        started_on=clock.today(),
        ended_on=date(2099, 1, 2),
        substitute_person_id=PersonFactory(full_name="Kpă Thuy").id,
    )
    assert never.id

    soup = page(leader.get("/buoi-huong-dan"))

    names = [normal(link.get_text()) for link in soup.select("tbody th a")]
    assert names == ["Chưa Gặp Bao Giờ", "Gặp Gần Đây"]
    assert "Tạm nghỉ đến 02/01/2099; người thay: Kpă Thuy" in normal(soup.main.get_text(" "))


def test_the_absent_are_unticked_on_a_past_day(leader):
    mentor = MentorFactory()
    present, absent = [pair.id for pair in MentorshipFactory.create_batch(2, mentor=mentor)]
    url = f"/mentor/{mentor.id}/buoi-huong-dan"
    ticked = page(leader.get(url)).select("input[name=mentorship_ids][checked]")

    response = post_form(
        leader, url, {"on": "02/03/2026", "mentorship_ids": present, "note": "Cài VNeID"}
    )

    assert {int(field["value"]) for field in ticked} == {present, absent}
    assert response.status_code == 303
    assert recorded() == [(date(2026, 3, 2), present)]


def test_what_comes_late_for_a_closed_period_counts_in_the_next_and_keeps_its_own_day(sign_in):
    with time_machine.travel("2026-09-20T02:00:00Z", tick=False):
        leader = sign_in(account_with(Role.WARD_LEADER))
        close_third_quarter()
        pair = MentorshipFactory(started_on=date(2026, 8, 1))
        url = f"/mentor/{pair.mentor_id}/buoi-huong-dan"
        typed = {"on": "01/09/2026", "mentorship_ids": pair.id}

        answer = post_form(leader, url, typed)

        said = main_text(leader.get(answer.location))

    assert "nên buổi được tính vào kỳ 2026-Q4" in said
    [contact] = db.session.query(Contact)
    assert (contact.service_date, contact.reported_in.code) == (date(2026, 9, 1), "2026-Q4")


def test_another_day_offers_those_who_were_paired_then(leader):
    mentor = MentorFactory()
    MentorshipFactory(
        mentor=mentor,
        mentee__person=PersonFactory(full_name="Học Sau"),
        started_on=date(2026, 4, 1),
    )
    MentorshipFactory(
        mentor=mentor,
        mentee__person=PersonFactory(full_name="Học Trước"),
        ended_on=date(2026, 4, 1),
        end_reason=end_reason("other"),
    )
    url = f"/mentor/{mentor.id}/buoi-huong-dan"

    by_link = main_text(leader.get(f"{url}?ngay=02/03/2026"))
    by_button = post_form(leader, url, {"on": "02/03/2026", "note": "giữ lại", "show_day": "1"})

    assert "Học Trước" in by_link
    assert "Học Sau" not in by_link
    soup = page(by_button)
    assert "Học Trước" in soup.get_text()
    assert soup.select_one("textarea").get_text().strip() == "giữ lại"
    assert recorded() == []


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"on": "02/03/2026"}, "Đánh dấu ít nhất một người có mặt"),
        ({"on": "32/03/2026", "mentorship_ids": "1"}, "Ngày chưa đúng"),
        ({"on": "01/01/2099", "mentorship_ids": "1"}, "Ngày này chưa tới"),
        ({"on": "01/01/2020", "mentorship_ids": "1"}, "không học với mentor này vào ngày"),
        ({"on": "02/03/2026", "mentorship_ids": "1", "note": "052123456789"}, "CCCD"),
        ({"on": "02/03/2026", "mentorship_ids": "1", "note": "pass Abc@123"}, "mã OTP"),
        ({"on": "02/03/2026", "mentorship_ids": "1", "note": "a" * 1001}, "Dài quá 1000"),
        ({"on": "02/03/2026", "mentorship_ids": "9" * 30}, "không có trong danh sách"),
        ({"on": "02/03/2026", "mentorship_ids": "777"}, "không học với mentor này vào ngày"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_nothing_is_written(leader, data, sentence):
    mentor_id = MentorshipFactory().mentor_id

    response = post_form(leader, f"/mentor/{mentor_id}/buoi-huong-dan", data)

    assert response.status_code == 422
    assert sentence in main_text(response)
    assert recorded() == []


def test_markup_and_emoji_in_a_note_are_shown_as_typed(leader):
    pair = MentorshipFactory()
    url = f"/mentor/{pair.mentor_id}/buoi-huong-dan"

    post_form(leader, url, {"on": "02/03/2026", "mentorship_ids": pair.id, "note": "<b>😀=1+1"})

    assert "<b>😀=1+1" in main_text(leader.get(url))


def test_a_foreign_mentor_does_not_exist(leader):
    mentor_id = MentorFactory(ward=any_ward("21607")).id
    token = page(leader.get("/buoi-huong-dan")).select_one("input[name=csrf_token]")["value"]

    answers = [
        leader.get(f"/mentor/{mentor_id}/buoi-huong-dan").status_code,
        leader.post(
            f"/mentor/{mentor_id}/buoi-huong-dan/ca-nhom", data={"csrf_token": token}
        ).status_code,
    ]

    assert answers == [404, 404]


def test_an_empty_ward_is_told_what_comes_first(leader):
    assert "Chưa có mentor nào đang kèm" in main_text(leader.get("/buoi-huong-dan"))


def test_the_list_asks_the_same_number_of_questions_for_any_size(leader):
    MentorshipFactory()
    few = count_statements(leader, "/buoi-huong-dan")

    MentorshipFactory.create_batch(9)

    assert count_statements(leader, "/buoi-huong-dan") == few
