"""«Thử giả định»: what the network would be if something were different; nothing is written."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.what_if import WhatIfForm
from app.planning.what_if import recruits, say_assumptions
from app.queries.wards import list_wards
from app.queries.what_if import suppose
from app.worklist.changes import figure_changes, rule_changes, ward_changes

blueprint = Blueprint("what_if", __name__)


@blueprint.get("/ke-hoach/thu-gia-dinh")
@requires(Permission.VIEW_AUDIT)
def index() -> ResponseReturnValue:
    """Ask for assumptions, and compare what would be with what is."""
    form = WhatIfForm(formdata=request.args, wards=list_wards(current_scope()))
    is_valid = form.validate()
    told = _told(form) if is_valid and not form.is_empty else {"found": None}
    return render_template("what_if/index.html", form=form, **told), 200 if is_valid else 422


def _told(form: WhatIfForm) -> dict[str, Any]:
    scope, assumptions = current_scope(), form.assumptions
    found = suppose(scope, clock.today(), assumptions)
    wards = list_wards(scope)
    return {
        "found": found,
        "assumed": list(
            say_assumptions(found, assumptions, {ward.code: ward.full_name for ward in wards})
        ),
        "figures": figure_changes(found.comparison),
        "recruits": recruits(found),
        "changed_wards": ward_changes(found.comparison),
        "rules": rule_changes(found.comparison),
    }
