"""Support posts: list, page, registering and ending, as a reader sees them."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient

from models import SupportPost, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    DutyTurnFactory,
    PauseFactory,
    PersonFactory,
    SupportPostFactory,
    end_reason,
)
from tests.web.pages import main_text, normal, page, post_form
from tests.web.people_forms import registration
from tests.web.statements import count_statements

OTHER_WARD = "21583"

pytestmark = pytest.mark.usefixtures("on_10_march")


@pytest.fixture
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in(account_with(Role.WARD_LEADER))


def test_the_list_says_who_is_away_and_until_when(leader):
    working = SupportPostFactory(person=PersonFactory(full_name="Lê An"))
    DutyTurnFactory(support_post=working)
    away = SupportPostFactory(person=PersonFactory(full_name="Lê Bình"))
    PauseFactory(support_post=away, started_on=date(2026, 3, 1), ended_on=date(2026, 4, 1))

    soup = page(leader.get("/nhan-su-ho-tro"))

    lines = [
        [normal(cell.get_text(" ")) for cell in row.select("th a, td")]
        for row in soup.select("tbody tr")
    ]
    assert lines == [
        ["Lê An", "Từ 05/01/2026", "01/03/2026"],
        ["Lê Bình", "Tạm nghỉ, trở lại 01/04/2026", "chưa có ca nào"],
    ]


def test_one_person_may_serve_two_wards(sign_in):
    province = sign_in(account_with(Role.PROVINCE))
    person = PersonFactory(full_name="Ksor H’Thoan", birth_year=1962)
    SupportPostFactory(person=person)
    SupportPostFactory(person=person, ward=any_ward(OTHER_WARD), ended_on=date(2026, 2, 1))

    answer = post_form(
        province,
        "/nhan-su-ho-tro/moi",
        registration(ward=str(any_ward(OTHER_WARD).id), same_person=str(person.id))
        | {"started_on": "01/02/2026"},
    )

    assert answer.status_code == 303
    posts = db.session.query(SupportPost).filter_by(person_id=person.id).all()
    assert sorted(post.ward.code for post in posts if post.ended_on is None) == [
        "21553",
        OTHER_WARD,
    ]


def test_a_post_ends_with_a_reason_and_not_before_its_last_duty(leader):
    post = SupportPostFactory()
    DutyTurnFactory(support_post=post)
    url = f"/nhan-su-ho-tro/{post.id}/thoi"
    reason = str(end_reason("term_ended").id)

    refused = post_form(leader, url, {"ended_on": "01/03/2026", "reason": reason})
    ended = post_form(leader, url, {"ended_on": "02/03/2026", "reason": reason})

    assert "Chọn từ ngày 02/03/2026 trở đi" in main_text(refused)
    assert (refused.status_code, ended.status_code) == (422, 303)
    assert "đã thôi từ 02/03/2026" in main_text(leader.get(ended.location))
    assert leader.get(url).location == f"/nhan-su-ho-tro/{post.id}"


def test_ending_what_has_ended_is_refused(leader):
    post = SupportPostFactory()
    url = f"/nhan-su-ho-tro/{post.id}/thoi"
    typed = {"ended_on": "02/03/2026", "reason": str(end_reason("other").id)}
    post_form(leader, url, typed)

    again = post_form(leader, url, typed, page_url="/nhan-su-ho-tro/moi")

    assert again.status_code == 422
    assert "Vai trò này đã thôi từ ngày 02/03/2026." in main_text(again)


def test_another_wards_post_does_not_exist(leader):
    foreign = SupportPostFactory(ward=any_ward(OTHER_WARD))

    answers = [leader.get(f"/nhan-su-ho-tro/{foreign.id}{tail}") for tail in ("", "/sua", "/thoi")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_the_list_asks_as_many_questions_for_twenty_posts_as_for_two(leader):
    for _ in range(2):
        SupportPostFactory()
    few = count_statements(leader, "/nhan-su-ho-tro")
    for _ in range(18):
        SupportPostFactory()

    assert count_statements(leader, "/nhan-su-ho-tro") == few


def test_editing_the_holder_needs_no_capacity(leader):
    post = SupportPostFactory(person=PersonFactory(full_name="Lê An"))

    soup = page(leader.get(f"/nhan-su-ho-tro/{post.id}/sua"))

    assert soup.select_one("[name=full_name]")["value"] == "Lê An"
    assert soup.select("[name=capacity]") == []
