"""Handing a visitor on from the desk, and the list of what became of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.wording import CONSENT_TEXT
from models import Consent, Handoff, Mentee, Person, db
from models.enums import ConsentMethod, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.desk import DAY
from tests.factories.network import (
    HandoffFactory,
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
)
from tests.web.pages import form_keys, main_text, normal, page, post_form
from tests.web.statements import count_statements

SignIn = Callable[..., FlaskClient]
WAITING = "/cho-chuyen"

pytestmark = pytest.mark.usefixtures("at_nine")


@pytest.fixture
def at_nine():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def support(sign_in: SignIn) -> FlaskClient:
    return sign_in(account_with(Role.SUPPORT))


@pytest.fixture
def url(flask_app) -> str:
    return f"/ho-tro/{HelpSessionFactory(service_date=DAY).id}/chuyen-mentor"


def visitor(**typed: Any) -> dict[str, Any]:
    return {
        "full_name": "Siu H'Bia",
        "phone": "0912.345.678",
        "birth_year": "1965",
        "consent_method": "spoken",
    } | typed


def count_stored() -> tuple[int, ...]:
    return tuple(
        db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Person, Mentee, Consent, Handoff)
    )


def test_consent_is_asked_with_its_text_and_never_chosen_beforehand(support, url):
    soup = page(support.get(url))

    assert normal(soup.find("blockquote").get_text()) == CONSENT_TEXT
    assert soup.select("main form input[checked]") == []


def test_the_visitor_appears_in_the_waiting_list(support, url):
    answer = post_form(support, url, visitor(hamlet="Làng Ốp"))

    assert (answer.status_code, answer.location) == (303, WAITING)
    soup = page(support.get(WAITING))
    row = normal(soup.select_one("tbody tr").get_text(" "))
    assert row == "Siu H'Bia (1965) 31/08/2026 0 0912 ••• 678 31/08/2026"
    assert "0912 345 678" not in soup.get_text()
    assert db.session.scalars(select(Consent.method)).all() == [ConsentMethod.SPOKEN]


def test_a_double_press_hands_on_once(support, url):
    sent = form_keys(support, url) | visitor()

    first, second = support.post(url, data=sent), support.post(url, data=sent)

    assert (first.status_code, second.status_code) == (303, 303)
    assert count_stored() == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"full_name": ""}, "Nhập họ và tên"),
        ({"full_name": "x" * 500}, "Dài quá 120 ký tự"),
        ({"full_name": "<b>Siu</b>"}, "Họ tên chỉ gồm chữ cái"),
        ({"full_name": "🙂🙂"}, "Họ tên chỉ gồm chữ cái"),
        ({"phone": "12345"}, "Số điện thoại chưa đúng"),
        ({"birth_year": ""}, "Nhập năm sinh"),
        ({"birth_year": "2031"}, "Nhập năm sinh từ 1900 đến 2026"),
        ({"birth_year": "9" * 30}, "Nhập năm sinh từ 1900 đến 2026"),
        ({"consent_method": ""}, "Chọn cách người này đã đồng ý"),
        ({"birth_year": "2010"}, "cần người đại diện đồng ý"),
        ({"hamlet": "=1+1🙂"}, "Tên thôn, làng, tổ chỉ gồm"),
    ],
)
def test_bad_input_comes_back_with_its_reason_and_what_was_typed(support, url, typed, complaint):
    answer = post_form(support, url, visitor(**typed))

    assert answer.status_code == 422
    soup = page(answer)
    assert complaint in soup.select_one(".error-summary").get_text()
    for name in set(typed) - {"consent_method"}:
        assert soup.select_one(f"#{name}")["value"] == typed[name]
    assert count_stored() == (0, 0, 0, 0)


def test_somebody_alike_is_offered_to_choose_or_to_tell_apart(support, url):
    known = MenteeFactory(person=PersonFactory(full_name="Siu H’Bia", phone="+84912345678"))
    known_id = str(known.person_id)

    asked = post_form(support, url, visitor())
    choices = [box["value"] for box in page(asked).select("input[name=same_person]")]
    answer = post_form(support, url, visitor(same_person=known_id))

    assert (asked.status_code, choices) == (422, [known_id, "nguoi-khac"])
    assert (answer.status_code, count_stored()) == (303, (1, 1, 1, 1))


def test_who_waits_already_is_said_to_be_on_the_list_since_when(support, url):
    known = MenteeFactory(
        person=PersonFactory(full_name="Siu H’Bia", phone="+84912345678"),
        started_on=date(2026, 2, 3),
    )

    post_form(support, url, visitor(same_person=str(known.person_id)))

    text = page(support.get("/cho-chuyen")).select_one(".notices").get_text()
    assert "có trong danh sách người học từ 03/02/2026" in text
    assert "không ghi thêm người mới" in text


def test_another_person_of_the_same_name_is_taken_as_such(support, url):
    MenteeFactory(person=PersonFactory(full_name="Siu H’Bia", phone="+84912345678"))

    answer = post_form(support, url, visitor(same_person="nguoi-khac"))

    assert (answer.status_code, count_stored()) == (303, (2, 2, 1, 1))


@pytest.mark.parametrize("tampered", ["999999", "abc", "²"])
def test_a_tampered_choice_of_person_is_refused(support, url, tampered):
    MenteeFactory(person=PersonFactory(full_name="Siu H’Bia", phone="+84912345678"))

    assert post_form(support, url, visitor(same_person=tampered)).status_code == 422


def test_a_decision_about_another_name_does_not_count(support, url):
    answer = post_form(support, url, visitor(full_name="Kpă Ngol", same_person="12345"))

    assert (answer.status_code, count_stored()) == (303, (1, 1, 1, 1))


def test_who_has_a_mentor_is_told_kindly_with_the_mentor_s_name(support, url):
    teacher = MentorFactory(person=PersonFactory(full_name="Rơ Châm Dih", phone="+84987654321"))
    pair = MentorshipFactory(mentor=teacher, mentee__person__full_name="Siu H'Bia")
    person_id = str(pair.mentee.person_id)
    pair.mentee.person.phone = "+84912345678"
    db.session.commit()

    answer = post_form(support, url, visitor(same_person=person_id))

    assert answer.status_code == 422
    text = main_text(answer)
    assert "đang học với mentor Rơ Châm Dih" in text
    assert "0987" not in text


def test_a_session_that_was_handed_on_leads_to_the_list(support, url):
    post_form(support, url, visitor())

    answer = support.get(url)

    assert (answer.status_code, answer.location) == (302, WAITING)


def test_the_list_tells_who_has_a_mentor_now(support):
    handoff = HandoffFactory(mentee__person__full_name="Siu H'Bia")
    teacher = MentorFactory(person=PersonFactory(full_name="Rơ Châm Dih"))
    MentorshipFactory(mentee=handoff.mentee, mentor=teacher, started_on=date(2026, 6, 1))
    HandoffFactory(mentee__ward=any_ward("23575"))

    rows = [normal(row.get_text(" ")) for row in page(support.get(WAITING)).select("tbody tr")]

    assert rows == [
        "Siu H'Bia (1990) Đang học với Rơ Châm Dih, chưa gặp lần nào 01/06/2026 01/03/2026"
    ]


def test_who_may_pair_gets_the_way_to_a_mentor(sign_in, support):
    mentee_id = HandoffFactory().mentee_id
    leader = sign_in(account_with(Role.WARD_LEADER))

    link = page(leader.get(WAITING)).find("a", string="Ghép với mentor")

    assert link["href"] == f"/ghep-cap?mentee={mentee_id}"
    assert page(support.get(WAITING)).find("a", string="Ghép với mentor") is None


def test_an_empty_list_says_what_will_stand_there(support):
    assert "Chưa chuyển ai" in main_text(support.get(WAITING))


def test_the_list_asks_the_database_as_often_for_many_people_as_for_one(support):
    HandoffFactory()
    MentorshipFactory(mentee=HandoffFactory().mentee)
    few = count_statements(support, WAITING)
    for handoff in HandoffFactory.create_batch(5):
        MentorshipFactory(mentee=handoff.mentee)
    HandoffFactory.create_batch(5)

    assert count_statements(support, WAITING) == few
