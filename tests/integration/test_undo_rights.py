"""Who may take an action back: where one works, and what looks after the site only oneself."""

import pytest
from sqlalchemy import select

from app import clock
from app.access.current import GrantedRole, Reader
from app.access.policy import Permission
from app.access.scope import WardScope
from app.errors import LastAdministratorError, OutOfScopeError
from app.services.account_rows import GrantTerms
from app.services.change_grants import add_grant, end_grant
from app.services.disable_account import disable_account
from app.services.transaction import transaction
from app.services.undo_batch import undo_batch
from models import Account, Grant, Person, db
from models.enums import Role
from tests.factories.accounts import AccountFactory, GrantFactory, account_with
from tests.factories.base import any_ward

pytestmark = pytest.mark.usefixtures("flask_app")

OWN_WARD, OTHER_WARD = "21553", "23575"


def undo_scope(account: Account) -> WardScope:
    """Return the scope in which an account undoes, as a request would have it."""
    grants = tuple(
        GrantedRole(grant.role, grant.ward_id)
        for grant in account.grants
        if grant.is_open_on(clock.today())
    )
    reader = Reader("token", 1, account.id, account.username, "", False, clock.now(), grants)
    return reader.scope_for(Permission.UNDO_CHANGES)


def registered_by(account: Account, ward_code: str = OWN_WARD) -> int:
    """Return the action by which an account registered somebody in a ward."""
    ward_id = any_ward(ward_code).id
    scope = WardScope.of([ward_id], account.id)
    with transaction(scope, "mentor_registered", ward_id=ward_id) as unit:
        person = Person(full_name="Siu Phen")
        db.session.add(person)
        unit.about(person)
    return unit.receipt.batch_id


def can_undo(account: Account, batch_id: int) -> bool:
    try:
        undo_batch(undo_scope(account), batch_id)
    except OutOfScopeError:
        return False
    return True


@pytest.mark.parametrize(
    ("role", "ward_code", "may"),
    [
        (Role.WARD_LEADER, OWN_WARD, True),
        (Role.PROVINCE, None, True),
        (Role.WARD_LEADER, OTHER_WARD, False),
        (Role.SUPPORT, OWN_WARD, False),
        (Role.ADMIN, None, False),
    ],
)
def test_what_others_did_about_citizens(role, ward_code, may):
    batch_id = registered_by(account_with(Role.WARD_LEADER, OWN_WARD))

    assert can_undo(account_with(role, ward_code), batch_id) is may


def test_support_staff_take_back_what_they_did_themselves():
    account = account_with(Role.SUPPORT, OWN_WARD)

    assert can_undo(account, registered_by(account))


def test_who_has_left_a_ward_changes_nothing_there_any_more():
    account = account_with(Role.WARD_LEADER, OTHER_WARD)

    assert not can_undo(account, registered_by(account, OWN_WARD))


def test_a_leader_who_became_administrator_no_longer_touches_citizens():
    account = account_with(Role.ADMIN)

    assert not can_undo(account, registered_by(account, OWN_WARD))


def test_what_looks_after_the_site_is_undone_by_who_did_it_alone():
    administrator, other = account_with(Role.ADMIN), account_with(Role.ADMIN)
    disabled_id = AccountFactory().id
    batch_id = disable_account(WardScope.everywhere(administrator.id), disabled_id).batch_id

    assert not can_undo(account_with(Role.PROVINCE), batch_id)
    assert not can_undo(other, batch_id)
    assert can_undo(administrator, batch_id)
    assert db.session.get_one(Account, disabled_id).disabled_at is None


def test_undoing_never_leaves_the_site_without_administrator():
    account = GrantFactory(role=Role.ADMIN, account=AccountFactory(password_hash="set")).account
    scope = WardScope.everywhere(account.id)
    account_id, first_id = account.id, account.grants[0].id
    end_of_day = clock.today()
    successor_id = AccountFactory(password_hash="set").id
    given = add_grant(scope, successor_id, GrantTerms(Role.ADMIN, None, end_of_day)).batch_id
    end_grant(scope, account_id, first_id, on=end_of_day)

    with pytest.raises(LastAdministratorError):
        undo_batch(WardScope.of([], account_id), given)

    assert db.session.scalars(
        select(Grant.account_id).where(Grant.role == Role.ADMIN, Grant.ended_on.is_(None))
    ).all() == [successor_id]
