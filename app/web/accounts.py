"""Accounts: who may sign in, as what, and over which days."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import RuleBrokenError
from app.formatting import format_day
from app.forms.account import (
    EditAccountForm,
    EndGrantForm,
    NewAccountForm,
    NewGrantForm,
)
from app.forms.conflict import FieldConflict, is_saved_already, take_conflicts
from app.queries.account_people import find_person_of_account
from app.queries.accounts import (
    AccountRow,
    get_account,
    get_grant,
    list_grants,
    list_ward_choices,
)
from app.queries.last_change import get_last_change
from app.rule_wording import describe_broken_rule
from app.services import disable_account
from app.services.change_grants import add_grant, end_grant
from app.services.create_account import Invitation, create_account
from app.services.issue_link import issue_link
from app.services.rename_account import rename_account
from app.services.transaction import Receipt
from app.web.account_listing import AccountListing
from app.web.page_frame import notify
from app.web.submission import submit

blueprint = Blueprint("accounts", __name__, url_prefix="/quan-tri/tai-khoan")

# Where a fresh link waits for the one page that shows it.
FRESH_LINK = "fresh_link"


@blueprint.get("")
@requires(Permission.MANAGE_ACCOUNTS)
def index() -> ResponseReturnValue:
    """List the accounts that the filter in the address finds."""
    listing = AccountListing(current_scope(), request.args)
    found = listing.window()
    return render_template(
        "accounts/index.html", listing=listing, found=found, paging=listing.paging(found)
    )


@blueprint.get("/them")
@requires(Permission.MANAGE_ACCOUNTS)
def create() -> ResponseReturnValue:
    """Show the form for a new account."""
    return render_template("accounts/create.html", form=_new_account_form())


@blueprint.post("/them")
@requires(Permission.MANAGE_ACCOUNTS)
def save_new() -> ResponseReturnValue:
    """Make the account and show its link on the account's page."""
    form = _new_account_form()
    if form.validate():
        receipt = submit(form, lambda: _keep_link(_create(form)))
        if receipt is not None:
            notify(
                f"Đã tạo tài khoản cho {form.display_name.data}.", undo_batch_id=receipt.batch_id
            )
            return _to_account(receipt.object_id)
    return render_template("accounts/create.html", form=form), 422


@blueprint.get("/<int:account_id>")
@requires(Permission.MANAGE_ACCOUNTS)
def show(account_id: int) -> ResponseReturnValue:
    """Show an account, its roles, and a link that was just made."""
    account = get_account(current_scope(), account_id)
    link_account_id, token = session.pop(FRESH_LINK, (None, None))
    link = None
    if link_account_id == account_id:
        link = url_for("invitations.show", token=token, _external=True)
    return render_template(
        "accounts/show.html",
        account=account,
        link=link,
        person=find_person_of_account(current_scope(), account_id),
        grants=list_grants(current_scope(), account_id, today=clock.today()),
    )


@blueprint.get("/<int:account_id>/sua")
@requires(Permission.MANAGE_ACCOUNTS)
def edit(account_id: int) -> ResponseReturnValue:
    """Show the form for the name of an account."""
    account = get_account(current_scope(), account_id)
    return _edit_page(account, _stored_form(account), [])


@blueprint.post("/<int:account_id>/sua")
@requires(Permission.MANAGE_ACCOUNTS)
def update(account_id: int) -> ResponseReturnValue:
    """Change the name; who was slower sees what the other one wrote."""
    before = get_account(current_scope(), account_id)
    form = EditAccountForm()
    form.keep_stored(lambda: _stored_form(before))
    if form.validate():
        name = form.display_name.data or ""
        receipt = submit(
            form,
            lambda: rename_account(
                current_scope(), account_id, name, seen_edition=form.seen_version
            ),
        )
        if receipt is not None:
            notify(f"Đã đổi tên thành {name}.", undo_batch_id=receipt.batch_id)
            return _to_account(account_id)
    account = get_account(current_scope(), account_id)
    stored = _stored_form(account)
    if is_saved_already(form, stored):
        return _to_account(account_id)
    return _edit_page(account, form, take_conflicts(form, stored)), 422


@blueprint.post("/<int:account_id>/lien-ket")
@requires(Permission.MANAGE_ACCOUNTS)
def send_link(account_id: int) -> ResponseReturnValue:
    """Make a new one-time link to set the password with."""
    _keep_link(issue_link(current_scope(), account_id))
    notify("Đã tạo liên kết mới. Các liên kết trước đó của tài khoản này không còn dùng được.")
    return _to_account(account_id)


