"""Accounts with grants, and open sign-ins for them."""

import secrets
from datetime import date

import factory

from app import clock
from app.queries.sign_ins import hash_token
from models import Account, Grant, SignIn, db
from models.enums import Role
from tests.factories.base import ModelFactory, any_ward

PASSWORD = "mat-khau-thu-nghiem-1"


class AccountFactory(ModelFactory):
    """An active account without any grant; its password cannot be used before it is set."""

    class Meta:
        model = Account

    username = factory.Sequence(lambda number: f"nguoi.dung.{number}")
    display_name = factory.Sequence(lambda number: f"Người dùng {number}")
    created_at = factory.LazyFunction(clock.now)


class GrantFactory(ModelFactory):
    """The province's grant since 2025, unless another role is named."""

    class Meta:
        model = Grant

    account = factory.SubFactory(AccountFactory)
    role = Role.PROVINCE
    started_on = date(2025, 7, 1)
    granted_at = factory.LazyFunction(clock.now)


def account_with(role: Role, ward_code: str | None = None) -> Account:
    """Return a new account that holds one role, over a ward where the role needs one."""
    if role in {Role.WARD_LEADER, Role.SUPPORT}:
        return GrantFactory(role=role, ward=any_ward(ward_code or "21553")).account
    return GrantFactory(role=role).account


def open_sign_in(account: Account) -> str:
    """Sign an account in and return the token that the cookie carries."""
    token = secrets.token_urlsafe(32)
    moment = clock.now()
    db.session.add(
        SignIn(
            account_id=account.id,
            token_hash=hash_token(token),
            device="Trình duyệt của test",
            started_at=moment,
            last_seen_at=moment,
        )
    )
    db.session.commit()
    return token
