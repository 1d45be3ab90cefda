"""The network as a whole: all wards in one table."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.finding_wording import label_rules
from app.forms.audit_choice import WardChoiceForm
from app.queries.audit import audit_scope
from app.queries.wards import list_wards
from app.worklist.choosing import choose_wards
from app.worklist.zalo import province_text

blueprint = Blueprint("province", __name__)


@blueprint.get("/tong-quan")
@requires(Permission.VIEW_PROVINCE)
def index() -> ResponseReturnValue:
    """Show the figures of all wards together, then each ward with its status and cause."""
    scope = current_scope()
    form = WardChoiceForm(formdata=request.args)
    status = 200 if form.validate() else 422
    report = audit_scope(scope, form.day)
    wards = choose_wards(report.wards, list_wards(scope), form.chosen)
    return (
        render_template(
            "province/index.html",
            report=report,
            form=form,
            wards=wards,
            has_data=report.totals.wards_no_data < report.totals.wards,
            cause_labels=label_rules(),
            zalo_text=province_text(report),
        ),
        status,
    )
