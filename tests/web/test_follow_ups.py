"""The short list of calls: one question, one tap, and the next step for who needs help."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from bs4 import Tag
from flask.testing import FlaskClient

from models import FollowUp, Mentee, db
from models.enums import FollowUpAnswer, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.desk import DAY
from tests.factories.network import (
    FollowUpFactory,
    HandoffFactory,
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    SupportPostFactory,
    end_reason,
)
from tests.web.pages import main_text, normal, page, post_form

SignIn = Callable[..., FlaskClient]
CALLS = "/goi-hoi"

pytestmark = pytest.mark.usefixtures("at_nine")


@pytest.fixture
def at_nine():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def leader(sign_in: SignIn) -> FlaskClient:
    return sign_in(account_with(Role.WARD_LEADER))


@pytest.fixture
def support(sign_in: SignIn) -> FlaskClient:
    return sign_in(account_with(Role.SUPPORT))


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def completed(days: int = 20, **person: object) -> Mentee:
    return MenteeFactory(
        person=PersonFactory(**{"full_name": "Siu H'Bia", "phone": "+84912345678"} | person),
        started_on=ago(days + 60),
        ended_on=ago(days),
        end_reason=end_reason("completed"),
    )


def taught(days: int = 20) -> Mentee:
    mentee = MenteeFactory(person=PersonFactory(full_name="Rah Lan Nay"), started_on=ago(days))
    HandoffFactory(mentee=mentee, handed_on=ago(days))
    mentor = MentorFactory(started_on=ago(days))
    MentorshipFactory(mentor=mentor, mentee=mentee, started_on=ago(days))
    return mentee


def calls(client: FlaskClient) -> list[Tag]:
    return page(client.get(CALLS)).select(".call")


def send(client: FlaskClient, address: str, **values: str):
    """Send what no button of the page would send, or send it from an old page."""
    return post_form(client, address, values, page_url="/tai-khoan/mat-khau")


def press(client: FlaskClient, answer: FollowUpAnswer):
    """Press one of the three buttons of the first call, as a browser would."""
    form = calls(client)[0].find("form")
    token = form.find("input", {"name": "csrf_token"})["value"]
    assert form.find("button", {"value": answer.value})
    return client.post(form["action"], data={"csrf_token": token, "answer": answer.value})


def test_the_list_says_whom_to_call_since_when_and_until_when(leader):
    completed(20)
    completed(30, full_name="Ksor Thoan")

    soup = page(leader.get(CALLS))

    assert "2 người cần gọi" in soup.get_text()
    facts = [normal(one.get_text()) for one in soup.select(".call-facts")]
    assert facts == [
        "học xong ngày 01/08/2026 · quá hạn gọi 29/08/2026",
        "học xong ngày 11/08/2026 · hạn gọi 08/09/2026",
    ]


def test_a_number_is_masked_until_it_is_asked_for_and_the_others_stay_so(leader):
    shown, _hidden = completed(25), completed(20, full_name="Ksor Thoan", phone="+84987654321")

    before = leader.get(CALLS).get_data(as_text=True)
    link = calls(leader)[0].select_one(".call-number a")["href"]
    after = leader.get(link.partition("#")[0]).get_data(as_text=True)

    assert "0912 ••• 678" in before
    assert "345" not in before
    assert link == f"{CALLS}?so={shown.id}#goi-{shown.id}"
    assert 'href="tel:+84912345678"' in after
    assert "+84987654321" not in after


@pytest.mark.parametrize("answer", [FollowUpAnswer.STILL_ABLE, FollowUpAnswer.NEEDS_HELP])
def test_one_tap_answers_and_can_be_undone(leader, answer):
    completed()

    sent = press(leader, answer)
    soup = page(leader.get(CALLS))

    assert (sent.status_code, sent.location) == (303, CALLS)
    assert db.session.query(FollowUp).one().answer is answer
    assert soup.select(".call") == []
    assert normal(soup.select_one(".notices button").get_text()) == "Hoàn tác"


def test_who_was_not_reached_stays_on_the_list_with_the_day(leader):
    completed()

    press(leader, FollowUpAnswer.UNREACHED)

    (call,) = calls(leader)
    assert "đã gọi 1 lần chưa gặp, lần cuối 31/08/2026" in normal(call.get_text())


def test_without_a_proper_answer_nothing_is_recorded(leader):
    mentee = completed()

    sent = send(leader, f"{CALLS}/{mentee.id}", answer="perhaps")

    assert sent.status_code == 303
    assert "chọn một trong ba câu trả lời" in page(leader.get(CALLS)).get_text()
    assert db.session.query(FollowUp).count() == 0


def test_somebody_who_was_slower_is_told(leader):
    mentee = completed()
    FollowUpFactory(mentee=mentee, service_date=DAY)

    send(leader, f"{CALLS}/{mentee.id}", answer="still_able")

    assert "Đã có người gọi và ghi câu trả lời rồi" in page(leader.get(CALLS)).get_text()


def test_who_needs_help_again_is_registered_again_and_then_paired(leader):
    mentee = completed()
    FollowUpFactory(mentee=mentee, service_date=DAY, answer=FollowUpAnswer.NEEDS_HELP)
    form = page(leader.get(CALLS)).find("form", action=f"{CALLS}/{mentee.id}/hoc-lai")
    token = form.find("input", {"name": "csrf_token"})["value"]

    leader.post(form["action"], data={"csrf_token": token})

    again = db.session.query(Mentee).filter_by(started_on=DAY).one()
    assert again.person_id == mentee.person_id
    soup = page(leader.get(CALLS))
    links = {link["href"] for link in soup.find_all("a", string="Ghép với mentor")}
    assert f"/ghep-cap?mentee={again.id}" in links


def test_the_desk_sees_those_it_handed_on_and_nobody_else(support):
    completed(full_name="Ksor Thoan")
    taught()

    text = main_text(support.get(CALLS))

    assert "Rah Lan Nay" in text
    assert "Ksor Thoan" not in text


def test_the_desk_leaves_the_next_step_to_the_leader(support):
    mentee = completed()
    HandoffFactory(mentee=mentee, handed_on=ago(60))
    FollowUpFactory(mentee=mentee, service_date=DAY, answer=FollowUpAnswer.NEEDS_HELP)

    text = main_text(support.get(CALLS))

    assert "Bí thư Đoàn xã, phường sẽ cho học lại" in text
    assert send(support, f"{CALLS}/{mentee.id}/hoc-lai").status_code == 403


def test_an_empty_list_says_who_will_stand_there(leader):
    text = main_text(leader.get(CALLS))

    assert "Không có ai cần gọi" in text
    assert "từ ngày thứ 14" in text


def test_the_definition_stands_on_the_page(leader):
    text = main_text(leader.get(CALLS))

    assert "Gọi trong khoảng ngày thứ 14 đến 28" in text
    assert "Không gọi người đã rút lại sự đồng ý" in text


def test_due_calls_are_a_line_of_the_leader_s_work_list_behind_what_is_urgent(leader):
    MentorFactory()
    completed(20)
    completed(30, full_name="Ksor Thoan")

    items = page(leader.get("/viec-can-lam")).select(".finding")

    told = [normal(item.select_one(".finding-message").get_text()) for item in items]
    line = "2 người cần gọi hỏi: «Bác còn tự làm được không?» Quá hạn: 1 người."
    assert line in told
    at = told.index(line)
    assert all("finding-critical" in item["class"] for item in items[:at])
    assert not any("finding-critical" in item["class"] for item in items[at:])
    assert items[at].find("a", string="Gọi hỏi")["href"] == CALLS


def test_due_calls_stand_on_the_page_of_the_desk(support):
    SupportPostFactory()
    HelpSessionFactory(service_date=DAY)
    taught()

    items = page(support.get("/ho-tro")).select(".finding")

    assert "1 người cần gọi hỏi: «Bác còn tự làm được không?»" in normal(items[-1].get_text())


def test_a_work_list_narrowed_to_a_kind_of_finding_has_no_calls(leader):
    completed()

    assert "cần gọi hỏi" not in main_text(leader.get("/viec-can-lam?viec=mentor_below_floor"))


def test_another_ward_s_call_does_not_exist(leader):
    mentee = MenteeFactory(
        ward=any_ward("23575"),
        started_on=ago(80),
        ended_on=ago(20),
        end_reason=end_reason("completed"),
    )

    assert send(leader, f"{CALLS}/{mentee.id}", answer="still_able").status_code == 404
