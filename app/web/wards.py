"""The page of a ward."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.formatting import format_day
from app.forms.audit_choice import DayChoiceForm
from app.queries.wards import WardCard, get_ward, list_wards
from app.web.ward_tabs import ward_tabs
from app.worklist.ward_page import make_ward_page

blueprint = Blueprint("wards", __name__)


@blueprint.get("/xa-cua-toi")
@requires(Permission.VIEW_WARDS)
def own() -> ResponseReturnValue:
    """Show the reader's ward; a reader of several chooses."""
    scope = current_scope()
    wards = list_wards(scope)
    if len(wards) == 1:
        return _ward_page(scope, wards[0])
    return render_template("wards/own.html", wards=wards)


@blueprint.get("/xa/<string(length=5):code>")
@requires(Permission.VIEW_WARDS)
def show(code: str) -> ResponseReturnValue:
    """Show a ward's state, figures, people and findings as of a day."""
    scope = current_scope()
    return _ward_page(scope, get_ward(scope, code))


def _ward_page(scope: WardScope, card: WardCard) -> ResponseReturnValue:
    form = DayChoiceForm(formdata=request.args)
    status = 200 if form.validate() else 422
    page = make_ward_page(scope, card, form.day, is_past=form.is_past)
    day = format_day(form.day) if form.is_past else None
    tabs = ward_tabs(card.code, day, "wards.show")
    return render_template("wards/show.html", page=page, form=form, tabs=tabs), status
