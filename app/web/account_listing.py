"""The list of accounts: its columns, and where its lines come from."""

from collections.abc import Sequence

from flask import url_for

from app.access.policy import Permission
from app.access.scope import WardScope
from app.formatting import format_instant
from app.forms.account import AccountFilterForm
from app.queries.account_lists import (
    CREATED_AT,
    LAST_SEEN_AT,
    USERNAME,
    ListedAccount,
    list_account_ids,
    list_account_lines,
)
from app.queries.list_order import By
from app.queries.windows import FoundLines
from app.texts import _
from app.web.listing import WORDS, Address, Column, Listing
from app.wording import role_label

ROLE, DISABLED = "role", "disabled"


def _roles(line: ListedAccount) -> str:
    names = (
        ", ".join(filter(None, (role_label(grant.role), grant.ward_name))) for grant in line.grants
    )
    return "; ".join(names) or _("chưa có vai trò")


def _last_seen(line: ListedAccount) -> str:
    seen_at = line.account.last_seen_at
    return format_instant(seen_at) if seen_at else _("chưa đăng nhập")


def _state(line: ListedAccount) -> str:
    if line.account.is_disabled:
        return _("Đã khóa")
    return _("Đang dùng") if line.account.has_password else _("Chờ đặt mật khẩu")


class AccountListing(Listing[ListedAccount]):
    """The accounts that an address asks for."""

    key = "tai-khoan"
    title = "Tài khoản"
    noun = "tài khoản"
    endpoint = "accounts.index"
    export_endpoint = "list_exports.accounts"
    permission = Permission.MANAGE_ACCOUNTS
    export_permission = Permission.MANAGE_ACCOUNTS
    page_size = 40
    columns = (
        Column(By.NAME, "Họ và tên", lambda line: line.account.display_name,
               url=lambda line: url_for("accounts.show", account_id=line.account.id)),
        Column(USERNAME, "Tên đăng nhập", lambda line: line.account.username),
        Column("vai-tro", "Vai trò", _roles, is_sorted=False),
        Column(LAST_SEEN_AT, "Dùng lần cuối", _last_seen),
        Column("tinh-trang", "Tình trạng", _state, is_sorted=False),
        Column(CREATED_AT, "Tạo lúc", lambda line: format_instant(line.account.created_at),
               is_usual=False),
    )  # fmt: skip

    def __init__(self, scope: WardScope, address: Address) -> None:
        super().__init__(scope, address)
        self.form = AccountFilterForm(formdata=address)
        self.chosen = self.form.chosen

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the list, or widens it by disabled accounts."""
        return {
            WORDS: self.chosen.search,
            ROLE: self.chosen.role or "",
            DISABLED: "y" if self.chosen.with_disabled else "",
        }

    @property
    def filter_words(self) -> list[str]:
        """The role, the state and the typed words."""
        parts = [role_label(self.chosen.role) or _("Mọi vai trò")]
        if self.chosen.with_disabled:
            parts.append(_("cả tài khoản đã khóa"))
        if self.chosen.search:
            parts.append(_("tìm «%(words)s»", words=self.chosen.search))
        return parts

    def window(self) -> FoundLines[ListedAccount]:
        """Return the accounts of the page that is asked for."""
        found = self.asked_window.cut(self.ids())
        return found.shown_as(self.lines(found.ids))

    def ids(self) -> list[int]:
        """Return the ids of all accounts that the filter finds."""
        return list_account_ids(self.scope, self.chosen, self.order, today=self.today)

    def lines(self, ids: Sequence[int]) -> list[ListedAccount]:
        """Return the lines of some of them."""
        return list_account_lines(self.scope, ids, today=self.today)
