"""One's own account: the password, and the devices that are signed in."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope, require_reader
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.account import ChangePasswordForm
from app.queries.sign_ins import list_own_sign_ins
from app.services import end_sign_ins
from app.services.change_password import change_password
from app.web.page_frame import notify
from app.web.submission import submit

blueprint = Blueprint("own_account", __name__, url_prefix="/tai-khoan")


@blueprint.get("/mat-khau")
@requires(Permission.USE_OWN_ACCOUNT)
def edit_password() -> ResponseReturnValue:
    """Show the form for a new password."""
    return _password_page(ChangePasswordForm(username=require_reader().username))


@blueprint.post("/mat-khau")
@requires(Permission.USE_OWN_ACCOUNT)
def save_password() -> ResponseReturnValue:
    """Change the password and end the sign-ins of other devices."""
    reader = require_reader()
    form = ChangePasswordForm(username=reader.username)
    if form.validate() and submit(
        form,
        lambda: change_password(
            current_scope(),
            current_password=form.current_password.data or "",
            new_password=form.password.data or "",
            sign_in_id=reader.sign_in_id,
        ),
    ):
        notify("Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất.")
        return redirect(url_for("home.index"), code=303)
    return _password_page(form), 422


@blueprint.get("/thiet-bi")
@requires(Permission.USE_OWN_ACCOUNT)
def sign_ins() -> ResponseReturnValue:
    """List the devices on which the reader is signed in."""
    return render_template(
        "own_account/sign_ins.html",
        sign_ins=list_own_sign_ins(current_scope(), now=clock.now()),
        present_id=require_reader().sign_in_id,
    )


@blueprint.post("/thiet-bi/<int:sign_in_id>/dang-xuat")
@requires(Permission.USE_OWN_ACCOUNT)
def end_sign_in(sign_in_id: int) -> ResponseReturnValue:
    """Sign one device out."""
    end_sign_ins.end_sign_in(current_scope(), sign_in_id)
    notify("Đã đăng xuất thiết bị đó.")
    return redirect(url_for("own_account.sign_ins"), code=303)


@blueprint.post("/thiet-bi/dang-xuat-noi-khac")
@requires(Permission.USE_OWN_ACCOUNT)
def end_other_sign_ins() -> ResponseReturnValue:
    """Sign every other device out."""
    end_sign_ins.end_other_sign_ins(current_scope(), require_reader().sign_in_id)
    notify("Đã đăng xuất mọi thiết bị khác.")
    return redirect(url_for("own_account.sign_ins"), code=303)


def _password_page(form: ChangePasswordForm) -> str:
    return render_template(
        "own_account/password.html", form=form, is_due=require_reader().must_change_password
    )
