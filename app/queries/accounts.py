"""Accounts and their roles, for the administrator."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from zlib import crc32

from sqlalchemy import Select, func, select
from sqlalchemy.sql import ColumnElement

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.kept_statements import kept_statement, read_scoped
from models import Account, Grant, SignIn, Ward, db
from models.enums import Role


class GrantRow(NamedTuple):
    """A role of an account over `[started_on, ended_on)`; no ward means the whole province."""

    id: int
    account_id: int
    role: Role
    ward_code: str | None
    ward_name: str | None
    started_on: date
    ended_on: date | None
    is_open: bool


class AccountRow(NamedTuple):
    """An account as the list and its own page show it."""

    id: int
    username: str
    display_name: str
    is_disabled: bool
    has_password: bool
    is_demo: bool
    created_at: datetime
    last_seen_at: datetime | None

    @property
    def edition(self) -> int:
        """A number that is another one after a change of the name, and of nothing else."""
        return crc32(self.display_name.encode())


class WardChoice(NamedTuple):
    """A ward to choose for a role."""

    id: int
    code: str
    name: str


def get_account(scope: WardScope, account_id: int) -> AccountRow:
    """Return one account; raise `OutOfScopeError` when there is none."""
    row = db.session.execute(account_rows(scope).where(Account.id == account_id)).first()
    if row is None:
        raise OutOfScopeError(Account, account_id)
    return AccountRow(*row)


def list_grants(scope: WardScope, account_id: int, *, today: date) -> list[GrantRow]:
    """Return every role that an account holds, held or will hold, the latest first."""
    return list_grants_of(scope, [account_id], today)


def get_grant(scope: WardScope, account_id: int, grant_id: int, *, today: date) -> GrantRow:
    """Return one role of an account; raise `OutOfScopeError` when there is none."""
    for grant in list_grants_of(scope, [account_id], today):
        if grant.id == grant_id:
            return grant
    raise OutOfScopeError(Grant, grant_id)


def list_ward_choices(scope: WardScope) -> list[WardChoice]:
    """Return the wards for which a role may be given, by name."""
    statement = (
        select(Ward.id, Ward.code, Ward.kind, Ward.name)
        .where(scope.limit(Ward.id), Ward.valid_to.is_(None))
        .order_by(Ward.search_text, Ward.code)
    )
    return [
        WardChoice(ward_id, code, f"{name} ({kind.value}, {code})")
        for ward_id, code, kind, name in db.session.execute(statement)
    ]


def find_ward_id(scope: WardScope, code: str) -> int | None:
    """Return the id of a ward by its five-digit code."""
    return db.session.scalar(select(Ward.id).where(Ward.code == code, scope.limit(Ward.id)))


def find_account_id(scope: WardScope, username: str) -> int | None:
    """Return the id of an account by its username."""
    return db.session.scalar(
        select(Account.id).where(Account.username == username.lower(), may_see(scope))
    )


def has_administrator(scope: WardScope, *, today: date) -> bool:
    """Say whether an account with a password may look after the site on a day."""
    statement = (
        select(Account.id)
        .join(Grant, Grant.account_id == Account.id)
        .where(
            may_see(scope),
            Account.disabled_at.is_(None),
            Account.password_hash.is_not(None),
            Grant.role == Role.ADMIN,
            Grant.is_open_on(today),
        )
    )
    return db.session.scalar(statement.limit(1)) is not None


def list_led_wards(scope: WardScope, *, today: date) -> set[str]:
    """Return the codes of the wards in which a leader has an account that can be used."""
    return {row.code for row in read_scoped(scope, _led_wards, today)}


@kept_statement
def _led_wards(scope: WardScope, today: date) -> Select[str]:
    return (
        select(Ward.code)
        .join(Grant, Grant.ward_id == Ward.id)
        .join(Account, Account.id == Grant.account_id)
        .where(
            scope.limit(Ward.id),
            Grant.role == Role.WARD_LEADER,
            Grant.is_open_on(today),
            Account.disabled_at.is_(None),
        )
    )


def account_rows(
    scope: WardScope,
) -> Select[int, str, str, bool, bool, bool, datetime, datetime | None]:
    """Make the select of the `AccountRow`s that a reader may see."""
    last_seen_at = (
        select(func.max(SignIn.last_seen_at))
        .where(SignIn.account_id == Account.id)
        .scalar_subquery()
    )
    return select(
        Account.id,
        Account.username,
        Account.display_name,
        Account.disabled_at.is_not(None),
        Account.password_hash.is_not(None),
        Account.is_demo,
        Account.created_at,
        last_seen_at,
    ).where(may_see(scope))


def may_see(scope: WardScope) -> ColumnElement[bool]:
    """Accounts belong to no ward: whoever looks after them does so for the whole province."""
    if scope.is_everywhere:
        return Account.id.is_not(None)
    return Account.id.in_(select(Grant.account_id).where(scope.limit(Grant.ward_id)))


def list_grants_of(scope: WardScope, account_ids: Sequence[int], today: date) -> list[GrantRow]:
    """Return every role that some accounts hold, held or will hold, the latest first."""
    statement = (
        select(
            Grant.id,
            Grant.account_id,
            Grant.role,
            Ward.code,
            Ward.name,
            Grant.started_on,
            Grant.ended_on,
        )
        .outerjoin(Ward, Ward.id == Grant.ward_id)
        .where(Grant.account_id.in_(account_ids), scope.limit(Grant.ward_id))
        .order_by(Grant.started_on.desc(), Grant.id.desc())
    )
    return [
        GrantRow(*row, row.started_on <= today and (row.ended_on is None or row.ended_on > today))
        for row in db.session.execute(statement)
    ]
