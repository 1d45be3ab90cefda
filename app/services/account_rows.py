"""What the services of accounts share; nothing here commits."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.scope import WardScope
from app.errors import LastAdministratorError, OutOfScopeError, UsernameTakenError
from models import Account, Grant
from models.enums import Role

WARD_ROLES = frozenset({Role.WARD_LEADER, Role.SUPPORT})


@dataclass(frozen=True, slots=True)
class GrantTerms:
    """A role over `[started_on, ended_on)`; `ward_id` counts for the roles of wards alone."""

    role: Role
    ward_id: int | None
    started_on: date
    ended_on: date | None = None


def load_account(session: Session, account_id: int) -> Account:
    """Return an account for writing; raise `OutOfScopeError` when there is none."""
    account = session.get(Account, account_id)
    if account is None:
        raise OutOfScopeError(Account, account_id)
    return account


def refuse_taken_username(session: Session, username: str) -> None:
    """Raise `UsernameTakenError` when another account has the name."""
    if session.scalar(select(Account.id).where(Account.username == username)) is not None:
        raise UsernameTakenError


def new_account(session: Session, username: str, display_name: str, moment: datetime) -> Account:
    """Add an account without password and grants, and give it its id."""
    account = Account(username=username, display_name=display_name, created_at=moment)
    session.add(account)
    session.flush()
    return account


def new_grant(scope: WardScope, account_id: int, terms: GrantTerms, moment: datetime) -> Grant:
    """Return a grant to be stored; only ward leaders and support staff have a ward."""
    return Grant(
        account_id=account_id,
        role=terms.role,
        ward_id=terms.ward_id if terms.role in WARD_ROLES else None,
        started_on=terms.started_on,
        ended_on=terms.ended_on,
        granted_by_id=scope.account_id,
        granted_at=moment,
    )


def lasting_administrators(session: Session, today: date) -> set[int]:
    """Return the accounts that can look after the site now and without an end in sight.

    The rows are locked in the order of their ids, so that two administrators cannot take the right
    from each other at the same moment.
    """
    statement = (
        select(Account.id)
        .join(Grant, Grant.account_id == Account.id)
        .where(
            Account.disabled_at.is_(None),
            Account.password_hash.is_not(None),
            Grant.role == Role.ADMIN,
            Grant.started_on <= today,
            Grant.ended_on.is_(None),
        )
        .order_by(Account.id)
        .with_for_update(of=Account)
    )
    return set(session.scalars(statement))


def refuse_loss_of_administrators(session: Session, before: set[int], today: date) -> None:
    """Raise `LastAdministratorError` when there were administrators before and now are none."""
    session.flush()
    if before and not lasting_administrators(session, today):
        raise LastAdministratorError
