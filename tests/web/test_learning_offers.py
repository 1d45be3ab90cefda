"""One tap after a session, or later in the list of the day: no wish to learn more."""

from collections.abc import Callable

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from models import HelpSession, db
from models.enums import LearningOffer, Role
from tests.factories.accounts import account_with
from tests.factories.desk import DAY
from tests.factories.network import HandoffFactory, HelpSessionFactory
from tests.web.pages import main_text, normal, page, post_form

SignIn = Callable[..., FlaskClient]
LOG, TODAY = "/ho-tro", "/ho-tro/hom-nay"

pytestmark = pytest.mark.usefixtures("at_nine")


@pytest.fixture
def at_nine():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def support(sign_in: SignIn) -> FlaskClient:
    return sign_in(account_with(Role.SUPPORT))


def press(client: FlaskClient, where: str, label: str):
    """Press a button of a page as a browser would."""
    soup = page(client.get(where))
    button = next(one for one in soup.find_all("button") if normal(one.get_text()) == label)
    form = button.find_parent("form")
    sent = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    return client.post(form["action"], data=sent)


def log_one(client: FlaskClient) -> int:
    sent = {"mode": "together", "visit": "lan-dau", "outcome": "done", "service_date": "31/08/2026"}
    box = page(client.get(LOG)).select_one("input[name=procedure]")
    assert box is not None
    post_form(client, LOG, sent | {"procedure": box["value"]})
    return db.session.query(HelpSession).one().id


def notices(soup: BeautifulSoup) -> str:
    return normal(soup.select_one(".notices").get_text(" "))


def test_one_tap_after_saving_says_that_the_visitor_does_not_want_to_learn(support):
    session_id = log_one(support)

    answer = press(support, LOG, "Không muốn học")

    assert (answer.status_code, answer.location) == (303, LOG)
    assert db.session.get(HelpSession, session_id).learning_offer is LearningOffer.DECLINED
    assert "không muốn học thêm" in notices(page(support.get(LOG)))


def test_saying_nothing_means_that_nobody_asked(support):
    session_id = log_one(support)

    assert db.session.get(HelpSession, session_id).learning_offer is None


def test_the_answer_can_be_changed_from_the_list_of_the_day(support):
    HelpSessionFactory(service_date=DAY)

    declined = press(support, TODAY, "Không muốn học")
    told = main_text(support.get(TODAY))
    forgotten = press(support, TODAY, "Bỏ ghi «không muốn học»")

    assert (declined.location, forgotten.location) == (TODAY, TODAY)
    assert "Xong · không muốn học" in told
    assert "· không muốn học" not in main_text(support.get(TODAY))


def test_a_visitor_who_thinks_again_is_still_handed_on(support):
    session = HelpSessionFactory(service_date=DAY, learning_offer=LearningOffer.DECLINED)

    assert support.get(f"/ho-tro/{session.id}/chuyen-mentor").status_code == 200


def test_who_was_handed_on_is_not_asked_again(support):
    session = HelpSessionFactory(service_date=DAY)
    HandoffFactory(help_session=session)

    soup = page(support.get(TODAY))

    assert "đã chuyển cho mentor" in soup.get_text()
    assert "Không muốn học" not in soup.get_text()
