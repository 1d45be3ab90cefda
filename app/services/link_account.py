"""Says which human a log-in belongs to: one account, one person."""

from app import clock
from app.access.scope import WardScope
from app.errors import EditConflictError
from app.queries.account_people import (
    find_account_of_person,
    find_person_of_account,
    list_links,
)
from app.queries.accounts import get_account
from app.queries.people import get_person
from app.queries.spells import SpellKey, get_spell
from app.services.transaction import Receipt, transaction
from models import Account, AccountPerson, db

LINKED = "account_linked"


def choose_person(
    scope: WardScope,
    account_id: int,
    person_id: int | None,
    *,
    seen_id: int | None,
    request_key: str | None = None,
) -> Receipt:
    """Say whose account it is; None leaves it without a person.

    Raises `OutOfScopeError`, and `EditConflictError` where it is no longer that of `seen_id`.
    """
    with transaction(scope, LINKED, request_key=request_key) as unit:
        get_account(scope, account_id)
        before = find_person_of_account(scope, account_id)
        if (before.id if before else None) != seen_id:
            raise EditConflictError
        _link(scope, account_id, person_id)
        unit.about_row(Account, account_id)
    return unit.receipt


def choose_account(
    scope: WardScope,
    key: SpellKey,
    account_id: int | None,
    *,
    seen_id: int | None,
    request_key: str | None = None,
) -> Receipt:
    """Say with which account the holder of a role signs in; None leaves them without one.

    Raises `OutOfScopeError`, and `EditConflictError` where it is no longer `seen_id`.
    """
    with transaction(scope, LINKED, request_key=request_key) as unit:
        spell = get_spell(scope, key)
        before = find_account_of_person(scope, spell.person_id)
        if (before.id if before else None) != seen_id:
            raise EditConflictError
        _link(scope, account_id, spell.person_id)
        unit.about(spell, ward_id=spell.ward_id)
    return unit.receipt


def _link(scope: WardScope, account_id: int | None, person_id: int | None) -> None:
    """Link the two, and nobody else to either."""
    if account_id is not None:
        get_account(scope, account_id)
    if person_id is not None:
        get_person(scope, person_id)
    is_there = False
    for link in list_links(scope, account_id, person_id):
        if link.account_id == account_id and person_id is not None:
            link.person_id = person_id
            is_there = True
        else:
            link.deleted_at = clock.now()
    if account_id is not None and person_id is not None and not is_there:
        db.session.add(AccountPerson(account_id=account_id, person_id=person_id))
