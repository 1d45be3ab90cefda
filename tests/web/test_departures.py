"""On whom most hangs, and what happens if a mentor leaves."""

from datetime import timedelta

import pytest

from app import clock
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page

HERE, NEXT_DOOR = "21553", "21583"
LIST = "/ke-hoach/neu-nghi"


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER, HERE))


def mentor_of(mentees, **given):
    """A mentor with so many mentees of the own ward."""
    mentor = MentorFactory(**given)
    for _ in range(mentees):
        mentee_of(mentor)
    return mentor


def mentee_of(mentor, **given):
    """A mentee with the mentor, of the mentor's ward unless another is named."""
    mentee = MenteeFactory(**{"ward": mentor.ward} | given)
    MentorshipFactory(mentor=mentor, mentee=mentee)
    return mentee


def with_year(spell):
    """A name as lists of mentees show it."""
    return f"{name(spell)} ({spell.person.birth_year})"


def first_column(response):
    return [link.get_text() for link in page(response).select("tbody th a")]


def name(spell):
    return spell.person.full_name


def test_who_is_the_last_one_comes_before_who_leaves_more_people_behind(province):
    busy, other = mentor_of(3), mentor_of(1)
    alone = mentor_of(2, ward=any_ward(NEXT_DOOR))
    post = SupportPostFactory(ward=any_ward(HERE))

    response = province.get(LIST)

    assert first_column(response) == [name(alone), name(post), name(busy), name(other)]
    text = main_text(response)
    assert "2 người là chỗ dựa cuối cùng của một xã, phường" in text
    assert "Phường Quy Nhơn không còn mentor. 2 người học mất mentor." in text


def test_the_staff_of_whole_wards_can_be_looked_at_instead(province):
    mentor_of(1)
    mentor_of(2, ward=any_ward(NEXT_DOOR))
    SupportPostFactory(ward=any_ward(NEXT_DOOR))

    response = province.get(f"{LIST}?ai=xa")

    assert first_column(response) == ["Phường Quy Nhơn", "Phường Quy Nhơn Bắc"]
    assert "Phường Quy Nhơn không còn cả mentor lẫn nhân sự hỗ trợ. 2 người" in main_text(response)


@pytest.mark.parametrize(("asked", "shown"), [("mentor", "mentor"), ("ho-tro", "post")])
def test_one_role_and_one_ward_can_be_chosen(province, asked, shown):
    here = {"mentor": mentor_of(1), "post": SupportPostFactory(ward=any_ward(HERE))}
    mentor_of(1, ward=any_ward(NEXT_DOOR))
    SupportPostFactory(ward=any_ward(NEXT_DOOR))

    response = province.get(f"{LIST}?ai={asked}&xa={HERE}")

    assert first_column(response) == [name(here[shown])]


def test_without_anybody_the_page_says_what_to_do_first(leader):
    text = main_text(leader.get(LIST))

    assert "Chưa có gì phụ thuộc vào ai" in text
    assert "Đăng ký mentor và ghép cặp trước" in text


def test_a_leader_sees_the_own_people_alone(leader):
    own = mentor_of(1)
    other = mentor_of(1, ward=any_ward(NEXT_DOOR))

    assert first_column(leader.get(LIST)) == [name(own)]
    assert leader.get(f"{LIST}/mentor/{other.id}").status_code == 404


def test_a_departure_shows_who_goes_to_whom_and_what_follows(leader):
    leaver, heir = mentor_of(0), mentor_of(4)
    orphan = mentee_of(leaver)

    response = leader.get(f"{LIST}/mentor/{leaver.id}")

    assert f"Nếu {name(leaver)} nghỉ" in main_text(response)
    assert "1 người học mất mentor; 1 người có thể sang mentor khác" in main_text(response)
    [row] = page(response).select("#moves tbody tr")
    cells = [normal(cell.get_text()) for cell in row.select("th, td")]
    assert cells == [
        with_year(orphan),
        name(heir),
        "Quy Nhơn Bắc",
        "Nhờ đó đủ 5 người học",
    ]
    assert "Không còn nữa: Mentor chưa đủ người học (1)" in main_text(response)


def test_who_cannot_be_placed_is_told_why_and_what_is_left_to_do(leader):
    leaver = mentor_of(0)
    orphan = mentee_of(leaver)

    response = leader.get(f"{LIST}/mentor/{leaver.id}")

    assert normal(page(response).select_one("#unplaced li").get_text()) == (
        f"{with_year(orphan)}: Không còn mentor nào khác trong xã, phường: cần thêm mentor."
    )
    assert len(page(response).select("#follows .finding")) == 2
    assert len(page(response).select("#remains .finding")) == 2


def test_mentees_who_are_away_or_of_another_ward_are_listed_apart(leader):
    leaver = mentor_of(0)
    today = clock.today()
    resting, elsewhere = mentee_of(leaver), mentee_of(leaver, ward=any_ward(NEXT_DOOR))
    PauseFactory(mentee=resting, started_on=today, ended_on=today + timedelta(days=9))

    soup = page(leader.get(f"{LIST}/mentor/{leaver.id}"))

    assert [item.get_text() for item in soup.select("#resting li")] == [with_year(resting)]
    assert [item.get_text() for item in soup.select("#beyond li")] == [
        f"{name(elsewhere)} (Quy Nhơn)"
    ]


def test_the_province_may_look_farther_for_a_new_mentor(province):
    leaver = mentor_of(1)
    heir = mentor_of(1, ward=any_ward(NEXT_DOOR))
    url = f"{LIST}/mentor/{leaver.id}"

    near = page(province.get(f"{url}?pham-vi=ward"))
    border = page(province.get(f"{url}?pham-vi=province"))

    assert near.select("#moves") == []
    assert name(heir) in border.select_one("#moves").get_text()
    assert "cách" in border.select_one("#moves").get_text()


def test_who_has_left_already_is_shown_on_the_own_page(leader):
    today = clock.today()
    left = MentorFactory(started_on=today - timedelta(days=9), ended_on=today)

    response = leader.get(f"{LIST}/mentor/{left.id}")

    assert response.status_code == 302
    assert response.location == f"/mentor/{left.id}"


def test_the_mentors_page_and_the_finding_lead_there(leader):
    mentor = mentor_of(5)
    mentor_of(1)
    SupportPostFactory(ward=any_ward(HERE))
    url = f"{LIST}/mentor/{mentor.id}"

    assert page(leader.get(f"/mentor/{mentor.id}")).select(f'a[href="{url}"]')
    assert page(leader.get(f"/mentor/{mentor.id}/thoi")).select(f'a[href="{url}"]')
    findings = page(leader.get("/ra-soat?viec=ward_hangs_on_one_person"))
    links = {link["href"] for link in findings.select(".finding-facts a")}
    assert links == {url, f"{LIST}?ai=ho-tro&xa={HERE}"}
