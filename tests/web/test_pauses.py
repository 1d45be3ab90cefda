"""The pages on which a time away is recorded and changed."""

from datetime import date

import pytest
import time_machine

from models import Pause, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.network import MentorFactory, PauseFactory, PersonFactory
from tests.web.pages import main_text, page, post_form


@pytest.fixture(autouse=True)
def a_tuesday_in_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER))


def test_a_pause_has_a_return_date_and_a_substitute_and_says_what_breaks_meanwhile(leader):
    mentor = MentorFactory(person=PersonFactory(full_name="Siu Phen"))
    url = f"/tam-nghi/mentor/{mentor.id}"
    assert "Chưa có mentor" in main_text(leader.get(url))
    other = MentorFactory(person=PersonFactory(full_name="Nay Tam"))

    answer = post_form(
        leader,
        url,
        {"started_on": "10/03/2026", "ended_on": "24/03/2026", "substitute": other.person_id},
    )

    assert answer.headers["Location"] == f"/mentor/{mentor.id}"
    text = main_text(leader.get(f"/mentor/{mentor.id}"))
    assert "tạm nghỉ, trở lại 24/03/2026" in text
    assert "Đổi ngày trở lại" in text


def test_who_is_away_is_brought_back_on_the_same_page(leader):
    mentor = MentorFactory()
    pause = PauseFactory(mentor=mentor, started_on=date(2026, 3, 1), ended_on=date(2026, 3, 24))
    url = f"/tam-nghi/mentor/{mentor.id}"
    assert "trở lại 24/03/2026" in main_text(leader.get(url))

    post_form(leader, f"{url}/tro-lai/{pause.id}", {"ended_on": "10/03/2026"}, page_url=url)

    assert db.session.get(Pause, pause.id).ended_on == date(2026, 3, 10)


@pytest.mark.parametrize("back", ["10/03/2026", "01/01/2029", "", "31/02/2026"])
def test_a_return_that_cannot_be_is_refused_beside_its_field(leader, back):
    mentor = MentorFactory()

    answer = post_form(
        leader,
        f"/tam-nghi/mentor/{mentor.id}",
        {"started_on": "10/03/2026", "ended_on": back},
    )

    assert answer.status_code == 422
    assert page(answer).select_one("#ended_on-error") is not None
    assert db.session.query(Pause).count() == 0
