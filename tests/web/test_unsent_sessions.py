"""Help sessions that waited in a browser: each logged once, for whoever noted it, at its hour."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.access.scope import WardScope
from app.services.undo_batch import undo_batch
from models import Account, Batch, HelpSession, Procedure, db
from models.enums import Role
from tests.factories.accounts import GrantFactory, account_with
from tests.factories.base import any_ward
from tests.factories.desk import procedure

SignIn = Callable[..., FlaskClient]
UNSENT = "/ho-tro/chua-gui"
WARD, OTHER_WARD = "21553", "23575"
KEY = "k" * 24

pytestmark = pytest.mark.usefixtures("next_morning")


@pytest.fixture
def next_morning():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def staff() -> Account:
    return account_with(Role.SUPPORT, WARD)


@pytest.fixture
def phone(sign_in: SignIn, staff: Account) -> FlaskClient:
    return sign_in(staff)


def entry(**kept: Any) -> dict[str, Any]:
    """Return what a browser keeps of a usual session, noted the evening before."""
    return {
        "form_key": KEY,
        "made_at": "2026-08-30T12:41:26.123Z",
        "ward": str(any_ward(WARD).id),
        "procedure": str(procedure("certification").id),
        "mode": "together",
        "visit": "lan-dau",
        "outcome": "done",
        "service_date": "30/08/2026",
    } | kept


def send(client: FlaskClient, kept: dict[str, Any]) -> TestResponse:
    """Send an entry as a browser does: first ask who is signed in, then with that token."""
    known = client.get(UNSENT, headers={"Accept": "application/json"}).json
    return client.post(
        UNSENT,
        data={"account": known["account"]} | kept,
        headers={"X-CSRFToken": known["csrf_token"], "Accept": "application/json"},
    )


def count_stored() -> int:
    return db.session.scalar(select(func.count(HelpSession.id))) or 0


def stored() -> HelpSession:
    return db.session.scalars(select(HelpSession)).one()


def test_an_entry_that_waited_keeps_its_own_day_and_hour(phone):
    answer = send(phone, entry())

    assert (answer.status_code, answer.json) == (200, {"saved": True})
    session = stored()
    assert (session.service_date, session.service_time) == (date(2026, 8, 30), time(19, 41))
    assert session.entered_at.date() == date(2026, 8, 31)


@pytest.mark.parametrize(
    "made_at",
    [
        "2026-08-31T00:30:00Z",
        "2026-08-30T12:41:26",
        "2030-08-30T12:41:26Z",
        "0001-01-01T00:00:00+14:00",
        "hôm qua",
        "",
    ],
    ids=["another day", "no zone", "to come", "before all time", "words", "nothing"],
)
def test_the_hour_of_another_day_than_that_of_the_entry_is_not_known(phone, made_at):
    assert send(phone, entry(made_at=made_at)).status_code == 200

    assert stored().service_time is None


def test_the_same_entry_sent_again_stays_one(phone):
    first, second = send(phone, entry()), send(phone, entry(outcome="unfinished"))

    assert (first.status_code, second.status_code, count_stored()) == (200, 200, 1)


def test_an_entry_that_arrived_is_no_error_when_its_procedure_has_been_retired_since(phone):
    send(phone, entry())
    db.session.get_one(Procedure, procedure("certification").id).is_active = False
    db.session.commit()

    assert send(phone, entry()).json == {"saved": True}


def test_an_entry_that_was_taken_back_does_not_come_again(phone, staff):
    send(phone, entry())
    scope = WardScope.of([any_ward(WARD).id], staff.id)
    undo_batch(scope, db.session.scalars(select(Batch.id)).one())

    assert send(phone, entry()).json == {"saved": True}
    assert count_stored() == 0


def test_what_the_form_sent_itself_counts_as_sent(phone):
    sent = entry(service_date="31/08/2026")
    token = phone.get(UNSENT).json["csrf_token"]
    phone.post("/ho-tro", data=sent | {"csrf_token": token})

    assert send(phone, sent).status_code == 200
    assert count_stored() == 1


def test_a_refused_entry_is_answered_with_every_reason_beside_its_field(phone):
    answer = send(phone, entry(procedure="", service_date="01/09/2026", note="123456789012"))

    assert answer.status_code == 422
    reasons = {
        reason["field"]: (reason["label"], reason["message"]) for reason in answer.json["errors"]
    }
    assert set(reasons) == {"procedure", "service_date", "note"}
    assert reasons["procedure"] == ("Thủ tục", "Chọn thủ tục người dân đến làm.")
    assert count_stored() == 0


@pytest.mark.parametrize("key", ["", "short", "k" * 65, "khóa có dấu và khoảng trắng"])
def test_an_entry_without_a_sound_key_is_refused(phone, key):
    answer = send(phone, entry(form_key=key))

    assert answer.status_code == 422
    assert "thiếu mã gửi" in answer.json["errors"][0]["message"]


def test_an_entry_of_a_ward_that_is_no_longer_ones_own_is_refused(phone):
    answer = send(phone, entry(ward=str(any_ward(OTHER_WARD).id)))

    assert [reason["field"] for reason in answer.json["errors"]] == ["ward"]


def test_an_entry_goes_to_the_ward_it_was_noted_in_though_there_are_two_by_now(phone, staff):
    GrantFactory(account=staff, role=Role.SUPPORT, ward=any_ward(OTHER_WARD))

    assert send(phone, entry()).status_code == 200
    assert stored().ward_id == any_ward(WARD).id


def test_entries_of_somebody_else_are_left_to_wait(phone, sign_in):
    colleague = sign_in(account_with(Role.SUPPORT, WARD))
    owner = phone.get(UNSENT).json["account"]

    answer = send(colleague, entry(account=owner))

    assert (answer.status_code, answer.json) == (409, {"error": "other_account"})
    assert count_stored() == 0


def test_nobody_signed_in_is_said_so_that_entries_wait(client, phone):
    json = {"Accept": "application/json"}
    token = phone.get(UNSENT).json["csrf_token"]

    asked = client.get(UNSENT, headers=json)
    sent = client.post(UNSENT, data=entry(), headers=json | {"X-CSRFToken": token})

    assert (asked.status_code, asked.json) == (401, {"error": "sign_in_required"})
    assert sent.status_code == 400
    assert sent.json["error"] == "form_expired"


def test_the_key_of_a_browser_is_that_of_the_account_on_every_device(sign_in, staff, phone):
    again = sign_in(staff).get(UNSENT).json["account"]
    other = sign_in(account_with(Role.SUPPORT, WARD)).get(UNSENT).json["account"]

    assert phone.get(UNSENT).json["account"] == again != other
