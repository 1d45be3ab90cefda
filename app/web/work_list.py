"""What there is to do, the most urgent first: the home page of ward leaders."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope, may
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.desk.notices import desk_notices
from app.finding_wording import label_rules
from app.forms.audit_choice import FindingChoiceForm
from app.queries.audit import audit_desk, audit_scope
from app.queries.wards import list_wards
from app.texts import _
from app.web.duty_posts import describe_desk
from app.web.paging import Paging
from app.worklist.actions import ActionLink, Place, link_action
from app.worklist.choosing import FindingChoice, choose_findings, count_by_rule, count_urgent
from app.worklist.comings import remind_of_comings
from app.worklist.due_reports import remind_of_reports
from app.worklist.items import work_items
from app.worklist.reminders import (
    Reminder,
    among,
    remind_of_calls,
    remind_of_completions,
    remind_of_requests,
)
from graphs.audit import AuditReport
from graphs.findings import ActionCode, Finding

blueprint = Blueprint("work_list", __name__)

ITEMS_ON_A_PAGE = 20
# So far ahead the list looks for half-days without anybody at the desk.
DAYS_AHEAD = 7


@blueprint.get("/viec-can-lam")
@requires(Permission.VIEW_WORK_LIST)
def index() -> ResponseReturnValue:
    """List the findings of the reader's wards, each with its one next step."""
    scope, report = _own_report()
    form = FindingChoiceForm(formdata=request.args, wards=list_wards(scope))
    choice = form.chosen
    of_wards = choose_findings(report.findings, choice._replace(rule=None))
    chosen = choose_findings(of_wards, choice)
    paging = Paging.asked_for(len(chosen), ITEMS_ON_A_PAGE)
    shown = chosen[paging.offset : paging.offset + paging.size]
    is_first_page = not any(choice) and paging.page <= 1
    start = _start(scope, report)
    reminders = _reminders(clock.today(), is_new=start is not None) if is_first_page else []
    return render_template(
        "work_list/index.html",
        report=report,
        form=form,
        choice=choice,
        total=len(of_wards) + len(reminders),
        urgent=count_urgent(of_wards),
        rule_tabs=_rule_tabs(of_wards, choice),
        start=start,
        items=among(work_items(scope, report, shown), reminders),
        paging=paging,
        desk_lines=_desk_lines(),
    )


def _reminders(day: date, *, is_new: bool) -> list[Reminder]:
    """Lines besides the findings; where nothing was recorded yet, the first step comes first."""
    return [
        *([] if is_new else remind_of_reports(day)),
        *remind_of_calls(day),
        *remind_of_requests(),
        *remind_of_comings(day),
        *remind_of_completions(day),
    ]


def _desk_lines() -> list[str]:
    """One line for each desk of the reader that nobody sits at on some half-day soon."""
    if not may(Permission.RECORD_DUTY):
        return []
    scope, today = current_scope(Permission.RECORD_DUTY), clock.today()
    days = [today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)]
    notices = desk_notices(scope, days)
    if not notices:
        return []
    names = {ward.id: ward.full_name for ward in list_wards(scope)}
    return [describe_desk(notice, names[notice.ward_id], DAYS_AHEAD) for notice in notices]


def _own_report() -> tuple[WardScope, AuditReport]:
    """Whoever may see the whole audit of some wards works on those; the desk sees its own part."""
    if may(Permission.VIEW_AUDIT):
        scope = current_scope(Permission.VIEW_AUDIT)
        return scope, audit_scope(scope, clock.today())
    scope = current_scope()
    return scope, audit_desk(scope, clock.today())


def _rule_tabs(findings: Sequence[Finding], choice: FindingChoice) -> list[dict[str, object]]:
    """One tab for all findings and one for each rule that has some."""
    others = {"xa": choice.ward or None, "muc": choice.severity}
    tabs: list[dict[str, object]] = [
        {
            "label": _("Tất cả (%(count)s)", count=len(findings)),
            "url": url_for("work_list.index", **others),  # type: ignore[arg-type]  # plain values
            "is_current": choice.rule is None,
        }
    ]
    labels = label_rules()
    for rule, count in count_by_rule(findings):
        tabs.append(
            {
                "label": f"{labels[rule]} ({count})",
                "url": url_for("work_list.index", viec=rule, **others),  # type: ignore[arg-type]  # plain values
                "is_current": choice.rule is rule,
            }
        )
    return tabs


def _start(scope: WardScope, report: AuditReport) -> ActionLink | None:
    """The first step where nothing was recorded yet."""
    if report.totals.wards_no_data < report.totals.wards or not may(Permission.IMPORT_ROSTERS):
        return None
    ward = list_wards(scope)[0].code if scope.only_ward_id else ""
    return link_action(ActionCode.IMPORT_ROSTER, Place(ward), may)