@blueprint.post("/<int:account_id>/khoa")
@requires(Permission.MANAGE_ACCOUNTS)
def disable(account_id: int) -> ResponseReturnValue:
    """Disable an account and sign it out everywhere."""
    try:
        receipt = disable_account.disable_account(current_scope(), account_id)
    except RuleBrokenError as error:
        notify(describe_broken_rule(error), kind="error")
    else:
        notify("Đã khóa tài khoản và đăng xuất khỏi mọi thiết bị.", undo_batch_id=receipt.batch_id)
    return _to_account(account_id)


@blueprint.post("/<int:account_id>/mo-khoa")
@requires(Permission.MANAGE_ACCOUNTS)
def enable(account_id: int) -> ResponseReturnValue:
    """Enable a disabled account."""
    receipt = disable_account.enable_account(current_scope(), account_id)
    notify("Đã mở khóa tài khoản.", undo_batch_id=receipt.batch_id)
    return _to_account(account_id)


@blueprint.get("/<int:account_id>/vai-tro")
@requires(Permission.MANAGE_ACCOUNTS)
def new_grant(account_id: int) -> ResponseReturnValue:
    """Show the form for a further role."""
    return _grant_page(account_id, _new_grant_form())


@blueprint.post("/<int:account_id>/vai-tro")
@requires(Permission.MANAGE_ACCOUNTS)
def save_grant(account_id: int) -> ResponseReturnValue:
    """Give the account a role."""
    form = _new_grant_form()
    if form.validate():
        receipt = submit(
            form,
            lambda: add_grant(
                current_scope(),
                account_id,
                form.terms,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            notify("Đã cấp vai trò.", undo_batch_id=receipt.batch_id)
            return _to_account(account_id)
    return _grant_page(account_id, form), 422


@blueprint.get("/<int:account_id>/vai-tro/<int:grant_id>/thoi")
@requires(Permission.MANAGE_ACCOUNTS)
def ending_grant(account_id: int, grant_id: int) -> ResponseReturnValue:
    """Ask from which day a role no longer holds."""
    return _end_page(account_id, grant_id, EndGrantForm(ended_on=clock.today()))


@blueprint.post("/<int:account_id>/vai-tro/<int:grant_id>/thoi")
@requires(Permission.MANAGE_ACCOUNTS)
def save_grant_end(account_id: int, grant_id: int) -> ResponseReturnValue:
    """Take a role back from a day on."""
    form = EndGrantForm()
    if form.validate():
        receipt = submit(
            form, lambda: end_grant(current_scope(), account_id, grant_id, on=form.day)
        )
        if receipt is not None:
            notify(
                f"Đã ghi: vai trò này thôi từ ngày {format_day(form.day)}.",
                undo_batch_id=receipt.batch_id,
            )
            return _to_account(account_id)
    return _end_page(account_id, grant_id, form), 422


def _new_account_form() -> NewAccountForm:
    return NewAccountForm(wards=_ward_choices(), today=clock.today())


def _new_grant_form() -> NewGrantForm:
    return NewGrantForm(wards=_ward_choices(), today=clock.today())


def _ward_choices() -> list[tuple[str, str]]:
    return [(str(ward.id), ward.name) for ward in list_ward_choices(current_scope())]


def _create(form: NewAccountForm) -> Invitation:
    return create_account(
        current_scope(),
        username=(form.username.data or "").lower(),
        display_name=form.display_name.data or "",
        grants=form.grants,
        request_key=form.request_key,
    )


def _keep_link(invitation: Invitation) -> Receipt:
    session[FRESH_LINK] = (invitation.receipt.object_id, invitation.token)
    return invitation.receipt


def _stored_form(account: AccountRow) -> EditAccountForm:
    return EditAccountForm(
        formdata=None, display_name=account.display_name, version=account.edition
    )


def _edit_page(account: AccountRow, form: EditAccountForm, conflicts: list[FieldConflict]) -> str:
    saved = get_last_change(current_scope(), {"accounts": [account.id]}) if conflicts else None
    return render_template(
        "accounts/edit.html", account=account, form=form, conflicts=conflicts, saved=saved
    )


def _grant_page(account_id: int, form: NewGrantForm) -> str:
    account = get_account(current_scope(), account_id)
    return render_template("accounts/new_grant.html", account=account, form=form)


def _end_page(account_id: int, grant_id: int, form: EndGrantForm) -> str:
    return render_template(
        "accounts/end_grant.html",
        account=get_account(current_scope(), account_id),
        grant=get_grant(current_scope(), account_id, grant_id, today=clock.today()),
        form=form,
    )


def _to_account(account_id: int) -> ResponseReturnValue:
    return redirect(url_for("accounts.show", account_id=account_id), code=303)
