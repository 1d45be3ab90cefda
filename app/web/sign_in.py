"""Signing in and out."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from app.access.current import current_reader
from app.access.decorators import public
from app.access.scope import WardScope
from app.errors import RuleBrokenError, SignInThrottledError
from app.extensions import limiter
from app.forms.sign_in import SignInForm
from app.services.end_sign_ins import end_sign_in
from app.services.sign_in import sign_in
from app.web.device_name import device_name
from app.web.reader_loader import load_reader

blueprint = Blueprint("sign_in", __name__)

# Against a flood; guessing is slowed down by the failures that the database counts.
FLOOD_LIMIT = "60 per minute"


@blueprint.get("/dang-nhap")
@public
def show() -> ResponseReturnValue:
    """Show the form, or go on for those who are signed in already."""
    target = safe_target(request.args.get("next"))
    if current_reader() is not None:
        return redirect(target)
    return render_template("sign_in/show.html", form=SignInForm(formdata=None, next=target))


@blueprint.post("/dang-nhap")
@public
@limiter.limit(FLOOD_LIMIT)
def save() -> ResponseReturnValue:
    """Sign in and go where the reader wanted to."""
    form = SignInForm()
    status = 422
    if form.validate():
        try:
            token = sign_in(
                form.username.data or "",
                form.password.data or "",
                address=request.remote_addr or "",
                device=device_name(request.user_agent.string),
            )
        except RuleBrokenError as error:
            status = 429 if isinstance(error, SignInThrottledError) else status
            form.refuse(error)
        else:
            start_session(token)
            return redirect(safe_target(form.next.data), code=303)
    return render_template("sign_in/show.html", form=form), status


@blueprint.post("/dang-xuat")
@public
def sign_out() -> ResponseReturnValue:
    """End the sign-in of this browser."""
    reader = current_reader()
    if reader is not None:
        end_sign_in(WardScope.of([], reader.account_id), reader.sign_in_id)
    logout_user()
    session.clear()
    return redirect(url_for("sign_in.show"), code=303)


def start_session(token: str) -> None:
    """Put a sign-in into the cookie, after throwing away whatever the browser brought along."""
    session.clear()
    login_user(load_reader(token))


def safe_target(target: str | None) -> str:
    """Return a path of this site to go on to; anything else becomes the home page."""
    is_path = target is not None and target.startswith("/") and not target.startswith("//")
    if not target or not is_path or "\\" in target or not target.isprintable():
        return url_for("home.index")
    return target
