"""Accounts in lists: with filters, in any order, a window or all of them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from app.access.scope import WardScope
from app.queries.accounts import AccountRow, GrantRow, account_rows, list_grants_of
from app.queries.list_order import By, Order, sorted_by_figures
from models import Account, Grant, db
from models.enums import Role
from models.names import fold, sort_key

USERNAME, LAST_SEEN_AT, CREATED_AT = "ten-dang-nhap", "dung-lan-cuoi", "tao-ngay"


class AccountFilter(NamedTuple):
    """Which accounts are wanted; `search` is looked for in username and name, without marks."""

    search: str = ""
    role: Role | None = None
    with_disabled: bool = False


class ListedAccount(NamedTuple):
    """An account with the roles that are in force."""

    account: AccountRow
    grants: list[GrantRow]


def list_account_ids(
    scope: WardScope, wanted: AccountFilter, order: Order, *, today: date
) -> list[int]:
    """Return the ids of all accounts that a filter finds, in order, equal ones by username."""
    statement = account_rows(scope).order_by(Account.username)
    if wanted.role is not None:
        holding = select(Grant.account_id).where(Grant.role == wanted.role, Grant.is_open_on(today))
        statement = statement.where(Account.id.in_(holding))
    rows = map(AccountRow._make, db.session.execute(statement))
    accounts = [account for account in rows if _is_wanted(account, wanted)]
    figure = _FIGURES.get(order.column, _FIGURES[By.NAME])
    figures = {account.id: figure(account) for account in accounts}
    known = {key: value for key, value in figures.items() if value is not None}
    return sorted_by_figures([account.id for account in accounts], known, order)


def list_account_lines(scope: WardScope, ids: Sequence[int], *, today: date) -> list[ListedAccount]:
    """Return accounts in the order of their ids, each with today's roles."""
    statement = account_rows(scope).where(Account.id.in_(ids))
    rows = {row.id: AccountRow._make(row) for row in db.session.execute(statement)}
    grants: dict[int, list[GrantRow]] = defaultdict(list)
    for grant in list_grants_of(scope, ids, today):
        if grant.is_open:
            grants[grant.account_id].append(grant)
    return [ListedAccount(rows[account_id], grants[account_id]) for account_id in ids]


# There are a few hundred accounts: what the database cannot put in order, Python can.
_FIGURES: dict[str, Callable[[AccountRow], Any]] = {
    By.NAME: lambda account: sort_key(account.display_name),
    USERNAME: lambda account: account.username,
    LAST_SEEN_AT: lambda account: account.last_seen_at,
    CREATED_AT: lambda account: account.created_at,
}


def _is_wanted(account: AccountRow, wanted: AccountFilter) -> bool:
    words = fold(wanted.search)
    is_found = words in fold(account.display_name) or wanted.search.lower() in account.username
    return is_found and (wanted.with_disabled or not account.is_disabled)
