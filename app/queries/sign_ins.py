"""The reader behind a sign-in token, and the sign-ins of an account."""

import hashlib
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.sql import ColumnElement

from app.access.current import GrantedRole, Reader
from models import Account, Grant, SignIn, Ward, db

# NĐ 85/2016 asks that sessions end by themselves; the office PCs are shared.
IDLE_LIMIT = timedelta(hours=12)
ABSOLUTE_LIMIT = timedelta(days=30)


class SignInRow(NamedTuple):
    """One open sign-in of an account, for the list of own devices."""

    id: int
    device: str
    started_at: datetime
    last_seen_at: datetime


def hash_token(token: str) -> str:
    """Return what is stored of a random token: its SHA-256 (hex)."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_sign_in(token: str, *, now: datetime, today: date) -> Reader | None:
    """Return the reader of an open, unexpired sign-in of an active account, else None.

    One query brings the account and the grants in force today. `now` is an aware instant.
    """
    statement = (
        select(
            SignIn.id,
            Account.id,
            Account.username,
            Account.display_name,
            Account.must_change_password,
            Grant.role,
            Grant.ward_id,
            Ward.code,
            Ward.name,
        )
        .join(Account, Account.id == SignIn.account_id)
        .outerjoin(Grant, and_(Grant.account_id == Account.id, Grant.is_open_on(today)))
        .outerjoin(Ward, Ward.id == Grant.ward_id)
        .where(
            SignIn.token_hash == hash_token(token),
            is_alive(now),
            Account.disabled_at.is_(None),
        )
        .order_by(Grant.id)
    )
    rows = db.session.execute(statement).all()
    if not rows:
        return None
    sign_in_id, account_id, username, display_name, must_change_password, *_ = rows[0]
    return Reader(
        token=token,
        sign_in_id=sign_in_id,
        account_id=account_id,
        username=username,
        display_name=display_name,
        must_change_password=must_change_password,
        grants=tuple(GrantedRole(*row[5:]) for row in rows if row.role is not None),
    )


def is_alive(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a sign-in is neither ended nor too old at an instant."""
    return and_(
        SignIn.ended_at.is_(None),
        SignIn.last_seen_at > now - IDLE_LIMIT,
        SignIn.started_at > now - ABSOLUTE_LIMIT,
    )
