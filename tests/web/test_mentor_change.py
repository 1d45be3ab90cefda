"""The page that gives a mentee another mentor."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from models import Language, Mentorship, PersonLanguage, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    ENTERED_AT,
    START,
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
)
from tests.web.pages import main_text, normal, page, post_form

NEIGHBOUR = "21583"


@pytest.fixture
def leader(sign_in) -> FlaskClient:
    return sign_in(account_with(Role.WARD_LEADER))


@pytest.fixture
def province(sign_in) -> FlaskClient:
    return sign_in(account_with(Role.PROVINCE))


def mentor(name: str, *, ward: str = "21553", languages=()):
    return MentorFactory(person=person(name, languages), ward=any_ward(ward))


def person(name: str, languages=()):
    made = PersonFactory(full_name=name)
    for code in languages:
        language = db.session.query(Language).filter_by(code=code).one()
        db.session.add(
            PersonLanguage(person_id=made.id, language_id=language.id, entered_at=ENTERED_AT)
        )
    db.session.commit()
    return made


def pair_of(teacher, learner="Kpă Tơ", *, ward: str = "21553", languages=(), **facts):
    mentee = MenteeFactory(person=person(learner, languages), ward=any_ward(ward))
    return MentorshipFactory(mentor=teacher, mentee=mentee, **facts)


def url(pair) -> str:
    return f"/ghep-cap/{pair.id}/doi-mentor"


def offered(soup, legend: str) -> list[str]:
    for choice in soup.select("fieldset.check-list"):
        if legend in choice.legend.get_text():
            return [normal(title.get_text()) for title in choice.select(".check-title")]
    return []


def open_mentors(mentee_id: int) -> list[tuple[int, date]]:
    statement = select(Mentorship.mentor_id, Mentorship.started_on).where(
        Mentorship.mentee_id == mentee_id, Mentorship.ended_on.is_(None)
    )
    return [tuple(row) for row in db.session.execute(statement)]


def test_others_of_the_ward_are_offered_those_of_the_same_language_first(leader):
    pair = pair_of(mentor("Siu Phen", languages=["vi"]), languages=["jrai"])
    mentor("An Văn Kinh", languages=["vi"])
    mentor("Rơ Mah Jrai", languages=["vi", "jrai"])
    full = mentor("Ksor Đầy", languages=["jrai"])
    MentorCapacityFactory(mentor=full, capacity=1)
    MentorshipFactory(mentor=full)

    soup = page(leader.get(url(pair)))

    names = offered(soup, "Mentor khác trong")
    assert names == ["Rơ Mah Jrai", "An Văn Kinh", "Ksor Đầy"]
    assert soup.select_one(f"#mentor_id-{full.id}").has_attr("disabled")
    assert "Siu Phen" not in names


def test_the_province_is_offered_mentors_around_the_mentees_ward_too(province):
    pair = pair_of(mentor("Siu Phen"))
    mentor("Lê Thị Gần", ward=NEIGHBOUR)

    soup = page(province.get(url(pair)))

    assert offered(soup, "giáp ranh") == ["Lê Thị Gần"]


def test_the_chosen_mentor_begins_on_the_day_and_it_can_be_taken_back(leader):
    pair, after = pair_of(mentor("Siu Phen")), mentor("Rơ Mah Jrai")
    mentee_id, before_id, after_id = pair.mentee_id, pair.mentor_id, after.id

    answer = post_form(leader, url(pair), {"mentor_id": after_id, "on": "02/03/2026"})
    told = leader.get(answer.location)

    assert open_mentors(mentee_id) == [(after_id, date(2026, 3, 2))]
    assert "Kpă Tơ học với mentor Rơ Mah Jrai từ ngày 02/03/2026" in main_text(told)
    undo = page(told).select_one(".notice form")
    leader.post(undo["action"], data={i["name"]: i["value"] for i in undo.select("input[name]")})
    assert open_mentors(mentee_id) == [(before_id, START)]


def test_a_second_press_changes_nothing_more(leader):
    pair, after = pair_of(mentor("Siu Phen")), mentor("Rơ Mah Jrai")
    sent = {"mentor_id": after.id, "on": "02/03/2026"}

    first = post_form(leader, url(pair), sent | {"form_key": "a" * 32})
    again = post_form(leader, url(pair), sent | {"form_key": "a" * 32})

    assert first.location == again.location
    assert len(open_mentors(pair.mentee_id)) == 1


def test_what_is_refused_stands_beside_its_field_and_nothing_is_lost(leader):
    pair, after = pair_of(mentor("Siu Phen")), mentor("Rơ Mah Jrai")

    answer = post_form(leader, url(pair), {"mentor_id": after.id, "on": "05/01/2026"})

    assert answer.status_code == 422
    soup = page(answer)
    assert "ngày thôi phải sau ngày đó" in normal(soup.get_text())
    assert soup.select_one(f"#mentor_id-{after.id}").has_attr("checked")


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ({}, "Chưa có mentor khác còn chỗ"),
        ({"started_on": None}, "Cặp này mới ghép hôm nay"),
    ],
)
def test_where_nothing_can_be_chosen_the_page_says_what_to_do(leader, facts, title):
    begun = {"started_on": clock.today()} if facts else {}
    pair = pair_of(mentor("Siu Phen"), **begun)

    soup = page(leader.get(url(pair)))

    assert title in [normal(heading.get_text()) for heading in soup.select("h2")]
    assert not soup.select("main form[method=post] [name=mentor_id]")


def test_a_leader_is_told_who_changes_the_mentor_of_a_mentee_from_elsewhere(leader):
    pair = pair_of(mentor("Siu Phen"), ward="21607")
    mentor("Rơ Mah Jrai")

    told = main_text(leader.get(url(pair)))

    assert "Tỉnh Đoàn đổi mentor cho cặp này" in told
    assert "Rơ Mah Jrai" not in told


def test_a_finding_about_a_pair_leads_to_the_page(province):
    pair = pair_of(mentor("Siu Phen"), ward="21607")

    found = page(province.get("/ra-soat?viec=mentorship_far"))

    assert found.select_one(f"a[href='{url(pair)}']")


def test_both_pages_of_a_pair_lead_to_it(leader):
    pair = pair_of(mentor("Siu Phen"))

    for path in (f"/mentor/{pair.mentor_id}", f"/nguoi-hoc/{pair.mentee_id}"):
        soup = page(leader.get(path))
        assert soup.select_one(f"main a[href='{url(pair)}']"), path
