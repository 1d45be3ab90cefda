"""Mentees: list, page, registering and ending, as a reader sees them."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient

from models import Consent, Mentee, Mentorship, Person, PersonGroup, TargetGroup, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    AttendanceFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    end_reason,
)
from tests.web.pages import main_text, normal, page, post_form
from tests.web.people_forms import edit_values, registration
from tests.web.statements import count_statements

SignIn = Callable[..., FlaskClient]
OTHER_WARD = "21583"

pytestmark = pytest.mark.usefixtures("on_10_march")


@pytest.fixture
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in: SignIn) -> FlaskClient:
    return sign_in(account_with(Role.WARD_LEADER))


def names(client: FlaskClient, url: str) -> list[str]:
    soup = page(client.get(url))
    return [normal(link.get_text()) for link in soup.select("tbody th a")]


def group_id(code: str) -> str:
    return str(db.session.query(TargetGroup).filter_by(code=code).one().id)


def mentee_named(full_name: str, **spell) -> Mentee:
    return MenteeFactory(person=PersonFactory(full_name=full_name), **spell)


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("", ["Bà Chờ", "Bà Học", "Bà Nghỉ"]),
        ("cho-mentor", ["Bà Chờ"]),
        ("dang-hoc", ["Bà Học"]),
        ("tam-nghi", ["Bà Nghỉ"]),
        ("hoan-thanh", ["Bà Xong"]),
        ("da-thoi", ["Bà Thôi"]),
    ],
)
def test_the_list_is_filtered_by_state(leader, state, shown):
    mentee_named("Bà Chờ")
    MentorshipFactory(mentee=mentee_named("Bà Học"))
    PauseFactory(
        mentee=mentee_named("Bà Nghỉ"), started_on=date(2026, 3, 1), ended_on=date(2026, 4, 1)
    )
    ended = date(2026, 3, 1)
    mentee_named("Bà Xong", ended_on=ended, end_reason=end_reason("completed"))
    mentee_named("Bà Thôi", ended_on=ended, end_reason=end_reason("mentee_left"))

    assert names(leader, f"/nguoi-hoc?tinh-trang={state}") == shown


def test_waiting_is_counted_from_the_latest_of_start_parting_and_return(leader):
    mentee_named("Bà An", started_on=date(2026, 3, 1))
    parted = mentee_named("Bà Bình")
    MentorshipFactory(mentee=parted, ended_on=date(2026, 3, 7), end_reason=end_reason("other"))
    back = mentee_named("Bà Chi")
    PauseFactory(mentee=back, started_on=date(2026, 2, 1), ended_on=date(2026, 3, 8))
    MentorshipFactory(
        mentee=mentee_named("Bà Dung"),
        mentor=MentorFactory(person=PersonFactory(full_name="Anh Tám")),
    )

    soup = page(leader.get("/nguoi-hoc"))

    cells = [normal(cell.get_text(" ")) for cell in soup.select('td[data-label="Mentor"]')]
    assert cells == ["● chờ 9 ngày", "● chờ 3 ngày", "● chờ 2 ngày", "Anh Tám"]


def test_a_mentees_page_names_the_mentor_of_another_ward_without_a_link(leader):
    mentor = MentorFactory(
        ward=any_ward(OTHER_WARD),
        person=PersonFactory(full_name="Nay Hla", phone="+84987654321"),
    )
    mentorship = MentorshipFactory(mentor=mentor)
    AttendanceFactory(mentorship=mentorship)

    response = leader.get(f"/nguoi-hoc/{mentorship.mentee_id}")

    text = main_text(response)
    assert "Nay Hla 0987 ••• 321 Quy Nhơn 05/01/2026 01/03/2026" in text
    assert page(response).select(f'a[href="/mentor/{mentor.id}"]') == []


def test_another_wards_mentee_does_not_exist(leader):
    foreign = MenteeFactory(ward=any_ward(OTHER_WARD))

    answers = [leader.get(f"/nguoi-hoc/{foreign.id}{tail}") for tail in ("", "/sua", "/thoi")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_person_with_a_role_in_two_wards_shows_each_ward_its_own(leader):
    person = PersonFactory(full_name="Nay Hla")
    mentee = MenteeFactory(person=person)
    MentorFactory(person=person, ward=any_ward(OTHER_WARD))

    text = main_text(leader.get(f"/nguoi-hoc/{mentee.id}"))

    assert "Người học · Quy Nhơn Bắc" in text
    assert "Mentor · Quy Nhơn ·" not in text


def test_a_sensitive_group_needs_a_basis(leader):
    typed = registration(groups=[group_id("poor"), group_id("farmer")])

    refused = post_form(leader, "/nguoi-hoc/moi", typed)
    made = post_form(
        leader,
        "/nguoi-hoc/moi",
        typed | {"group_basis": "paper_form", "group_basis_on": "02/01/2026"},
    )

    assert "Nhóm Hộ nghèo là thông tin nhạy cảm" in main_text(refused)
    assert (refused.status_code, made.status_code) == (422, 303)
    stored = db.session.query(PersonGroup).order_by(PersonGroup.target_group_id).all()
    assert [(row.target_group.code, row.basis_on) for row in stored] == [
        ("poor", date(2026, 1, 2)),
        ("farmer", None),
    ]


def test_somebody_of_sixteen_needs_a_guardian(leader):
    typed = registration(birth_year="2010")

    refused = post_form(leader, "/nguoi-hoc/moi", typed)
    made = post_form(leader, "/nguoi-hoc/moi", typed | {"guardian_name": "Ksor H'Lan"})

    assert "Người từ 16 tuổi trở xuống cần người đại diện đồng ý" in main_text(refused)
    assert made.status_code == 303
    consent = db.session.query(Consent).one()
    assert (consent.guardian_name, consent.text_version) == ("Ksor H'Lan", "2026-01")
    assert consent.asked_by_id is not None


def test_a_name_arrives_composed_and_without_needless_spaces(leader):
    post_form(leader, "/nguoi-hoc/moi", registration(full_name="  Ho\u0300a   Thị\u200b Bé "))

    assert db.session.query(Person).one().full_name == "Hòa Thị Bé"


def test_completing_ends_the_pairing_as_completed(leader):
    mentorship = MentorshipFactory()
    url = f"/nguoi-hoc/{mentorship.mentee_id}/thoi"

    answer = post_form(
        leader, url, {"ended_on": "10/03/2026", "reason": str(end_reason("completed").id)}
    )

    assert answer.status_code == 303
    ended = db.session.get(Mentorship, mentorship.id)
    assert (ended.ended_on, ended.end_reason.code) == (date(2026, 3, 10), "completed")
    assert "đã thôi từ 10/03/2026 (Hoàn thành, đã tự làm được)" in main_text(
        leader.get(answer.location)
    )


def test_a_mentee_who_met_the_mentor_later_cannot_have_stopped_before(leader):
    mentorship = MentorshipFactory()
    AttendanceFactory(mentorship=mentorship)
    reason = str(end_reason("mentee_left").id)

    answer = post_form(
        leader,
        f"/nguoi-hoc/{mentorship.mentee_id}/thoi",
        {"ended_on": "28/02/2026", "reason": reason},
    )

    assert answer.status_code == 422
    assert "Chọn từ ngày 01/03/2026 trở đi" in main_text(answer)


def test_editing_removes_a_group_and_keeps_the_rest(leader):
    post_form(
        leader, "/nguoi-hoc/moi", registration(groups=[group_id("farmer"), group_id("trader")])
    )
    url = f"/nguoi-hoc/{db.session.query(Mentee).one().id}/sua"

    answer = leader.post(url, data=edit_values(leader, url) | {"groups": [group_id("trader")]})

    assert answer.status_code == 303
    assert "Nhóm đối tượng Tiểu thương" in main_text(leader.get(answer.location))


def test_the_list_asks_as_many_questions_for_forty_mentees_as_for_two(leader):
    for _ in range(2):
        MentorshipFactory()
    few = count_statements(leader, "/nguoi-hoc")
    for _ in range(38):
        MentorshipFactory()

    assert count_statements(leader, "/nguoi-hoc") == few


def test_who_may_only_log_sessions_sees_no_people(sign_in):
    support = sign_in(account_with(Role.SUPPORT))
    mentee = MenteeFactory()

    answers = [
        support.get(url) for url in ("/nguoi-hoc", f"/nguoi-hoc/{mentee.id}", "/nguoi-hoc/moi")
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
