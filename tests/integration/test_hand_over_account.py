"""A change of leader in one step: roles go over, names in the log stay, somebody always remains."""

from datetime import date

import pytest
import time_machine

from app.access.scope import WardScope
from app.errors import LastAdministratorError, UsernameTakenError
from app.role_errors import HandedOverTooEarlyError, NothingToHandOverError
from app.services.hand_over_account import Successor, hand_over_account
from app.services.undo_batch import undo_batch
from models import Account, Grant, Mentor, OneTimeLink, db
from models.enums import LinkPurpose, Role
from tests.factories.accounts import AccountFactory, GrantFactory, account_with
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory

EVERYWHERE = WardScope.everywhere()
TODAY, NEXT_MONTH = date(2026, 3, 10), date(2026, 4, 1)


@pytest.fixture(autouse=True)
def a_tuesday_in_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


def follower(on: date = NEXT_MONTH, username: str = "nguoi.moi") -> Successor:
    return Successor(username, "Siu H'Lan", on)


def spans(account_id: int) -> list[tuple[Role, str | None, date, date | None]]:
    grants = db.session.query(Grant).filter_by(account_id=account_id).order_by(Grant.id)
    return [
        (one.role, one.ward.code if one.ward else None, one.started_on, one.ended_on)
        for one in grants
    ]


def test_a_change_of_leader_is_one_step_with_an_own_account_and_an_invitation(flask_app):
    leader = AccountFactory()
    for code in ("21553", "21583"):
        GrantFactory(
            account=leader,
            role=Role.WARD_LEADER,
            ward=any_ward(code),
            started_on=date(2026, 1, 5),
            ended_on=None,
        )

    invitation = hand_over_account(EVERYWHERE, leader.id, follower())

    new = db.session.get(Account, invitation.receipt.object_id)
    assert (new.username, new.password_hash) == ("nguoi.moi", None)
    assert spans(leader.id) == [
        (Role.WARD_LEADER, "21553", date(2026, 1, 5), NEXT_MONTH),
        (Role.WARD_LEADER, "21583", date(2026, 1, 5), NEXT_MONTH),
    ]
    assert spans(new.id) == [
        (Role.WARD_LEADER, "21553", NEXT_MONTH, None),
        (Role.WARD_LEADER, "21583", NEXT_MONTH, None),
    ]
    link = db.session.query(OneTimeLink).filter_by(account_id=new.id).one()
    assert (link.purpose, link.used_at) == (LinkPurpose.INVITATION, None)


def test_what_the_old_leader_entered_keeps_the_old_name(flask_app):
    leader = account_with(Role.WARD_LEADER)
    mentor = MentorFactory(entered_by_id=leader.id)

    hand_over_account(EVERYWHERE, leader.id, follower(on=TODAY))

    assert db.session.get(Mentor, mentor.id).entered_by_id == leader.id


def test_a_hand_over_is_taken_back_as_one(flask_app):
    leader = account_with(Role.WARD_LEADER)
    before = spans(leader.id)

    own = WardScope.everywhere(AccountFactory().id)
    receipt = hand_over_account(own, leader.id, follower()).receipt
    undo_batch(own, receipt.batch_id)

    assert spans(leader.id) == before


def test_the_last_administrator_cannot_be_removed_by_a_hand_over(flask_app):
    admin = account_with(Role.ADMIN)
    admin.password_hash = "set"
    db.session.commit()

    with pytest.raises(LastAdministratorError):
        hand_over_account(EVERYWHERE, admin.id, follower(on=TODAY))

    assert spans(admin.id)[0][3] is None
    assert db.session.query(Account).count() == 1


def test_what_cannot_be_handed_over_is_refused(flask_app):
    leader, nobody = account_with(Role.WARD_LEADER), AccountFactory()

    with pytest.raises(NothingToHandOverError):
        hand_over_account(EVERYWHERE, nobody.id, follower())
    with pytest.raises(UsernameTakenError):
        hand_over_account(EVERYWHERE, leader.id, follower(username=nobody.username))
    with pytest.raises(HandedOverTooEarlyError):
        hand_over_account(EVERYWHERE, leader.id, follower(on=date(2020, 1, 1)))
