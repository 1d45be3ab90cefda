"""What a role allows holds on its days and in its ward alone, whatever else an account may do."""

from datetime import date, timedelta

import pytest

from app import clock
from app.access.scope import WardScope
from app.services.person_writing import ConsentDetails, PersonDetails
from app.services.register_person import Registration, register_person
from models import Mentee, db
from models.enums import ConsentMethod, PersonRole, Role
from tests.factories.accounts import AccountFactory, GrantFactory, account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
)
from tests.web.pages import main_text, post_form

LED, SERVED = "21553", "23575"
ONE_DAY = timedelta(days=1)


@pytest.fixture
def client(sign_in):
    """Somebody who leads one ward and serves at the desk of another."""
    account = AccountFactory()
    GrantFactory(account=account, role=Role.WARD_LEADER, ward=any_ward(LED))
    GrantFactory(account=account, role=Role.SUPPORT, ward=any_ward(SERVED))
    return sign_in(account)


@pytest.mark.parametrize(
    ("first", "end", "status"),
    [(-30, None, 200), (0, None, 200), (-30, 1, 200), (-30, 0, 403), (1, None, 403)],
)
def test_a_role_holds_from_its_first_day_until_before_its_end(sign_in, first, end, status):
    today = clock.today()
    grant = GrantFactory(
        role=Role.WARD_LEADER,
        ward=any_ward(LED),
        started_on=today + first * ONE_DAY,
        ended_on=None if end is None else today + end * ONE_DAY,
    )

    assert sign_in(grant.account).get("/mentor").status_code == status


def test_a_disabled_account_is_asked_to_sign_in(sign_in):
    account = account_with(Role.WARD_LEADER)
    client = sign_in(account)
    account.disabled_at = clock.now()
    db.session.commit()

    assert client.get("/mentor").location.startswith("/dang-nhap")


@pytest.mark.parametrize("url", ["/mentor", "/audit.json", "/exports/danh-sach.xlsx", "/da-lam"])
def test_a_due_password_comes_before_everything_else(sign_in, url):
    account = account_with(Role.WARD_LEADER)
    account.must_change_password = True
    db.session.commit()

    assert sign_in(account).get(url).location == "/tai-khoan/mat-khau"


def test_leading_one_ward_shows_no_people_where_one_only_serves(client):
    mentor = MentorFactory(
        ward=any_ward(SERVED), person=PersonFactory(full_name="Ông Ngoài Phạm Vi")
    )
    mentee = MenteeFactory(ward=any_ward(SERVED))
    pair = MentorshipFactory(mentor=mentor, mentee=mentee)

    statuses = {
        url: client.get(url).status_code
        for url in (
            f"/mentor/{mentor.id}",
            f"/mentor/{mentor.id}/sua",
            f"/mentor/{mentor.id}/buoi-huong-dan",
            f"/nguoi-hoc/{mentee.id}/thoi",
            f"/ghep-cap?mentor={mentor.id}",
            f"/ghep-cap?mentee={mentee.id}",
            f"/ghep-cap?xa={SERVED}",
            f"/ghep-cap/{pair.id}/ket-thuc",
            f"/buoi-huong-dan?xa={SERVED}",
            f"/exports/danh-sach.xlsx?xa={SERVED}",
            f"/xa/{SERVED}",
        )
    }

    assert set(statuses.values()) == {404}, statuses
    for url in ("/mentor", f"/mentor?xa={SERVED}", "/viec-can-lam", "/ra-soat", "/da-lam"):
        assert "Ông Ngoài Phạm Vi" not in main_text(client.get(url))


def test_serving_one_ward_corrects_no_sessions_of_the_ward_one_leads(client):
    led = HelpSessionFactory(ward=any_ward(LED))

    assert client.get(f"/ho-tro/{led.id}/sua").status_code == 404
    assert client.get(f"/ho-tro/{led.id}/chuyen-mentor").status_code == 404


def test_leading_one_ward_takes_nothing_back_where_one_only_serves(client):
    registration = Registration(
        role=PersonRole.MENTEE,
        ward_id=any_ward(SERVED).id,
        person=PersonDetails(full_name="Trần Thị Bé", birth_year=1980),
        consent=ConsentDetails(method=ConsentMethod.SPOKEN, given_on=date(2026, 3, 2)),
        started_on=date(2026, 3, 2),
    )
    receipt = register_person(WardScope.everywhere(), registration)

    answer = post_form(client, f"/hoan-tac/{receipt.batch_id}", {}, page_url="/tai-khoan/thiet-bi")

    assert answer.status_code == 404
    assert db.session.get(Mentee, receipt.object_id).deleted_at is None
