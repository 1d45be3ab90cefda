"""Whose account it is: one account, one person, and back again."""

import pytest

from app.access.scope import WardScope
from app.errors import EditConflictError, OutOfScopeError
from app.queries.account_people import find_account_of_person, find_person_of_account
from app.queries.spells import SpellKey
from app.services.link_account import choose_account, choose_person
from app.services.session_writing import find_own_post_id
from app.services.undo_batch import undo_batch
from models.enums import PersonRole, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.desk import DAY, staff
from tests.factories.network import SupportPostFactory

EVERYWHERE = WardScope.everywhere()
WARD, OTHER_WARD = "21553", "23575"

pytestmark = pytest.mark.usefixtures("flask_app")


def key(post) -> SpellKey:
    return SpellKey(PersonRole.SUPPORT_POST, post.id)


def holder_of(account) -> int | None:
    found = find_person_of_account(EVERYWHERE, account.id)
    return found.id if found else None


def test_a_linked_account_is_at_its_own_post_until_that_is_taken_back():
    account, scope = staff(WARD)
    post = SupportPostFactory(ward=any_ward(WARD))
    ward_id = post.ward_id

    receipt = choose_account(EVERYWHERE, key(post), account.id, seen_id=None)
    assert find_own_post_id(scope, ward_id, DAY) == post.id

    undo_batch(EVERYWHERE, receipt.batch_id)
    assert find_own_post_id(scope, ward_id, DAY) is None


def test_an_account_has_one_person_and_a_person_one_account_and_undo_puts_both_back():
    one, two = account_with(Role.SUPPORT, WARD), account_with(Role.SUPPORT, WARD)
    of_one, of_two = SupportPostFactory(ward=any_ward(WARD)), SupportPostFactory()
    choose_person(EVERYWHERE, one.id, of_one.person_id, seen_id=None)
    choose_person(EVERYWHERE, two.id, of_two.person_id, seen_id=None)

    receipt = choose_account(EVERYWHERE, key(of_one), two.id, seen_id=one.id)
    assert (holder_of(one), holder_of(two)) == (None, of_one.person_id)

    undo_batch(EVERYWHERE, receipt.batch_id)
    assert (holder_of(one), holder_of(two)) == (of_one.person_id, of_two.person_id)


def test_an_account_is_let_go_and_linked_anew():
    account, post = account_with(Role.SUPPORT, WARD), SupportPostFactory(ward=any_ward(WARD))
    choose_account(EVERYWHERE, key(post), account.id, seen_id=None)

    choose_account(EVERYWHERE, key(post), None, seen_id=account.id)
    assert find_account_of_person(EVERYWHERE, post.person_id) is None

    choose_account(EVERYWHERE, key(post), account.id, seen_id=None)
    assert holder_of(account) == post.person_id


def test_who_saw_something_else_is_told():
    account, post = account_with(Role.SUPPORT, WARD), SupportPostFactory(ward=any_ward(WARD))
    choose_account(EVERYWHERE, key(post), account.id, seen_id=None)

    with pytest.raises(EditConflictError):
        choose_account(EVERYWHERE, key(post), None, seen_id=None)
    with pytest.raises(EditConflictError):
        choose_person(EVERYWHERE, account.id, None, seen_id=None)


def test_a_leader_links_no_account_and_nobody_of_another_ward():
    account, post = account_with(Role.SUPPORT, OTHER_WARD), SupportPostFactory(ward=any_ward(WARD))
    scope = WardScope.of([any_ward(WARD).id])

    with pytest.raises(OutOfScopeError):
        choose_account(scope, key(post), account.id, seen_id=None)
    there = SupportPostFactory(ward=any_ward(OTHER_WARD))
    with pytest.raises(OutOfScopeError):
        choose_account(scope, key(there), None, seen_id=None)
