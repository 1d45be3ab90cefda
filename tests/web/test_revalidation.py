"""Pages that name nobody are not sent twice; pages that name somebody are kept by no browser."""

import pytest
import time_machine

from models import db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory
from tests.web.statements import counted_statements

WARD = "21553"
MAP = "/ban-do"


@pytest.fixture
def province(sign_in):
    MentorFactory(ward=any_ward(WARD))
    return sign_in(account_with(Role.PROVINCE))


def ask_again(client, url, first):
    return client.get(url, headers={"If-None-Match": first.headers["ETag"]})


@pytest.mark.parametrize("url", [MAP, "/bieu-do", f"/xa/{WARD}/bieu-do", "/hinh/ban-do.json"])
def test_an_unchanged_page_is_not_made_again(province, url):
    first = province.get(url)

    with counted_statements() as statements:
        again = ask_again(province, url, first)

    assert (again.status_code, again.data) == (304, b"")
    assert len(statements) <= 3


def test_the_kept_page_keeps_its_own_policy(province):
    first = province.get(MAP)

    again = ask_again(province, MAP, first)

    assert "nonce-" in first.headers["Content-Security-Policy"]
    assert "Content-Security-Policy" not in again.headers


def test_what_is_recorded_makes_the_page_anew(province):
    first = province.get(MAP)
    MentorFactory(ward=any_ward("23575"))

    assert ask_again(province, MAP, first).status_code == 200


def test_a_new_day_makes_the_page_anew(sign_in):
    with time_machine.travel("2026-06-01 23:59:00+07:00", tick=False):
        province = sign_in(account_with(Role.PROVINCE))
        first = province.get(MAP)
        assert ask_again(province, MAP, first).status_code == 304

    with time_machine.travel("2026-06-02 00:00:00+07:00", tick=False):
        assert ask_again(province, MAP, first).status_code == 200


def test_another_reader_gets_a_page_of_their_own(province, sign_in):
    first = province.get(MAP)

    assert ask_again(sign_in(account_with(Role.PROVINCE)), MAP, first).status_code == 200


def test_a_reader_whose_role_ended_gets_no_page(sign_in):
    account = account_with(Role.PROVINCE)
    client = sign_in(account)
    first = client.get(MAP)
    for grant in account.grants:
        db.session.delete(grant)
    db.session.commit()

    assert ask_again(client, MAP, first).status_code == 403


def test_a_message_that_waits_is_shown(province):
    first = province.get(MAP)
    with province.session_transaction() as session:
        session["_flashes"] = [("message", {"text": "Đã lưu.", "kind": "success"})]

    again = ask_again(province, MAP, first)

    assert again.status_code == 200
    assert "Đã lưu." in again.get_data(as_text=True)
    assert again.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "url", ["/mentor", f"/xa/{WARD}", f"/xa/{WARD}/mang-luoi", f"/hinh/mang-luoi.json?xa={WARD}"]
)
def test_no_browser_keeps_what_names_people(province, url):
    answer = province.get(url)

    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
