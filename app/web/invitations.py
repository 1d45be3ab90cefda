"""One-time links: an invitation, a reset, or the first administrator's."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.decorators import public
from app.errors import LinkExpiredError, RuleBrokenError
from app.extensions import limiter
from app.forms.sign_in import FirstAdministratorForm, SetPasswordForm
from app.queries.sign_ins import OpenLink, find_open_link
from app.services.use_link import make_first_administrator, use_link
from app.web.device_name import device_name
from app.web.sign_in import FLOOD_LIMIT, start_session

blueprint = Blueprint("invitations", __name__)


@blueprint.get("/moi/<string:token>")
@public
@limiter.limit(FLOOD_LIMIT)
def show(token: str) -> ResponseReturnValue:
    """Show who the link is for and ask for a password."""
    link = find_open_link(token, now=clock.now())
    if link is None:
        return _expired()
    return _form_page(token, link, _form_for(link))


@blueprint.post("/moi/<string:token>")
@public
@limiter.limit(FLOOD_LIMIT)
def save(token: str) -> ResponseReturnValue:
    """Set the password and sign in."""
    link = find_open_link(token, now=clock.now())
    if link is None:
        return _expired()
    form = _form_for(link)
    if form.validate():
        try:
            sign_in_token = _use(token, form)
        except LinkExpiredError:
            return _expired()
        except RuleBrokenError as error:
            form.refuse(error)
        else:
            start_session(sign_in_token)
            return redirect(url_for("home.index"), code=303)
    return _form_page(token, link, form), 422


def _form_for(link: OpenLink) -> SetPasswordForm | FirstAdministratorForm:
    if link.username is None:
        return FirstAdministratorForm()
    return SetPasswordForm(username=link.username)


def _use(token: str, form: SetPasswordForm | FirstAdministratorForm) -> str:
    device = device_name(request.user_agent.string)
    password = form.password.data or ""
    if isinstance(form, SetPasswordForm):
        return use_link(token, password=password, device=device)
    return make_first_administrator(
        token,
        username=(form.username.data or "").lower(),
        display_name=form.display_name.data or "",
        password=password,
        device=device,
    )


def _form_page(token: str, link: OpenLink, form: SetPasswordForm | FirstAdministratorForm) -> str:
    return render_template("invitations/show.html", token=token, link=link, form=form)


def _expired() -> ResponseReturnValue:
    return render_template("invitations/expired.html"), 410
