"""The network as a whole: all wards in one table."""

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.finding_wording import STATUS_LABELS, label_rules, say
from app.forms.audit_choice import WardChoiceForm
from app.queries.accounts import list_led_wards
from app.queries.audit import audit_scope
from app.queries.wards import list_wards
from app.texts import _
from app.worklist.choosing import NamedWard, choose_wards, count_by_status
from app.worklist.items import work_items
from app.worklist.zalo import province_text, ward_messages
from graphs.findings import WardStatus

blueprint = Blueprint("province", __name__)

FIRST_ITEMS = 3
STATUS_ARGUMENT = "tinh-trang"


@blueprint.get("/tong-quan")
@requires(Permission.VIEW_PROVINCE)
def index() -> ResponseReturnValue:
    """Show what to do first, the figures of all wards, then each ward with status and cause."""
    scope = current_scope()
    form = WardChoiceForm(formdata=request.args)
    status = 200 if form.validate() else 422
    choice = form.chosen
    report = audit_scope(scope, form.day)
    led_wards = list_led_wards(scope, today=clock.today())
    of_any_status = choose_wards(
        report.wards, list_wards(scope), choice._replace(status=None), led_wards
    )
    return (
        render_template(
            "province/index.html",
            report=report,
            form=form,
            choice=choice,
            wards=[ward for ward in of_any_status if choice.status in {None, ward.audited.status}],
            status_tabs=_status_tabs(of_any_status, choice.status),
            led_wards=led_wards,
            has_data=report.totals.wards_no_data < report.totals.wards,
            cause_labels=label_rules(),
            urgent=[] if form.is_past else work_items(scope, report, report.findings[:FIRST_ITEMS]),
            zalo_text=province_text(report, url_for(".index", _external=True)),
        ),
        status,
    )


@blueprint.get("/tong-quan/zalo")
@requires(Permission.VIEW_PROVINCE)
def messages() -> str:
    """Show what to send to each ward, to be copied with one press."""
    scope = current_scope()
    report = audit_scope(scope, clock.today())
    return render_template(
        "province/messages.html", report=report, messages=ward_messages(scope, report)
    )


def _status_tabs(wards: Sequence[NamedWard], chosen: WardStatus | None) -> list[dict[str, object]]:
    """One tab for all wards and one for each status that some have; other choices are kept."""
    tabs = [_tab(_("Tất cả (%(count)s)", count=len(wards)), None, chosen)]
    for status, count in count_by_status(wards):
        tabs.append(_tab(f"{say(STATUS_LABELS[status])} ({count})", status, chosen))
    return tabs


def _tab(label: str, status: WardStatus | None, chosen: WardStatus | None) -> dict[str, object]:
    # Never through `url_for`: words of the address would become its options (`_scheme`).
    words = [pair for pair in request.args.items() if pair[0] != STATUS_ARGUMENT and pair[1]]
    if status is not None:
        words.append((STATUS_ARGUMENT, status.value))
    return {
        "label": label,
        "url": f"{request.path}?{urlencode(words)}",
        "is_current": status is chosen,
    }
