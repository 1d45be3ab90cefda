"""Handing an account's roles over to a successor, in one step."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.account import HandOverForm
from app.queries.accounts import get_account, list_grants
from app.services.hand_over_account import hand_over_account
from app.services.transaction import Receipt
from app.web.accounts import FRESH_LINK
from app.web.page_frame import notify
from app.web.submission import submit

blueprint = Blueprint("account_hand_over", __name__, url_prefix="/quan-tri/tai-khoan")


@blueprint.get("/<int:account_id>/ban-giao")
@requires(Permission.MANAGE_ACCOUNTS)
def create(account_id: int) -> ResponseReturnValue:
    """Ask who follows, and show what goes over."""
    return _page(account_id, HandOverForm(today=clock.today()))


@blueprint.post("/<int:account_id>/ban-giao")
@requires(Permission.MANAGE_ACCOUNTS)
def save(account_id: int) -> ResponseReturnValue:
    """Hand over, and go on to the successor's account with its link."""
    name = get_account(current_scope(), account_id).display_name
    form = HandOverForm(today=clock.today())
    if form.validate():
        receipt = submit(form, lambda: _hand_over(account_id, form))
        if receipt is not None:
            notify(
                f"Đã bàn giao vai trò của {name} cho {form.display_name.data}. "
                "Gửi liên kết bên dưới để người mới đặt mật khẩu.",
                undo_batch_id=receipt.batch_id,
            )
            return redirect(url_for("accounts.show", account_id=receipt.object_id), code=303)
    return _page(account_id, form), 422


def _hand_over(account_id: int, form: HandOverForm) -> Receipt:
    invitation = hand_over_account(
        current_scope(), account_id, form.successor, request_key=form.request_key
    )
    session[FRESH_LINK] = (invitation.receipt.object_id, invitation.token)
    return invitation.receipt


def _page(account_id: int, form: HandOverForm) -> str:
    scope, today = current_scope(), clock.today()
    grants = list_grants(scope, account_id, today=today)
    return render_template(
        "accounts/hand_over.html",
        account=get_account(scope, account_id),
        grants=[grant for grant in grants if grant.ended_on is None or grant.ended_on > today],
        form=form,
    )
