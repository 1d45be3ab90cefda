"""The pairing pages: from the ward, from a mentor, from a mentee; and the end of a pair."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from models import Hamlet, Language, Mentee, Mentorship, PersonLanguage, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    ENTERED_AT,
    START,
    HandoffFactory,
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    end_reason,
)
from tests.web.pages import form_keys, main_text, normal, page, post_form
from tests.web.statements import count_statements

NEIGHBOUR = "21583"
FAR_AWAY = "21607"


@pytest.fixture
def leader(sign_in) -> FlaskClient:
    return sign_in(account_with(Role.WARD_LEADER))


@pytest.fixture
def province(sign_in) -> FlaskClient:
    return sign_in(account_with(Role.PROVINCE))


def person(name: str, **facts):
    return PersonFactory(full_name=name, **facts)


def hamlet(name: str) -> Hamlet:
    row = Hamlet(ward_id=any_ward().id, name=name, entered_at=ENTERED_AT)
    db.session.add(row)
    db.session.commit()
    return row


def speaks(who, code: str) -> None:
    language = db.session.query(Language).filter_by(code=code).one()
    db.session.add(PersonLanguage(person_id=who.id, language_id=language.id, entered_at=ENTERED_AT))
    db.session.commit()


def titles(soup: BeautifulSoup, name: str) -> list[str]:
    """Return the names in the rows to tick for one field."""
    rows = soup.select(f".check-row:has(input[name={name}]) .check-title")
    return [normal(row.get_text()) for row in rows]


def row_text(soup: BeautifulSoup, name: str) -> str:
    for row in soup.select(".check-row"):
        if name in row.get_text():
            return normal(row.get_text(" "))
    raise AssertionError(name)


def open_pairs() -> list[tuple[int, int]]:
    db.session.expire_all()
    statement = select(Mentorship.mentor_id, Mentorship.mentee_id).where(
        Mentorship.ended_on.is_(None)
    )
    return sorted(tuple(row) for row in db.session.execute(statement))


def test_the_longest_waiting_stand_first_and_those_from_the_desk_are_marked(leader):
    MentorFactory(person=person("Lê Văn Tám"))
    MenteeFactory(person=person("Siu Blơi"), started_on=date(2026, 2, 1))
    handed = MenteeFactory(person=person("Trần Thị Bé"), started_on=date(2026, 1, 10))
    HandoffFactory(mentee=handed, handed_on=date(2026, 2, 5))
    MentorshipFactory(mentee__person=person("Người Đã Có Mentor"))

    soup = page(leader.get("/ghep-cap"))

    assert titles(soup, "mentee_ids") == ["Trần Thị Bé", "Siu Blơi"]
    assert "từ quầy hỗ trợ chuyển sang ngày 05/02/2026" in row_text(soup, "Trần Thị Bé")
    assert "từ quầy" not in row_text(soup, "Siu Blơi")


def test_mentors_below_the_floor_stand_first_and_full_or_absent_ones_are_not_offered(leader):
    MenteeFactory()
    enough = MentorFactory(person=person("Đủ Năm"))
    MentorshipFactory.create_batch(5, mentor=enough)
    MentorFactory(person=person("Chưa Có Ai"))
    full = MentorCapacityFactory(mentor__person=person("Hết Chỗ"), capacity=1).mentor
    MentorshipFactory(mentor=full)
    away = MentorFactory(person=person("Đang Nghỉ"))
    PauseFactory(mentor=away, started_on=START, ended_on=date(2099, 1, 1))

    soup = page(leader.get("/ghep-cap"))

    assert titles(soup, "mentor_id") == ["Chưa Có Ai", "Đủ Năm"]
    assert "đang kèm 0/10, còn thiếu 5 để đủ 5" in row_text(soup, "Chưa Có Ai")
    assert "đang kèm 5/10, đã đủ 5" in row_text(soup, "Đủ Năm")


def test_a_leader_pairs_two_people_on_one_screen_and_may_take_it_back(leader):
    mentor = MentorFactory(person=person("Lê Văn Tám"))
    mentor_id = mentor.id
    mentees = [
        MenteeFactory(person=person("Rơ Châm H'Dih")).id,
        MenteeFactory(person=person("Ksor Thuy")).id,
    ]
    data = {"mentee_ids": mentees, "mentor_id": mentor_id, "on": "02/03/2026"}

    response = post_form(leader, "/ghep-cap", data)

    assert response.status_code == 303
    soup = page(leader.get(response.location))
    notice = normal(soup.select_one(".notice").get_text(" "))
    assert "Đã ghép Rơ Châm H'Dih, Ksor Thuy với mentor Lê Văn Tám." in notice
    assert open_pairs() == [(mentor_id, mentees[0]), (mentor_id, mentees[1])]
    undo_url = soup.select_one(".notice form")["action"]
    token = soup.select_one(".notice form input[name=csrf_token]")["value"]
    assert leader.post(undo_url, data={"csrf_token": token}).status_code == 303
    assert open_pairs() == []


def test_a_double_press_makes_one_pair(leader):
    mentor_id, mentee_id = MentorFactory().id, MenteeFactory().id
    MenteeFactory()
    form = page(leader.get("/ghep-cap")).select_one("form.pairing")
    keys = {
        key: form.select_one(f"input[name={key}]")["value"] for key in ("csrf_token", "form_key")
    }
    data = keys | {"mentee_ids": mentee_id, "mentor_id": mentor_id, "on": "02/03/2026"}

    answers = [leader.post("/ghep-cap", data=data).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert open_pairs() == [(mentor_id, mentee_id)]


def test_an_empty_form_says_what_is_missing_and_keeps_the_date(leader):
    MentorFactory()
    MenteeFactory()

    response = post_form(leader, "/ghep-cap", {"on": "31/02/2026"})

    assert response.status_code == 422
    soup = page(response)
    assert "Có 3 chỗ cần sửa" in normal(soup.select_one(".error-summary").get_text(" "))
    assert soup.select_one("input[name=on]")["value"] == "31/02/2026"
    for link in soup.select(".error-summary a"):
        assert soup.select_one(f"[id='{link['href'][1:]}']") is not None


@pytest.mark.parametrize("wrong", ["0", "-1", "abc", "9" * 30, "1e9", "<b>"])
def test_an_impossible_choice_is_refused_at_its_place(leader, wrong):
    MentorFactory()
    MenteeFactory()

    response = post_form(leader, "/ghep-cap", {"mentee_ids": wrong, "mentor_id": wrong, "on": ""})

    assert response.status_code == 422
    assert "không có trong danh sách" in main_text(response)


def test_too_many_for_one_mentor_stay_ticked_with_the_arithmetic_beside_them(leader):
    mentor = MentorCapacityFactory(capacity=1).mentor
    mentor_id, mentees = mentor.id, [MenteeFactory().id, MenteeFactory().id]

    response = post_form(
        leader, f"/ghep-cap?mentor={mentor_id}", {
            "mentee_ids": mentees, "mentor_id": mentor_id, "on": "02/03/2026",
        },
    )  # fmt: skip

    assert response.status_code == 422
    soup = page(response)
    assert "còn 1 chỗ; bạn chọn 2 người" in normal(soup.main.get_text(" "))
    assert len(soup.select("input[name=mentee_ids][checked]")) == 2
    assert soup.select_one(f"a[href='/mentor/{mentor_id}/sua']") is not None
    assert open_pairs() == []


def test_for_a_mentor_a_common_language_and_the_same_hamlet_come_first(leader):
    village = hamlet("làng Plei Ốp")
    teacher = person("Rah Lan Nguyên", hamlet=village)
    speaks(teacher, "jrai")
    mentor_id = MentorFactory(person=teacher).id
    MenteeFactory(person=person("Chờ Lâu Nhất"), started_on=date(2025, 12, 1))
    MenteeFactory(person=person("Cùng Làng", hamlet=village), started_on=START)
    speaker = person("Cùng Tiếng")
    speaks(speaker, "jrai")
    MenteeFactory(person=speaker, started_on=date(2026, 2, 1))

    soup = page(leader.get(f"/ghep-cap?mentor={mentor_id}"))

    assert titles(soup, "mentee_ids") == ["Cùng Tiếng", "Cùng Làng", "Chờ Lâu Nhất"]
    assert "cùng nói Jrai (Gia Rai)" in row_text(soup, "Cùng Tiếng")
    assert "cùng thôn, làng, tổ" in row_text(soup, "Cùng Làng")


def test_people_of_one_name_are_told_apart_by_year_hamlet_and_masked_phone(leader):
    MentorFactory()
    facts = {"birth_year": 1960, "hamlet": hamlet("tổ 5"), "phone": "+84912345678"}
    MenteeFactory(person=person("Trần Thị Bé", **facts))

    soup = page(leader.get("/ghep-cap"))

    assert "1960 · tổ 5 · 0912 ••• 678" in row_text(soup, "Trần Thị Bé")
    assert "0912 345 678" not in soup.get_text()


def test_a_mentee_is_given_a_mentor_who_is_chosen_by_radio(leader):
    mentor_id, mentee_id = MentorFactory().id, MenteeFactory().id
    url = f"/ghep-cap?mentee={mentee_id}"

    response = post_form(
        leader, url, {"mentee_ids": mentee_id, "mentor_id": mentor_id, "on": "02/03/2026"}
    )

    assert response.status_code == 303
    assert open_pairs() == [(mentor_id, mentee_id)]


def test_full_mentors_are_shown_last_and_cannot_be_chosen(leader):
    mentee_id = MenteeFactory().id
    full = MentorCapacityFactory(mentor__person=person("Hết Chỗ"), capacity=1).mentor
    MentorshipFactory(mentor=full)
    MentorFactory(person=person("Còn Chỗ"))

    soup = page(leader.get(f"/ghep-cap?mentee={mentee_id}"))

    assert titles(soup, "mentor_id") == ["Còn Chỗ", "Hết Chỗ"]
    disabled = soup.select(".check-row:has(input[disabled]) .check-title")
    assert [normal(row.get_text()) for row in disabled] == ["Hết Chỗ"]


def test_only_who_sees_the_neighbours_is_offered_their_mentors(leader, province):
    mentee_id = MenteeFactory().id
    MentorFactory(person=person("Mentor Trong Phường"))
    MentorFactory(person=person("Mentor Giáp Ranh"), ward=any_ward(NEIGHBOUR))
    MentorFactory(person=person("Mentor Ngoài Đảo"), ward=any_ward(FAR_AWAY))
    url = f"/ghep-cap?mentee={mentee_id}"

    own, all_wards = titles(page(leader.get(url)), "mentor_id"), page(province.get(url))

    assert own == ["Mentor Trong Phường"]
    assert titles(all_wards, "mentor_id") == ["Mentor Trong Phường", "Mentor Giáp Ranh"]
    assert "Quy Nhơn" in row_text(all_wards, "Mentor Giáp Ranh")


def test_somebody_who_does_not_wait_needs_no_pairing(leader):
    mentee_id = MentorshipFactory().mentee_id

    text = main_text(leader.get(f"/ghep-cap?mentee={mentee_id}"))

    assert "Người này hiện không chờ mentor" in text


def test_a_mentor_who_left_or_is_away_is_not_offered_anybody(leader):
    left = MentorFactory(ended_on=date(2026, 3, 1), end_reason=end_reason("other")).id
    away = MentorFactory()
    PauseFactory(mentor=away, started_on=START, ended_on=date(2099, 1, 1))

    answers = [main_text(leader.get(f"/ghep-cap?mentor={each}")) for each in (left, away.id)]

    assert "Mentor đã thôi từ ngày 01/03/2026" in answers[0]
    assert "Mentor đang tạm nghỉ" in answers[1]


def test_the_province_first_chooses_a_ward(province):
    MentorFactory()
    MenteeFactory(person=person("Trần Thị Bé"))

    chooser, ward = main_text(province.get("/ghep-cap")), province.get("/ghep-cap?xa=21553")

    assert "Chọn xã, phường để xem ai đang chờ mentor" in chooser
    assert titles(page(ward), "mentee_ids") == ["Trần Thị Bé"]


@pytest.mark.parametrize(
    "query", ["?xa=21607", "?xa=99999", "?mentor=999999", "?mentee=999999", "?mentor=2147483647"]
)
def test_what_is_outside_the_ward_does_not_exist(leader, query):
    assert leader.get(f"/ghep-cap{query}").status_code == 404


def test_foreign_people_do_not_exist_on_the_pairing_page(leader):
    foreign = any_ward(FAR_AWAY)
    mentor_id, mentee_id = MentorFactory(ward=foreign).id, MenteeFactory(ward=foreign).id

    answers = [
        leader.get(f"/ghep-cap?mentor={mentor_id}").status_code,
        leader.get(f"/ghep-cap?mentee={mentee_id}").status_code,
    ]

    assert answers == [404, 404]


def test_a_number_too_large_for_any_row_leads_nowhere(leader):
    assert leader.get(f"/ghep-cap/{'9' * 25}/ket-thuc").status_code == 404


def test_the_empty_page_says_what_comes_first(leader):
    nobody = main_text(leader.get("/ghep-cap"))
    MenteeFactory()
    no_mentor = main_text(leader.get("/ghep-cap"))

    assert "Không ai phải chờ" in nobody
    assert "chưa có mentor đang hoạt động" in no_mentor


def test_a_refused_choice_is_told_where_nobody_waits_for_the_mentor_any_more(leader):
    mentor_id, waiting = MentorFactory().id, MenteeFactory()
    keys, mentee_id = form_keys(leader, f"/ghep-cap?mentor={mentor_id}"), waiting.id
    MentorshipFactory(mentee=waiting)
    data = {"mentee_ids": mentee_id, "mentor_id": mentor_id, "on": "02/03/2026"}

    response = leader.post(f"/ghep-cap?mentor={mentor_id}", data=keys | data)

    assert response.status_code == 422
    assert "Không ai phải chờ" in main_text(response)
    assert len(page(response).select(".error-summary")) == 1


def test_a_refused_choice_is_told_where_the_mentee_is_no_longer_offered_any_mentor(leader):
    mentor, mentee_id = MentorFactory(), MenteeFactory().id
    keys, mentor_id = form_keys(leader, f"/ghep-cap?mentee={mentee_id}"), mentor.id
    PauseFactory(mentor=mentor, started_on=START, ended_on=date(2099, 1, 1))
    data = {"mentee_ids": mentee_id, "mentor_id": mentor_id, "on": "02/03/2026"}

    response = leader.post(f"/ghep-cap?mentee={mentee_id}", data=keys | data)

    assert response.status_code == 422
    assert "Chưa có mentor" in main_text(response)
    assert len(page(response).select(".error-summary")) == 1


def test_a_refused_choice_is_told_where_the_mentor_went_away_meanwhile(leader):
    mentor, mentee_id = MentorFactory(), MenteeFactory().id
    keys, mentor_id = form_keys(leader, f"/ghep-cap?mentor={mentor.id}"), mentor.id
    PauseFactory(mentor=mentor, started_on=START, ended_on=date(2099, 1, 1))
    data = {"mentee_ids": mentee_id, "mentor_id": mentor_id, "on": "02/03/2026"}

    response = leader.post(f"/ghep-cap?mentor={mentor_id}", data=keys | data)

    assert response.status_code == 422
    assert "Hiện chưa ghép được" in main_text(response)
    assert len(page(response).select(".error-summary")) == 1


def test_the_page_asks_the_database_the_same_number_of_questions_for_any_size(leader):
    MentorFactory()
    MenteeFactory()
    few = count_statements(leader, "/ghep-cap")

    MentorFactory.create_batch(8)
    for mentee in MenteeFactory.create_batch(8):
        HandoffFactory(mentee=mentee)

    assert count_statements(leader, "/ghep-cap") == few


def test_completing_says_what_will_happen_and_does_it(leader):
    pair = MentorshipFactory(mentor__person=person("Lê Văn Tám"), mentee__person=person("Siu Blơi"))
    mentee_id, url = pair.mentee_id, f"/ghep-cap/{pair.id}/ket-thuc"
    shown = main_text(leader.get(url))

    response = post_form(leader, url, {"reason": end_reason("completed").id, "on": "02/03/2026"})

    assert "Siu Blơi thôi là người học cùng ngày" in shown
    assert response.status_code == 303
    db.session.expire_all()
    assert db.session.get(Mentee, mentee_id).ended_on == date(2026, 3, 2)
    assert "Siu Blơi không còn học với mentor Lê Văn Tám." in main_text(
        leader.get(response.location)
    )


def test_a_day_not_after_the_start_is_refused_beside_the_day(leader):
    pair = MentorshipFactory()
    url = f"/ghep-cap/{pair.id}/ket-thuc"

    response = post_form(leader, url, {"reason": end_reason("other").id, "on": "05/01/2026"})

    assert response.status_code == 422
    error = page(response).select_one("#on-error")
    assert "ngày thôi phải sau ngày đó" in error.get_text()


def test_a_pair_that_ended_says_so(leader):
    pair = MentorshipFactory(ended_on=date(2026, 3, 2), end_reason=end_reason("other"))

    text = main_text(leader.get(f"/ghep-cap/{pair.id}/ket-thuc"))

    assert "Cặp này đã kết thúc" in text


def test_only_the_mentors_ward_ends_a_pair_across_a_border(leader):
    foreign = MentorFactory(ward=any_ward(NEIGHBOUR))
    pair_id = MentorshipFactory(mentor=foreign).id

    assert leader.get(f"/ghep-cap/{pair_id}/ket-thuc").status_code == 404


def test_the_mentors_ward_reads_of_a_mentee_elsewhere_name_ward_and_masked_phone(leader):
    pair = MentorshipFactory(
        mentee__ward=any_ward(NEIGHBOUR),
        mentee__person=person(
            "Siu Blơi", birth_year=1960, phone="+84912345678", hamlet=hamlet("làng Plei Ốp")
        ),
    )
    places = (
        f"/ghep-cap/{pair.id}/ket-thuc",
        f"/mentor/{pair.mentor_id}",
        f"/mentor/{pair.mentor_id}/thoi",
        f"/mentor/{pair.mentor_id}/buoi-huong-dan",
    )

    texts = [main_text(leader.get(place)) for place in places]

    assert all("Siu Blơi" in text and any_ward(NEIGHBOUR).name in text for text in texts)
    assert not any("1960" in text or "Plei Ốp" in text or "345" in text for text in texts)
    assert [normal("0912 ••• 678") in text for text in texts] == [False, True, False, True]
    assert not any("chưa ghi năm sinh" in text for text in texts)


def test_after_a_pair_ended_the_way_leads_only_to_a_mentee_whose_page_one_may_see(leader):
    here = MentorshipFactory()
    elsewhere = MentorshipFactory(mentee__ward=any_ward(NEIGHBOUR))
    ending = {"reason": end_reason("other").id, "on": "02/03/2026"}

    pages = [
        page(leader.get(post_form(leader, f"/ghep-cap/{pair_id}/ket-thuc", ending).location))
        for pair_id in (here.id, elsewhere.id)
    ]

    links = [len(soup.select('.notice a[href^="/nguoi-hoc/"]')) for soup in pages]
    assert links == [1, 0]


def test_a_day_in_the_future_is_refused(leader):
    mentor_id, mentee_id = MentorFactory().id, MenteeFactory().id
    tomorrow = clock.today().replace(year=clock.today().year + 1).strftime("%d/%m/%Y")

    response = post_form(
        leader, "/ghep-cap", {"mentee_ids": mentee_id, "mentor_id": mentor_id, "on": tomorrow}
    )

    assert response.status_code == 422
    assert "Ngày này chưa tới" in main_text(response)
