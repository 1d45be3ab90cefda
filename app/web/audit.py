"""Every finding of the reader's wards, for people and for other programs."""

import orjson
from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.finding_wording import define_rules
from app.forms.audit_choice import FindingChoiceForm, SinceChoiceForm
from app.queries.audit import audit_scope
from app.queries.comparison import compare_days
from app.queries.wards import list_wards
from app.web.paging import Paging
from app.worklist.as_json import audit_as_json
from app.worklist.choosing import choose_findings, count_urgent
from app.worklist.items import work_items

blueprint = Blueprint("audit", __name__)


@blueprint.get("/ra-soat")
@requires(Permission.VIEW_AUDIT)
def index() -> ResponseReturnValue:
    """List all findings as of a day, with what each rule means."""
    scope = current_scope()
    form = FindingChoiceForm(formdata=request.args, wards=list_wards(scope))
    status = 200 if form.validate() else 422
    report = audit_scope(scope, form.day)
    chosen = choose_findings(report.findings, form.chosen)
    paging = Paging.asked_for(len(chosen))
    shown = chosen[paging.offset : paging.offset + paging.size]
    page = render_template(
        "audit/index.html",
        report=report,
        form=form,
        urgent=count_urgent(chosen),
        rule_definitions=define_rules(report.thresholds),
        items=work_items(scope, report, shown, with_actions=not form.is_past),
        paging=paging,
    )
    return page, status


@blueprint.get("/audit.json")
@requires(Permission.VIEW_AUDIT)
def report_json() -> ResponseReturnValue:
    """Return the audit of the reader's wards by the contract in docs/audit.md.

    The day is `?ngay=` or `?as_of=`; one that cannot be asked about is answered with 422 and a
    sentence. With `?tu=` it tells under `since` what changed from that day on.
    """
    scope = current_scope()
    day_text = request.args.get("ngay") or request.args.get("as_of") or ""
    since_text = request.args.get("tu", "")
    form = SinceChoiceForm(formdata=MultiDict({"ngay": day_text, "tu": since_text}))
    if not form.validate():
        return _json({"error": " ".join([*form.ngay.errors, *form.tu.errors])}), 422
    report = audit_scope(scope, form.day)
    values = audit_as_json(scope, report, names_in=current_scope(Permission.VIEW_PEOPLE))
    if form.tu.data is not None:
        values["since"] = compare_days(scope, form.tu.data, form.day).as_dict()
    return _json(values)


def _json(values: dict[str, object]) -> Response:
    return Response(orjson.dumps(values), mimetype="application/json")
