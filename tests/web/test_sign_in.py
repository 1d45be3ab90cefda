"""Signing in and out, throttling, one's own password and devices, one-time links."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.access.digests import keyed_digest
from app.access.scope import WardScope
from app.extensions import limiter
from app.services.issue_link import issue_first_administrator_link, issue_link
from app.services.passwords import hash_password
from models import Account, Grant, SignIn, SignInFailure, db
from models.enums import Role
from tests.factories.accounts import PASSWORD, AccountFactory, account_with, open_sign_in
from tests.web.pages import form_keys, main_text, page, post_form

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NEW_PASSWORD = "con-trâu-đi-trước"
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng"
CHROME_ON_ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture(autouse=True)
def no_flood_yet(flask_app):
    with flask_app.app_context():
        limiter.reset()


def leader(**fields) -> Account:
    account = account_with(Role.WARD_LEADER)
    account.password_hash = hash_password(PASSWORD)
    for name, value in fields.items():
        setattr(account, name, value)
    db.session.commit()
    return account


def send(client: FlaskClient, username: str, password: str = PASSWORD, **fields):
    return post_form(client, "/dang-nhap", {"username": username, "password": password, **fields})


def test_the_right_password_opens_the_page_that_was_asked_for(client):
    username = leader().username

    answer = send(client, username.upper(), next="/tai-khoan/thiet-bi")

    assert (answer.status_code, answer.location) == (303, "/tai-khoan/thiet-bi")
    assert client.get("/tai-khoan/thiet-bi").status_code == 200


def test_the_cookie_never_carries_what_the_database_stores(client, flask_app):
    username = leader().username

    send(client, username)

    with client.session_transaction() as session:
        token = session["_user_id"]
    assert db.session.scalar(select(SignIn.token_hash)) != token
    assert len(token) >= 32


@pytest.mark.parametrize(
    "target", ["https://example.com/", "//example.com", "/\\example.com", "dang-nhap", ""]
)
def test_signing_in_leads_to_pages_of_this_site_alone(client, target):
    answer = send(client, leader().username, next=target)

    assert answer.location == "/"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client):
    account = leader()

    wrong_password = send(client, account.username, "không phải mật khẩu này")
    unknown_name = send(client, "khong.co.ai")

    assert wrong_password.status_code == unknown_name.status_code == 422
    assert WRONG in main_text(wrong_password)
    assert WRONG in main_text(unknown_name)


def test_what_was_typed_is_kept_but_not_the_password(client):
    answer = send(client, "khong.co.ai", "một mật khẩu sai", next="/tai-khoan/thiet-bi")

    soup = page(answer)
    assert soup.select_one("#username")["value"] == "khong.co.ai"
    assert soup.select_one("#next")["value"] == "/tai-khoan/thiet-bi"
    assert not soup.select_one("#password").get("value")


def test_a_disabled_account_cannot_sign_in(client):
    account = leader(disabled_at=MONDAY)

    assert send(client, account.username).status_code == 422


def test_an_account_without_password_cannot_sign_in(client):
    account = leader(password_hash=None)

    assert send(client, account.username).status_code == 422


def test_five_failures_are_followed_by_a_wait_even_with_the_right_password(client):
    username = leader().username
    for _ in range(5):
        send(client, username, "sai mật khẩu rồi")

    answer = send(client, username)

    assert answer.status_code == 429
    assert "Chờ 1 phút" in main_text(answer)


def test_waits_grow_with_further_failures_and_end(client):
    username = leader().username
    with time_machine.travel(MONDAY, tick=False) as clock:
        for _ in range(5):
            send(client, username, "sai mật khẩu rồi")
        clock.shift(timedelta(minutes=1))
        send(client, username, "sai mật khẩu rồi")
        too_early = send(client, username)
        clock.shift(timedelta(minutes=5))
        in_time = send(client, username)

    assert (too_early.status_code, in_time.status_code) == (429, 303)


def test_failures_elsewhere_do_not_lock_the_owner_out(client):
    username = leader().username
    keys = form_keys(client, "/dang-nhap")
    for _ in range(6):
        data = keys | {"username": username, "password": "sai mật khẩu rồi"}
        client.post("/dang-nhap", data=data, environ_base={"REMOTE_ADDR": "203.0.113.9"})

    assert send(client, username).status_code == 303


def test_one_address_cannot_try_many_names_without_end(client, flask_app):
    address_hash = keyed_digest("127.0.0.1")
    with flask_app.app_context():
        db.session.add_all(
            SignInFailure(username_hash=str(number), address_hash=address_hash, failed_at=MONDAY)
            for number in range(60)
        )
        db.session.commit()

    with time_machine.travel(MONDAY + timedelta(minutes=1), tick=False):
        answer = send(client, leader().username)

    assert answer.status_code == 429


def test_a_flood_of_attempts_is_stopped(client):
    keys = form_keys(client, "/dang-nhap")

    answers = [client.post("/dang-nhap", data=keys).status_code for _ in range(61)]

    assert answers[-1] == 429


def test_success_forgets_earlier_failures(client):
    username = leader().username
    send(client, username, "sai mật khẩu rồi")

    send(client, username)

    assert db.session.scalar(select(func.count(SignInFailure.id))) == 0


def test_an_old_hash_is_renewed_at_the_next_sign_in(client):
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    account_id, username = (account := leader(password_hash=weak)).id, account.username

    send(client, username)

    assert db.session.get(Account, account_id).password_hash != weak


def test_whatever_the_browser_brought_along_is_thrown_away_at_sign_in(client):
    username = leader().username
    keys = form_keys(client, "/dang-nhap")
    with client.session_transaction() as session:
        session["planted"] = "value"

    client.post("/dang-nhap", data=keys | {"username": username, "password": PASSWORD})

    with client.session_transaction() as session:
        assert "planted" not in session


def test_signing_out_ends_the_sign_in_so_that_a_stolen_cookie_is_worthless(client, flask_app):
    send(client, leader().username)
    with client.session_transaction() as session:
        stolen = dict(session)

    post_form(client, "/dang-xuat", {}, page_url="/tai-khoan/thiet-bi")

    thief = flask_app.test_client()
    with thief.session_transaction() as session:
        session.update(stolen)
    assert thief.get("/tai-khoan/thiet-bi").status_code == 302


def test_a_sign_in_ends_by_itself_after_half_a_day_without_use(client):
    username = leader().username
    with time_machine.travel(MONDAY, tick=False) as clock:
        send(client, username)
        clock.shift(timedelta(hours=13))

        answer = client.get("/tai-khoan/thiet-bi")

    assert answer.location == "/dang-nhap?next=/tai-khoan/thiet-bi"


def test_use_is_noted_at_most_every_five_minutes(sign_in):
    with time_machine.travel(MONDAY, tick=False) as clock:
        client = sign_in(account_with(Role.WARD_LEADER))
        seen = []
        for _ in range(3):
            clock.shift(timedelta(minutes=4))
            client.get("/tai-khoan/thiet-bi")
            seen.append(db.session.scalar(select(SignIn.last_seen_at)) - MONDAY)
            db.session.rollback()

    assert seen == [timedelta(0), timedelta(minutes=8), timedelta(minutes=8)]


def test_a_device_is_named_as_its_owner_knows_it(client):
    username = leader().username
    keys = form_keys(client, "/dang-nhap")
    client.post(
        "/dang-nhap",
        data=keys | {"username": username, "password": PASSWORD},
        headers={"User-Agent": CHROME_ON_ANDROID},
    )

    assert "Chrome trên Android" in main_text(client.get("/tai-khoan/thiet-bi"))


def test_another_device_can_be_signed_out(sign_in):
    account = leader()
    other_id = newest_sign_in(open_sign_in(account))
    client = sign_in(account)

    answer = post_form(
        client, f"/tai-khoan/thiet-bi/{other_id}/dang-xuat", {}, page_url="/tai-khoan/thiet-bi"
    )

    assert answer.status_code == 303
    assert db.session.get(SignIn, other_id).ended_at is not None


def test_the_device_of_somebody_else_does_not_exist(sign_in):
    foreign_id = newest_sign_in(open_sign_in(leader()))
    client = sign_in(leader())

    answer = post_form(
        client, f"/tai-khoan/thiet-bi/{foreign_id}/dang-xuat", {}, page_url="/tai-khoan/thiet-bi"
    )

    assert answer.status_code == 404
    assert db.session.get(SignIn, foreign_id).ended_at is None


def test_all_other_devices_are_signed_out_at_once(sign_in):
    account = leader()
    open_sign_in(account)
    open_sign_in(account)
    client = sign_in(account)

    post_form(client, "/tai-khoan/thiet-bi/dang-xuat-noi-khac", {}, page_url="/tai-khoan/thiet-bi")

    assert open_sign_ins() == 1
    assert client.get("/tai-khoan/thiet-bi").status_code == 200


def test_a_new_password_ends_the_sign_ins_elsewhere(sign_in, client):
    account = leader()
    username = account.username
    open_sign_in(account)
    signed_in = sign_in(account)

    answer = post_form(signed_in, "/tai-khoan/mat-khau", password_change())

    assert (answer.status_code, open_sign_ins()) == (303, 1)
    assert send(client, username, NEW_PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"current_password": "sai"}, "Mật khẩu đang dùng chưa đúng"),
        ({"password": "ngắn", "repeated": "ngắn"}, "ít nhất 10 ký tự"),
        ({"password": "Matkhau@123", "repeated": "Matkhau@123"}, "dễ bị đoán"),
        ({"password": "aaaaaaaaaaaa", "repeated": "aaaaaaaaaaaa"}, "dễ bị đoán"),
        ({"password": "Can.Bo.Doan", "repeated": "Can.Bo.Doan"}, "trùng tên đăng nhập"),
        ({"repeated": "gõ khác đi mất rồi"}, "chưa giống nhau"),
        ({"password": PASSWORD, "repeated": PASSWORD}, "trùng mật khẩu đang dùng"),
    ],
)
def test_a_password_that_will_not_do_says_why(sign_in, change, sentence):
    client = sign_in(leader(username="can.bo.doan"))

    answer = post_form(client, "/tai-khoan/mat-khau", password_change() | change)

    assert answer.status_code == 422
    assert sentence in main_text(answer)


def test_a_password_set_by_somebody_else_must_be_changed_first(sign_in):
    client = sign_in(leader(must_change_password=True))

    assert client.get("/").location == "/tai-khoan/mat-khau"
    assert client.get("/tai-khoan/thiet-bi").location == "/tai-khoan/mat-khau"
    assert post_form(client, "/tai-khoan/mat-khau", password_change()).status_code == 303
    assert client.get("/tai-khoan/thiet-bi").status_code == 200


def test_an_invitation_sets_the_password_once_and_signs_in(client):
    account = leader(password_hash=None)
    username = account.username
    url = f"/moi/{issue_link(WardScope.everywhere(), account.id).token}"

    answer = post_form(client, url, {"password": NEW_PASSWORD, "repeated": NEW_PASSWORD})

    assert (answer.status_code, client.get("/tai-khoan/thiet-bi").status_code) == (303, 200)
    assert client.get(url).status_code == 410
    assert "không còn dùng được" in main_text(client.get(url))
    assert send(client.application.test_client(), username, NEW_PASSWORD).status_code == 303


def test_a_link_is_worthless_after_a_week_and_after_a_newer_one(client):
    account_id = leader().id
    with time_machine.travel(MONDAY, tick=False) as clock:
        replaced = issue_link(WardScope.everywhere(), account_id).token
        newest = issue_link(WardScope.everywhere(), account_id).token
        statuses = [client.get(f"/moi/{token}").status_code for token in (replaced, newest)]
        clock.shift(timedelta(days=7))

        too_late = client.get(f"/moi/{newest}").status_code

    assert (statuses, too_late) == ([410, 200], 410)


def test_a_link_that_never_existed_says_the_same(client):
    assert client.get("/moi/khong-co").status_code == 410


def test_a_reset_ends_every_sign_in(client):
    account = leader()
    open_sign_in(account)
    url = f"/moi/{issue_link(WardScope.everywhere(), account.id).token}"

    post_form(client, url, {"password": NEW_PASSWORD, "repeated": NEW_PASSWORD})

    assert open_sign_ins() == 1


def test_the_first_administrator_makes_the_own_account(client):
    url = f"/moi/{issue_first_administrator_link()}"

    answer = post_form(
        client,
        url,
        {
            "username": "Quan.Tri",
            "display_name": "Siu H'Nga",
            "password": NEW_PASSWORD,
            "repeated": NEW_PASSWORD,
        },
    )

    made = db.session.execute(
        select(Account.username, Account.display_name, Grant.role).join(Account.grants)
    ).all()
    assert made == [("quan.tri", "Siu H'Nga", Role.ADMIN)]
    assert client.get(answer.location).location == "/quan-tri/tai-khoan"


def test_an_account_without_a_role_learns_whom_to_ask(sign_in):
    client = sign_in(AccountFactory())

    assert "quản trị của Tỉnh Đoàn" in main_text(client.get("/"))


def test_strangers_are_sent_to_sign_in(client):
    assert client.get("/").location == "/dang-nhap"
    assert "Đăng nhập" in main_text(client.get("/dang-nhap"))


def test_programs_are_told_to_sign_in_instead_of_being_sent_anywhere(client):
    answer = client.get("/tai-khoan/thiet-bi", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json) == (401, {"error": "sign_in_required"})


def password_change() -> dict[str, str]:
    return {"current_password": PASSWORD, "password": NEW_PASSWORD, "repeated": NEW_PASSWORD}


def open_sign_ins() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(SignIn.id)).where(SignIn.ended_at.is_(None)))


def newest_sign_in(token: str) -> int:
    assert token
    return db.session.scalar(select(func.max(SignIn.id)))
