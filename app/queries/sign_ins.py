"""The reader behind a sign-in token, and the sign-ins of an account."""

import hashlib
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import BindParameter, Date, String, and_, bindparam, func, select
from sqlalchemy.sql import ColumnElement

from app.access.current import GrantedRole, Reader
from app.access.digests import keyed_digest
from app.access.scope import WardScope
from app.queries.demonstration import HAS_DEMONSTRATION, note_demonstration
from models import Account, Grant, OneTimeLink, SignIn, SignInFailure, Ward, db
from models.base import UtcDateTime
from models.enums import LinkPurpose

# NĐ 85/2016 asks that sessions end by themselves; the office PCs are shared.
IDLE_LIMIT = timedelta(hours=12)
ABSOLUTE_LIMIT = timedelta(days=30)


class SignInRow(NamedTuple):
    """One open sign-in of an account, for the list of own devices."""

    id: int
    device: str
    started_at: datetime
    last_seen_at: datetime


class Credentials(NamedTuple):
    """What a sign-in is checked against."""

    account_id: int
    password_hash: str | None
    is_disabled: bool


class OpenLink(NamedTuple):
    """A one-time link that may still be used; the first administrator has no account yet."""

    purpose: LinkPurpose
    account_id: int | None
    username: str | None
    display_name: str | None


def is_alive(
    seen_after: datetime | BindParameter[datetime],
    started_after: datetime | BindParameter[datetime],
) -> ColumnElement[bool]:
    """Return the condition that a sign-in is neither ended nor too old.

    It was last seen after an instant and started after another: now less the two limits.
    """
    return and_(
        SignIn.ended_at.is_(None),
        SignIn.last_seen_at > seen_after,
        SignIn.started_at > started_after,
    )


# Each request runs it: written once, as building it took longer than running it.
OPEN_SIGN_IN = (
    select(
        SignIn.id.label("sign_in_id"),
        SignIn.last_seen_at,
        Account.id.label("account_id"),
        Account.username,
        Account.display_name,
        Account.must_change_password,
        Account.created_at,
        Grant.role,
        Grant.ward_id,
        Ward.code,
        Ward.name,
        HAS_DEMONSTRATION.label("is_demonstration"),
    )
    .join(Account, Account.id == SignIn.account_id)
    .outerjoin(
        Grant,
        and_(Grant.account_id == Account.id, Grant.is_open_on(bindparam("today", type_=Date()))),
    )
    .outerjoin(Ward, Ward.id == Grant.ward_id)
    .where(
        SignIn.token_hash == bindparam("token_hash", type_=String()),
        is_alive(
            bindparam("seen_after", type_=UtcDateTime()),
            bindparam("started_after", type_=UtcDateTime()),
        ),
        Account.disabled_at.is_(None),
    )
    .order_by(Grant.id)
)


def hash_token(token: str) -> str:
    """Return what is stored of a random token: its SHA-256 (hex)."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_sign_in(token: str, *, now: datetime, today: date) -> Reader | None:
    """Return the reader of an open, unexpired sign-in of an active account, else None.

    One query brings the account, the grants in force today, and what every page has to say of the
    site. `now` is an aware instant.
    """
    # Straight on the connection: of these tables no rows are hidden, and the session takes four
    # times as long to find that out.
    values = {
        "token_hash": hash_token(token),
        "today": today,
        "seen_after": now - IDLE_LIMIT,
        "started_after": now - ABSOLUTE_LIMIT,
    }
    rows = db.session.connection().execute(OPEN_SIGN_IN, values).all()
    if not rows:
        return None
    first = rows[0]
    return Reader(
        token=token,
        sign_in_id=first.sign_in_id,
        last_seen_at=first.last_seen_at,
        account_id=first.account_id,
        username=first.username,
        display_name=first.display_name,
        must_change_password=first.must_change_password,
        account_made_at=first.created_at,
        grants=tuple(
            GrantedRole(row.role, row.ward_id, row.code, row.name)
            for row in rows
            if row.role is not None
        ),
        is_on_demonstration=note_demonstration(first.is_demonstration),
    )


def find_credentials(username: str) -> Credentials | None:
    """Return what an account's password is checked against; None when there is no such account."""
    row = db.session.execute(
        select(Account.id, Account.password_hash, Account.disabled_at.is_not(None)).where(
            Account.username == username
        )
    ).first()
    return None if row is None else Credentials(*row)


def list_pair_failures(username: str, address: str, *, since: datetime) -> list[datetime]:
    """Return when sign-ins of a name from an address failed since an instant, oldest first."""
    return list(
        db.session.scalars(
            select(SignInFailure.failed_at)
            .where(
                SignInFailure.username_hash == keyed_digest(username),
                SignInFailure.address_hash == keyed_digest(address),
                SignInFailure.failed_at > since,
            )
            .order_by(SignInFailure.failed_at, SignInFailure.id)
        )
    )


def count_address_failures(address: str, *, since: datetime) -> int:
    """Return how many sign-ins from an address failed since an instant, whatever the names."""
    return (
        db.session.scalar(
            select(func.count(SignInFailure.id)).where(
                SignInFailure.address_hash == keyed_digest(address),
                SignInFailure.failed_at > since,
            )
        )
        or 0
    )


def list_own_sign_ins(scope: WardScope, *, now: datetime) -> list[SignInRow]:
    """Return the open sign-ins of the account that asks, the latest seen first."""
    statement = (
        select(SignIn.id, SignIn.device, SignIn.started_at, SignIn.last_seen_at)
        .where(
            SignIn.account_id == scope.account_id, is_alive(now - IDLE_LIMIT, now - ABSOLUTE_LIMIT)
        )
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    )
    return [SignInRow(*row) for row in db.session.execute(statement)]


def find_open_link(token: str, *, now: datetime) -> OpenLink | None:
    """Return the one-time link of a token unless it is used, too old, or of a disabled account."""
    row = db.session.execute(
        select(OneTimeLink.purpose, OneTimeLink.account_id, Account.username, Account.display_name)
        .outerjoin(Account, Account.id == OneTimeLink.account_id)
        .where(
            OneTimeLink.token_hash == hash_token(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
            Account.disabled_at.is_(None),
        )
    ).first()
    return None if row is None else OpenLink(*row)
