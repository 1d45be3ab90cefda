"""Whose a log-in is: what is linked, and what may be linked in a ward."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, or_, select

from app.access.scope import WardScope
from app.queries.accounts import may_see
from app.queries.people import SPELLS
from models import Account, AccountPerson, Grant, Person, db
from models.enums import PersonRole, Role

# Whoever learns has no account.
ROLES_WITH_ACCOUNT = (PersonRole.SUPPORT_POST, PersonRole.MENTOR)


class LinkedPerson(NamedTuple):
    """Somebody whose an account may be; the role is the one in a ward of the account, if any."""

    id: int
    full_name: str
    role: PersonRole | None = None


class LinkedAccount(NamedTuple):
    """A log-in, and whose it is, if that is known."""

    id: int
    display_name: str
    username: str
    role: Role | None = None
    holder_id: int | None = None
    holder: str | None = None


def find_person_of_account(scope: WardScope, account_id: int) -> LinkedPerson | None:
    """Return whose account it is, of the accounts that the scope may see."""
    statement = (
        select(Person.id, Person.full_name)
        .join(AccountPerson, AccountPerson.person_id == Person.id)
        .join(Account, Account.id == AccountPerson.account_id)
        .where(Account.id == account_id, may_see(scope))
    )
    row = db.session.execute(statement).one_or_none()
    return None if row is None else LinkedPerson(*row)


def find_account_of_person(scope: WardScope, person_id: int) -> LinkedAccount | None:
    """Return the account of a person, of those that the scope may see; the earliest of several."""
    statement = (
        select(Account.id, Account.display_name, Account.username)
        .join(AccountPerson, AccountPerson.account_id == Account.id)
        .where(AccountPerson.person_id == person_id, may_see(scope))
        .order_by(AccountPerson.id)
        .limit(1)
    )
    row = db.session.execute(statement).one_or_none()
    return None if row is None else LinkedAccount(*row)


def list_accounts_of_ward(scope: WardScope, ward_id: int, today: date) -> list[LinkedAccount]:
    """Return who may sign in for a ward of the scope today, by name, and whose account it is."""
    scope.require(ward_id)
    statement = (
        select(
            Account.id,
            Account.display_name,
            Account.username,
            Grant.role,
            Person.id,
            Person.full_name,
        )
        .join(Grant, Grant.account_id == Account.id)
        .outerjoin(AccountPerson, AccountPerson.account_id == Account.id)
        .outerjoin(Person, Person.id == AccountPerson.person_id)
        .where(Grant.ward_id == ward_id, Grant.is_open_on(today), Account.disabled_at.is_(None))
        .order_by(Account.display_name, Account.id, Grant.role.desc())
    )
    by_id = {row.id: LinkedAccount(*row) for row in db.session.execute(statement)}
    return list(by_id.values())


def list_people_of_account(scope: WardScope, account_id: int, today: date) -> list[LinkedPerson]:
    """Return who helps or teaches in a ward where the account has a role today, by name.

    Somebody with both roles stands there once, as support staff.
    """
    found: dict[int, LinkedPerson] = {}
    for role in ROLES_WITH_ACCOUNT:
        for person_id, full_name in db.session.execute(_holders(scope, role, account_id, today)):
            found.setdefault(person_id, LinkedPerson(person_id, full_name, role))
    return list(found.values())


def list_links(
    scope: WardScope, account_id: int | None, person_id: int | None
) -> Sequence[AccountPerson]:
    """Return the links of an account and those of a person, for writing, locked until the end.

    A person's with accounts beyond the scope are left out: they are another ward's to judge.
    """
    statement = (
        select(AccountPerson)
        .join(Account, Account.id == AccountPerson.account_id)
        .where(
            or_(AccountPerson.account_id == account_id, AccountPerson.person_id == person_id),
            may_see(scope),
        )
        .order_by(AccountPerson.id)
        .with_for_update(of=AccountPerson)
    )
    return db.session.scalars(statement).all()


def _holders(scope: WardScope, role: PersonRole, account_id: int, today: date) -> Select[int, str]:
    spell = SPELLS[role]
    wards = select(Grant.ward_id).where(Grant.account_id == account_id, Grant.is_open_on(today))
    return (
        select(Person.id, Person.full_name)
        .join(spell, spell.person_id == Person.id)
        .where(spell.ward_id.in_(wards), scope.limit(spell.ward_id), spell.is_open_on(today))
        .order_by(Person.sort_key, Person.id)
    )
