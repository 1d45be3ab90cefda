"""The page on which somebody is moved to another ward."""

from datetime import date

import pytest
import time_machine

from models import Mentor, Mentorship, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, MentorFactory, MentorshipFactory, PersonFactory
from tests.web.pages import main_text, page, post_form

BEGUN = date(2026, 1, 5)


@pytest.fixture(autouse=True)
def a_tuesday_in_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER))


@pytest.fixture
def pairing(flask_app):
    mentee = MenteeFactory(started_on=BEGUN, person=PersonFactory(full_name="Nay H'Bia"))
    return MentorshipFactory(
        mentor=MentorFactory(started_on=BEGUN), mentee=mentee, started_on=BEGUN
    )


def test_the_page_says_what_breaks_and_who_goes_along(leader, pairing):
    answer = leader.get(f"/chuyen-dia-ban/mentor/{pairing.mentor_id}")

    assert "Chưa có mentor" in main_text(answer)
    [row] = page(answer).select("input[name=along]")
    assert (row["value"], row.has_attr("checked")) == (str(pairing.id), True)
    assert "Nay H'Bia" in main_text(answer)


def test_a_leader_moves_a_mentor_out_of_the_ward_with_a_partial_choice(leader, pairing):
    url = f"/chuyen-dia-ban/mentor/{pairing.mentor_id}"

    answer = post_form(leader, url, {"ward": any_ward("21583").id, "ended_on": "10/03/2026"})

    assert answer.headers["Location"] == f"/mentor/{pairing.mentor_id}"
    assert [one.ward.code for one in db.session.query(Mentor).order_by(Mentor.id)][1] == "21583"
    assert db.session.query(Mentorship).filter(Mentorship.ended_on.is_(None)).count() == 0
    assert "Hoàn tác" in page(leader.get(f"/mentor/{pairing.mentor_id}")).get_text()


def test_a_move_to_nowhere_or_tomorrow_comes_back_with_what_was_typed(leader, pairing):
    url = f"/chuyen-dia-ban/mentor/{pairing.mentor_id}"

    answer = post_form(leader, url, {"ward": "", "ended_on": "11/03/2026"})

    assert answer.status_code == 422
    soup = page(answer)
    assert soup.select_one("#ward-error") is not None
    assert soup.select_one("[name=ended_on]")["value"] == "11/03/2026"


def test_a_day_before_what_is_recorded_is_refused_beside_its_field(leader, pairing):
    url = f"/chuyen-dia-ban/mentor/{pairing.mentor_id}"

    answer = post_form(leader, url, {"ward": any_ward("21583").id, "ended_on": "05/01/2026"})

    assert answer.status_code == 422
    assert "Chọn từ ngày 06/01/2026" in page(answer).select_one("#ended_on-error").get_text()
