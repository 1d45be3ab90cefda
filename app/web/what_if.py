"""«Thử giả định»: what the network would be if something were different; nothing is written."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.what_if import WhatIfForm
from app.planning.what_if import STAGE_LABELS, recruits, say_assumptions
from app.planning.what_if_work import WhatIfWork, work_on
from app.queries.wards import list_wards
from app.queries.what_if import Stage, WhatIf
from app.worklist.changes import figure_changes, rule_changes, ward_changes

blueprint = Blueprint("what_if", __name__)


@blueprint.get("/ke-hoach/thu-gia-dinh")
@requires(Permission.VIEW_AUDIT)
def index() -> ResponseReturnValue:
    """Ask for assumptions, and compare what would be with what is."""
    form = WhatIfForm(formdata=request.args, wards=list_wards(current_scope()))
    if not form.validate() or form.is_empty:
        status = 422 if form.errors else 200
        return render_template("what_if/index.html", form=form, found=None), status
    work = work_on(current_scope(), clock.today(), form.assumptions)
    if work.answer is None:
        return _waiting_page(work)
    return render_template("what_if/index.html", form=form, **_told(form, work.answer))


def _waiting_page(work: WhatIfWork) -> str:
    stages = list(Stage)
    return render_template(
        "what_if/waiting.html",
        here=request.full_path,
        is_stopped=work.has_failed,
        steps=[STAGE_LABELS[stage] for stage in stages],
        step=-1 if work.stage is None else stages.index(work.stage),
    )


def _told(form: WhatIfForm, found: WhatIf) -> dict[str, Any]:
    assumptions = form.assumptions
    wards = list_wards(current_scope())
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
