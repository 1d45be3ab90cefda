"""From the account that belongs to nobody to the gap at the desk that somebody fills."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient

from models import Account
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.desk import link_to_post
from tests.factories.network import (
    DutyPatternFactory,
    MenteeFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page, post_form

SignIn = Callable[..., FlaskClient]
SHEET, LEAVE = "/lich-truc", "/lich-truc/nghi"


@pytest.fixture(autouse=True)
def monday_at_nine():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def leader(sign_in: SignIn) -> FlaskClient:
    return sign_in(account_with(Role.WARD_LEADER))


@pytest.fixture
def staff() -> Account:
    return account_with(Role.SUPPORT)


def post_of(name: str):
    return SupportPostFactory(person=PersonFactory(full_name=name), ward=any_ward("21553"))


def choices(answer) -> list[str]:
    labels = page(answer).select("label:has(input[name=partner]), [name=partner] + label")
    return [normal(label.get_text(" ")) for label in labels] or [
        normal(option.get_text()) for option in page(answer).select("[name=partner] option")
    ]


def test_a_leader_links_an_account_and_its_owner_is_away_until_somebody_fills_the_gap(
    sign_in, leader, staff
):
    anh, binh = post_of("Lê Thị Ánh"), post_of("Trần Văn Bình")
    for half in range(10):
        DutyPatternFactory(support_post=anh, week_half=half)
    link_to_post(account_with(Role.SUPPORT), binh)
    anh_id, binh_id, desk = anh.id, binh.id, sign_in(staff)
    url = f"/tai-khoan-cua/support_post/{anh_id}"
    assert "chưa gắn với ai" in main_text(desk.get(SHEET))
    assert page(leader.get(SHEET)).select_one(f'#tai-khoan a[href="{url}"]') is not None

    linked = post_form(leader, url, {"partner": str(staff.id), "seen": "0"})
    assert linked.status_code == 303
    assert staff.username in main_text(leader.get(f"/nhan-su-ho-tro/{anh_id}"))
    assert page(leader.get(SHEET)).select_one("#tai-khoan") is None

    assert "chưa gắn với ai" not in main_text(desk.get(SHEET))
    assert "Ai trực thay Lê Thị Ánh?" in main_text(desk.get(LEAVE))
    away = {"post": str(anh_id), "first_day": "01/09/2026", "half": "sang", "substitute": ""}
    assert post_form(desk, LEAVE, away, page_url=LEAVE).status_code == 303
    gap = "1 buổi trong 7 ngày tới chưa có ai trực (T3 01/09 sáng)"
    assert gap in main_text(leader.get("/viec-can-lam"))

    turn = {
        "post": str(binh_id),
        "service_date": "01/09/2026",
        "half_day": "morning",
        "state": "se-truc",
    }
    assert post_form(leader, SHEET, turn).status_code == 303
    assert gap not in main_text(leader.get("/viec-can-lam"))


def test_the_page_of_a_person_offers_the_accounts_of_the_ward_and_says_whose_they_are(
    leader, staff
):
    taken = account_with(Role.SUPPORT)
    link_to_post(taken, post_of("Trần Văn Bình"))
    account_with(Role.SUPPORT, "23575")

    answer = leader.get(f"/tai-khoan-cua/support_post/{post_of('Lê Thị Ánh').id}")

    offered = " | ".join(choices(answer))
    assert f"{taken.username}, Nhân sự hỗ trợ), đang gắn với Trần Văn Bình" in offered
    assert staff.username in offered
    assert len(choices(answer)) == 4  # with the leader's, and none


def test_whoever_learns_has_no_account(leader):
    mentee = MenteeFactory(ward=any_ward("21553"))

    assert leader.get(f"/tai-khoan-cua/mentee/{mentee.id}").status_code == 404


def test_the_administrator_says_whose_account_it_is(sign_in, staff):
    person_id = post_of("Lê Thị Ánh").person_id
    SupportPostFactory(person=PersonFactory(full_name="Người xã khác"), ward=any_ward("23575"))
    admin, url = sign_in(account_with(Role.ADMIN)), f"/quan-tri/tai-khoan/{staff.id}/cua-ai"

    assert choices(admin.get(url)) == ["Lê Thị Ánh (nhân sự hỗ trợ)", "Chưa gắn với ai"]
    assert post_form(admin, url, {"partner": str(person_id), "seen": "0"}).status_code == 303

    text = main_text(admin.get(f"/quan-tri/tai-khoan/{staff.id}"))
    assert "Của ai Lê Thị Ánh" in text
    assert "Hoàn tác" in text


def test_whose_role_has_ended_still_stands_there_without_one(sign_in, staff):
    post = post_of("Siu Phen")
    post.ended_on = date(2026, 8, 1)
    link_to_post(staff, post)
    admin = sign_in(account_with(Role.ADMIN))

    offered = choices(admin.get(f"/quan-tri/tai-khoan/{staff.id}/cua-ai"))

    assert offered == ["Siu Phen (không còn vai trò)", "Chưa gắn với ai"]


def test_who_was_slower_sees_what_the_other_one_chose(leader, staff):
    post = post_of("Lê Thị Ánh")
    url = f"/tai-khoan-cua/support_post/{post.id}"
    link_to_post(staff, post)

    answer = post_form(leader, url, {"partner": "0", "seen": "0"})

    assert answer.status_code == 422
    assert f"Hiện gắn với tài khoản {staff.username}" in main_text(answer)
    assert page(answer).select_one("input[name=seen]")["value"] == str(staff.id)
