"""The page of a ward."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.audit_choice import DayChoiceForm
from app.queries.wards import get_ward, list_wards
from app.worklist.ward_page import make_ward_page

blueprint = Blueprint("wards", __name__)


@blueprint.get("/xa-cua-toi")
@requires(Permission.VIEW_WARDS)
def own() -> ResponseReturnValue:
    """Go to the reader's ward; a reader of several chooses."""
    wards = list_wards(current_scope())
    if len(wards) == 1:
        return redirect(url_for("wards.show", code=wards[0].code))
    return render_template("wards/own.html", wards=wards)


@blueprint.get("/xa/<string(length=5):code>")
@requires(Permission.VIEW_WARDS)
def show(code: str) -> ResponseReturnValue:
    """Show a ward's state, figures, people and findings as of a day."""
    scope = current_scope()
    card = get_ward(scope, code)
    form = DayChoiceForm(formdata=request.args)
    status = 200 if form.validate() else 422
    page = make_ward_page(scope, card, form.day, is_past=form.is_past)
    return render_template("wards/show.html", page=page, form=form), status
