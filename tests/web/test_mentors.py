"""Mentors: list, page, registering, editing and ending, as a reader sees them."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient

from models import Mentor, Mentorship, Person, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    AttendanceFactory,
    HamletFactory,
    MenteeFactory,
    MentorCapacityFactory,
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
TODAY = "2026-03-10T02:00:00Z"
OTHER_WARD = "21583"
BEGUN = date(2026, 1, 5)

pytestmark = pytest.mark.usefixtures("on_10_march")


@pytest.fixture
def on_10_march():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def leader(sign_in: SignIn) -> FlaskClient:
    return sign_in(account_with(Role.WARD_LEADER))


def names(client: FlaskClient, url: str) -> list[str]:
    soup = page(client.get(url))
    return [normal(link.get_text()) for link in soup.select("tbody th a")]


def test_the_list_sorts_by_given_name_and_tells_people_of_one_name_apart(leader):
    thon = HamletFactory(name="Thôn 3")
    MentorFactory(person=PersonFactory(full_name="Trần Ân", birth_year=1999))
    MentorFactory(
        person=PersonFactory(full_name="Lê An", birth_year=1988, phone="+84912345678", hamlet=thon)
    )

    soup = page(leader.get("/mentor"))

    heads = [normal(head.get_text(" ")) for head in soup.select("tbody th")]
    assert heads == ["Lê An 1988 · Thôn 3 · 0912 ••• 678", "Trần Ân 1999"]


def test_the_list_is_found_without_accents_by_part_of_a_phone_and_by_hamlet(leader):
    MentorFactory(person=PersonFactory(full_name="Đặng Thị Hòa", phone="+84912345678"))
    MentorFactory(person=PersonFactory(full_name="Siu Phen", hamlet=HamletFactory(name="Làng Ốp")))

    assert names(leader, "/mentor?q=dang hoa") == ["Đặng Thị Hòa"]
    assert names(leader, "/mentor?q=345.678") == ["Đặng Thị Hòa"]
    assert names(leader, "/mentor?q=0912") == ["Đặng Thị Hòa"]
    assert names(leader, "/mentor?q=lang op") == ["Siu Phen"]
    assert names(leader, "/mentor?q=%25") == []


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("", ["Ba Đủ", "Ba Nghỉ", "Ba Thiếu", "Ba Quá"]),
        ("dang-kem", ["Ba Đủ", "Ba Thiếu", "Ba Quá"]),
        ("duoi-muc", ["Ba Thiếu", "Ba Quá"]),
        ("qua-tai", ["Ba Quá"]),
        ("con-cho", ["Ba Đủ", "Ba Thiếu"]),
        ("tam-nghi", ["Ba Nghỉ"]),
        ("da-thoi", ["Ba Thôi"]),
        ("khong-co", ["Ba Đủ", "Ba Nghỉ", "Ba Thiếu", "Ba Quá"]),
    ],
)
def test_the_list_is_filtered_by_state(leader, state, shown):
    enough = MentorFactory(person=PersonFactory(full_name="Ba Đủ"))
    for _ in range(5):
        MentorshipFactory(mentor=enough)
    MentorFactory(person=PersonFactory(full_name="Ba Thiếu"))
    over = MentorFactory(person=PersonFactory(full_name="Ba Quá"))
    MentorCapacityFactory(mentor=over, capacity=1)
    for _ in range(2):
        MentorshipFactory(mentor=over)
    resting = MentorFactory(person=PersonFactory(full_name="Ba Nghỉ"))
    PauseFactory(mentor=resting, started_on=date(2026, 3, 1), ended_on=date(2026, 4, 1))
    MentorFactory(person=PersonFactory(full_name="Ba Thôi"), ended_on=date(2026, 3, 10))

    assert sorted(names(leader, f"/mentor?tinh-trang={state}")) == sorted(shown)


def test_a_line_shows_the_people_guided_the_capacity_and_the_last_contact(leader):
    mentorship = MentorshipFactory()
    MentorCapacityFactory(mentor=mentorship.mentor, capacity=7)
    AttendanceFactory(mentorship=mentorship)
    MentorshipFactory(
        mentor=mentorship.mentor, ended_on=date(2026, 2, 1), end_reason=end_reason("completed")
    )

    soup = page(leader.get("/mentor"))

    cells = [normal(cell.get_text(" ")) for cell in soup.select("tbody td")]
    assert cells == ["2/5", "1", "7", "01/03/2026", "● Thiếu 3"]


def test_the_list_asks_as_many_questions_for_forty_mentors_as_for_two(leader):
    for _ in range(2):
        MentorshipFactory()
    few = count_statements(leader, "/mentor")
    few_judged = count_statements(leader, "/mentor?tinh-trang=duoi-muc")
    for _ in range(38):
        MentorshipFactory()

    assert count_statements(leader, "/mentor") == few
    assert count_statements(leader, "/mentor?tinh-trang=duoi-muc") == few_judged


def test_a_long_list_comes_in_pages_of_fifty(leader):
    for _ in range(52):
        MentorFactory()

    assert "52 người, 50 đang hiện" in main_text(leader.get("/mentor"))
    assert len(names(leader, "/mentor?trang=2")) == 2
    assert len(names(leader, "/mentor?trang=99999999999999999999")) == 2


def test_an_empty_ward_is_told_what_to_do_first(leader):
    soup = page(leader.get("/mentor"))

    assert soup.select_one(".empty-state a")["href"] == "/mentor/moi"


def test_another_wards_mentor_does_not_exist(leader):
    foreign = MentorFactory(ward=any_ward(OTHER_WARD))

    answers = [leader.get(f"/mentor/{foreign.id}{tail}") for tail in ("", "/sua", "/thoi")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert names(leader, "/mentor") == []
    assert names(leader, f"/mentor?xa={OTHER_WARD}") == []


def test_the_province_narrows_the_list_to_a_ward(sign_in):
    province = sign_in(account_with(Role.PROVINCE))
    MentorFactory(person=PersonFactory(full_name="Lê Ánh"))
    MentorFactory(person=PersonFactory(full_name="Lê Bình"), ward=any_ward(OTHER_WARD))

    assert names(province, "/mentor") == ["Lê Ánh", "Lê Bình"]
    assert names(province, f"/mentor?xa={OTHER_WARD}") == ["Lê Bình"]


def test_a_mentors_page_shows_the_own_phone_in_full_and_a_foreign_mentees_masked(leader):
    mentor = MentorFactory(person=PersonFactory(phone="+84912345678"))
    mentee = MenteeFactory(
        person=PersonFactory(full_name="Rah Lan Khăm", phone="+84987654321"),
        ward=any_ward(OTHER_WARD),
    )
    MentorshipFactory(mentor=mentor, mentee=mentee)

    response = leader.get(f"/mentor/{mentor.id}")

    text = main_text(response)
    assert "0912 345 678" in text
    assert "Rah Lan Khăm" in text
    assert "0987 ••• 321" in text
    assert page(response).select(f'a[href="/nguoi-hoc/{mentee.id}"]') == []


def test_registering_leads_to_the_page_and_offers_to_take_it_back(leader):
    answer = post_form(leader, "/mentor/moi", registration(capacity="7", hamlet="Làng Ốp"))

    mentor = db.session.query(Mentor).one()
    assert (answer.status_code, answer.location) == (303, f"/mentor/{mentor.id}")
    shown = page(leader.get(answer.location))
    assert "Đã đăng ký mentor Ksor H'Thoan." in normal(shown.get_text())
    assert shown.select_one('.notice form[action^="/hoan-tac/"]') is not None
    assert "0 / 7 người" in normal(shown.get_text())


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_is_kept(leader):
    typed = registration(
        full_name="Ksor <b>",
        birth_year="2031",
        phone="12",
        started_on="31/02/2026",
        consent_on="01/01/2030",
        note="CCCD 052 162 000 123",
        capacity="900",
    )

    answer = post_form(leader, "/mentor/moi", typed)

    soup = page(answer)
    assert answer.status_code == 422
    assert normal(soup.select_one(".error-summary h2").get_text()) == "Có 7 chỗ cần sửa"
    kept = {name: soup.select_one(f"[name={name}]") for name in typed if name != "note"}
    assert kept["full_name"]["value"] == "Ksor <b>"
    assert kept["phone"]["value"] == "12"
    assert kept["started_on"]["value"] == "31/02/2026"
    assert soup.select_one("[name=consent_method][checked]")["value"] == "paper"
    assert db.session.query(Person).count() == 0


def test_consent_is_never_ticked_beforehand_and_always_asked(leader):
    soup = page(leader.get("/mentor/moi"))

    answer = post_form(leader, "/mentor/moi", registration(consent_method=""))

    assert soup.select("[name=consent_method][checked]") == []
    assert answer.status_code == 422
    assert "Chọn cách người này đã đồng ý" in main_text(answer)


def test_a_double_press_makes_one_mentor(leader):
    keys = registration() | {"form_key": "one-time-key-0123456789"}

    first = post_form(leader, "/mentor/moi", keys)
    second = post_form(leader, "/mentor/moi", keys)

    assert (first.location, second.location) == (first.location, first.location)
    assert db.session.query(Mentor).count() == 1


def test_a_likely_same_person_is_shown_and_nothing_stored_until_somebody_decides(leader):
    MenteeFactory(person=PersonFactory(full_name="Ksor H’Thoan", birth_year=1962))

    answer = post_form(leader, "/mentor/moi", registration(phone=""))

    assert answer.status_code == 422
    assert "Đúng là Ksor H’Thoan – thêm vai trò mentor" in main_text(answer)
    assert db.session.query(Mentor).count() == 0


def test_the_same_person_gets_a_second_role(leader):
    known = PersonFactory(full_name="Ksor H’Thoan", birth_year=1962)
    MenteeFactory(person=known)

    answer = post_form(leader, "/mentor/moi", registration(same_person=str(known.id)))

    assert answer.status_code == 303
    assert db.session.query(Mentor).one().person_id == known.id
    assert db.session.get(Person, known.id).phone == "+84912345678"


def test_somebody_else_of_the_same_name_becomes_a_person_of_their_own(leader):
    MenteeFactory(person=PersonFactory(full_name="Ksor H’Thoan", birth_year=1962))

    answer = post_form(leader, "/mentor/moi", registration(same_person="nguoi-khac"))

    assert answer.status_code == 303
    assert db.session.query(Person).count() == 2


def test_being_mentor_twice_is_refused_with_a_sentence(leader):
    known = PersonFactory(full_name="Ksor H’Thoan", birth_year=1962)
    MentorFactory(person=known)

    answer = post_form(leader, "/mentor/moi", registration(same_person=str(known.id)))

    assert answer.status_code == 422
    assert "Khoảng ngày này trùng với một khoảng đã ghi" in main_text(answer)


def test_people_alike_are_named_while_typing(leader):
    known = PersonFactory(full_name="Ksor H’Thoan", birth_year=1950, phone="+84912345678")
    MenteeFactory(person=known)

    typed = {"full_name": "Nay Hla", "phone": "0912345678"}
    answer = post_form(leader, "/nguoi/trung/mentor", typed, page_url="/mentor/moi")

    text = normal(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert "Số điện thoại này đang ghi cho Ksor H’Thoan" in text
    assert "0912 345 678" not in text


def test_the_province_chooses_the_ward(sign_in):
    province = sign_in(account_with(Role.PROVINCE))
    ward = any_ward(OTHER_WARD)

    refused = post_form(province, "/mentor/moi", registration())
    made = post_form(province, "/mentor/moi", registration(ward=str(ward.id)))

    assert (refused.status_code, made.status_code) == (422, 303)
    assert db.session.query(Mentor).one().ward_id == ward.id
    named = page(province.get(f"/mentor/moi?xa={OTHER_WARD}"))
    assert named.select_one("[name=ward] option[selected]")["value"] == str(ward.id)


def test_a_leader_cannot_register_in_another_ward(leader):
    answer = post_form(leader, "/mentor/moi", registration(ward=str(any_ward(OTHER_WARD).id)))

    assert answer.status_code == 303
    assert db.session.query(Mentor).one().ward_id == any_ward().id


def test_editing_changes_the_person_and_the_capacity_from_today_on(leader):
    mentor = MentorFactory(person=PersonFactory(full_name="Lê Văn Tám"))
    url = f"/mentor/{mentor.id}/sua"

    answer = leader.post(
        url, data=edit_values(leader, url) | {"full_name": "Lê Văn Chín", "capacity": "12"}
    )

    assert answer.status_code == 303
    text = main_text(leader.get(answer.location))
    assert "Đã lưu thông tin của Lê Văn Chín." in text
    assert "0 / 12 người" in text


def test_the_second_of_two_editors_sees_both_values_and_may_save_again(leader):
    mentor = MentorFactory(person=PersonFactory(full_name="Lê Văn Tám", birth_year=1990))
    url = f"/mentor/{mentor.id}/sua"
    first, second = edit_values(leader, url), edit_values(leader, url)
    leader.post(url, data=first | {"birth_year": "1991"})

    refused = leader.post(url, data=second | {"birth_year": "1992"})

    soup = page(refused)
    assert refused.status_code == 422
    cells = [normal(cell.get_text(" ")) for cell in soup.select("tbody tr > *")]
    assert cells == ["Năm sinh", "1992", "1991"]
    again = second | {"birth_year": "1992"}
    again["version"] = soup.select_one("[name=version]")["value"]
    assert leader.post(url, data=again).status_code == 303
    assert db.session.get(Person, mentor.person_id).birth_year == 1992


def test_ending_shows_who_is_left_and_frees_them(leader):
    mentorship = MentorshipFactory(
        mentee=MenteeFactory(person=PersonFactory(full_name="Rah Lan Khăm"))
    )
    mentor, mentee = mentorship.mentor, mentorship.mentee
    url = f"/mentor/{mentor.id}/thoi"

    asked = leader.get(url)
    answer = post_form(
        leader, url, {"ended_on": "10/03/2026", "reason": str(end_reason("moved").id)}
    )

    assert "1 người học sẽ không còn mentor" in main_text(asked)
    assert "Rah Lan Khăm" in main_text(asked)
    assert answer.status_code == 303
    assert "1 người học trở lại danh sách chờ mentor." in main_text(leader.get(answer.location))
    ended = db.session.get(Mentorship, mentorship.id)
    assert (ended.ended_on, ended.end_reason.code) == (date(2026, 3, 10), "mentor_left")
    assert "chờ từ hôm nay" in main_text(leader.get("/nguoi-hoc"))
    assert db.session.get(Mentor, mentor.id).end_reason.code == "moved"
    assert mentee.ended_on is None


@pytest.mark.parametrize(
    "typed", [{}, {"ended_on": "31/02/2026", "reason": "0"}, {"ended_on": "05/01/2026"}]
)
def test_an_impossible_end_is_refused_beside_the_field(leader, typed):
    mentor = MentorFactory()
    reason = {"reason": str(end_reason("moved").id)}

    answer = post_form(leader, f"/mentor/{mentor.id}/thoi", reason | typed)

    assert answer.status_code == 422
    assert page(answer).select(".field-error")
    assert db.session.get(Mentor, mentor.id).ended_on is None


def test_the_wizard_of_a_leaver_proposes_where_each_goes_and_takes_a_partial_choice(leader):
    mentor, other = MentorFactory(started_on=BEGUN), MentorFactory(started_on=BEGUN)
    pairs = [
        MentorshipFactory(
            mentor=mentor,
            mentee=MenteeFactory(started_on=BEGUN, person__full_name=name),
            started_on=BEGUN,
        )
        for name in ("Siu An", "Siu Phen")
    ]
    url = f"/mentor/{mentor.id}/thoi"
    selects = page(leader.get(url)).select("select[name=successor]")
    proposed = [select.select_one("option[selected]")["value"] for select in selects]
    assert proposed == [f"{pair.mentee_id}:{other.id}" for pair in pairs]

    post_form(
        leader,
        url,
        {
            "ended_on": "10/03/2026",
            "reason": str(end_reason("moved").id),
            "successor": [proposed[0], f"{pairs[1].mentee_id}:"],
        },
    )

    text = main_text(leader.get(f"/mentor/{mentor.id}"))
    assert "1 người học sang mentor mới. 1 người học trở lại danh sách chờ mentor." in text


def test_a_successor_who_was_not_offered_is_refused_beside_the_list(leader):
    mentor = MentorFactory(started_on=BEGUN)
    pair = MentorshipFactory(
        mentor=mentor, mentee=MenteeFactory(started_on=BEGUN), started_on=BEGUN
    )
    foreign = MentorFactory(ward=any_ward("21583"))

    answer = post_form(
        leader,
        f"/mentor/{mentor.id}/thoi",
        {
            "ended_on": "10/03/2026",
            "reason": str(end_reason("moved").id),
            "successor": f"{pair.mentee_id}:{foreign.id}",
        },
    )

    assert answer.status_code == 422
    assert "Xem lại ai sang mentor nào" in main_text(answer)
