"""Accounts, for the operator of the machine."""

import secrets

import click
from flask.cli import AppGroup

from app import clock
from app.access.scope import WardScope
from app.cli.outcome import RefusedError, one_sentence_for_failures
from app.errors import RuleBrokenError
from app.forms.base import tidy_text
from app.forms.passwords import password_problem
from app.forms.sign_in import USERNAME_HINT, is_username
from app.queries.account_lists import (
    USERNAME,
    AccountFilter,
    list_account_ids,
    list_account_lines,
)
from app.queries.accounts import find_account_id, find_ward_id, has_administrator
from app.queries.list_order import Order
from app.rule_wording import describe_broken_rule
from app.services import disable_account
from app.services.account_rows import WARD_ROLES, GrantTerms
from app.services.create_account import create_account
from app.services.issue_link import issue_first_administrator_link, issue_link
from app.services.set_password import set_password
from app.wording import role_label
from models.enums import Role

EVERYWHERE = WardScope.everywhere()

address_option = click.option(
    "--address",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Địa chỉ của trang, để viết đủ liên kết.",
)

group = AppGroup("accounts", help="Tài khoản đăng nhập.")


@group.command("create")
@click.argument("username", required=False)
@click.option("--name", "display_name", help="Họ và tên.")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="Vai trò.")
@click.option("--ward", "ward_code", help="Mã xã, phường (5 số); cần cho leader và support.")
@click.option("--password-prompt", is_flag=True, help="Hỏi mật khẩu thay vì tự tạo.")
@click.option("--first-admin", is_flag=True, help="In liên kết tạo quản trị đầu tiên.")
@address_option
@one_sentence_for_failures()
def create(  # noqa: PLR0913, PLR0917  # the options of a command are its arguments
    username: str | None,
    display_name: str | None,
    role: str | None,
    ward_code: str | None,
    password_prompt: bool,
    first_admin: bool,
    address: str,
) -> None:
    """Tạo một tài khoản và in mật khẩu tạm, hoặc liên kết cho quản trị đầu tiên."""
    if first_admin:
        click.echo(first_administrator_link(address))
        return
    if not username or not display_name or not role:
        raise click.UsageError("Cần tên đăng nhập, --name và --role (hoặc --first-admin).")
    if not is_username(username):
        raise click.UsageError(f"Tên đăng nhập chưa đúng. {USERNAME_HINT}")
    chosen = Role(role)
    if (chosen in WARD_ROLES) != (ward_code is not None):
        raise click.UsageError("--ward cần cho leader và support, và chỉ cho hai vai trò này.")
    ward_id = None if ward_code is None else _ward_id(ward_code)
    password = _asked_password(username) if password_prompt else secrets.token_urlsafe(12)
    try:
        invitation = create_account(
            EVERYWHERE,
            username=username.lower(),
            display_name=tidy_text(display_name) or username,
            grants=[GrantTerms(chosen, ward_id, clock.today())],
        )
    except RuleBrokenError as error:
        raise RefusedError(describe_broken_rule(error)) from error
    set_password(EVERYWHERE, invitation.receipt.object_id, password)
    click.echo(f"Đã tạo tài khoản {username.lower()}.")
    if not password_prompt:
        click.echo(f"Mật khẩu tạm, phải đổi khi đăng nhập lần đầu: {password}")


@group.command("invite")
@click.argument("username")
@address_option
@one_sentence_for_failures()
def invite(username: str, address: str) -> None:
    """In liên kết dùng một lần để đặt (hoặc đặt lại) mật khẩu."""
    click.echo(link(address, issue_link(EVERYWHERE, _account_id(username)).token))


@group.command("disable")
@click.argument("username")
@one_sentence_for_failures()
def disable(username: str) -> None:
    """Khóa một tài khoản và đăng xuất khỏi mọi thiết bị."""
    try:
        disable_account.disable_account(EVERYWHERE, _account_id(username))
    except RuleBrokenError as error:
        raise RefusedError(describe_broken_rule(error)) from error
    click.echo(f"Đã khóa tài khoản {username.lower()}.")


@group.command("list")
@one_sentence_for_failures()
def show() -> None:
    """Liệt kê tài khoản: tên đăng nhập, họ và tên, tình trạng, vai trò (cách nhau bằng tab)."""
    today, everybody = clock.today(), AccountFilter(with_disabled=True)
    ids = list_account_ids(EVERYWHERE, everybody, Order(USERNAME), today=today)
    for account, grants in list_account_lines(EVERYWHERE, ids, today=today):
        state = "đã khóa" if account.is_disabled else "đang dùng"
        roles = "; ".join(
            ", ".join(filter(None, (role_label(grant.role), grant.ward_name))) for grant in grants
        )
        click.echo("\t".join((account.username, account.display_name, state, roles)))


def first_administrator_link(address: str) -> str:
    """Return a new link for the first administrator; refuse when there is one."""
    if has_administrator(EVERYWHERE, today=clock.today()):
        raise RefusedError("Đã có quản trị. Quản trị đó tạo thêm tài khoản trong trang Tài khoản.")
    return link(address, issue_first_administrator_link())


def link(address: str, token: str) -> str:
    """Return the one-time link of a token on the site's own address."""
    return f"{address.rstrip('/')}/moi/{token}"


def _account_id(username: str) -> int:
    account_id = find_account_id(EVERYWHERE, username)
    if account_id is None:
        raise RefusedError(f"Không có tài khoản {username}.")
    return account_id


def _ward_id(code: str) -> int:
    ward_id = find_ward_id(EVERYWHERE, code)
    if ward_id is None:
        raise RefusedError(f"Không có xã, phường mang mã {code}.")
    return ward_id


def _asked_password(username: str) -> str:
    password = tidy_text(click.prompt("Mật khẩu", hide_input=True, confirmation_prompt=True)) or ""
    problem = password_problem(password, username)
    if problem:
        raise RefusedError(problem)
    return password
