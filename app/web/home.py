"""The address without a path: where each reader's work begins."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_reader
from app.access.decorators import public
from app.web.page_frame import first_page

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """Go to the first page of the reader's role; strangers to the sign-in page."""
    reader = current_reader()
    if reader is None:
        return redirect(url_for("sign_in.show"))
    if reader.must_change_password:
        return redirect(url_for("own_account.edit_password"))
    target = first_page(reader)
    return redirect(target) if target else render_template("home/no_role.html")
