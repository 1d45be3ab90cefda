"""Bringing a roster file in: upload, preview, apply or drop; and the template to fill in."""

from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import RuleBrokenError
from app.exchange.errors import ExchangeError
from app.exchange.roster_workbook import write_roster_template
from app.forms.roster_import import ApplyImportForm, RosterFileForm
from app.queries.hamlets import list_hamlet_names
from app.queries.roster_catalogues import get_catalogues
from app.queries.roster_imports import get_import_card, list_import_parts
from app.queries.wards import list_wards
from app.roster.correcting import sheet_names
from app.roster.decisions import Decisions
from app.roster.plan import PlanCounts
from app.roster.staging import ShownPlan, unpack_plan, unpack_row
from app.rule_wording import describe_broken_rule
from app.services.apply_preview import apply_preview
from app.services.discard_preview import discard_preview
from app.services.preview_roster import preview_roster
from app.services.refresh_preview import refresh_preview
from app.web.downloads import workbook_response
from app.web.import_later import apply_later, is_long
from app.web.page_frame import notify
from app.web.paging import Paging
from app.web.submission import submit
from app.wording import ROSTER_ROLE_LABELS, ROW_OUTCOME_LABELS
from models.enums import ImportState, RowOutcome


class OutcomeTab(NamedTuple):
    """A link to the rows of one outcome."""

    label: str
    url: str
    is_current: bool


blueprint = Blueprint("roster_imports", __name__, url_prefix="/nhap-danh-sach")

ROWS_SHOWN = 100
PROBLEMS_SHOWN = 500
SECONDS_TO_LOOK_AGAIN = 8


@blueprint.get("")
@requires(Permission.IMPORT_ROSTERS)
def create() -> ResponseReturnValue:
    """Ask for the file."""
    wards = list_wards(current_scope())
    asked_for = next((str(w.id) for w in wards if w.code == request.args.get("xa")), "")
    return _upload_page(RosterFileForm(wards=wards, formdata=None, data={"ward": asked_for}))


@blueprint.post("")
@requires(Permission.IMPORT_ROSTERS)
def save() -> ResponseReturnValue:
    """Read the file and go on to the preview."""
    scope = current_scope()
    form = RosterFileForm(wards=list_wards(scope))
    if form.validate():
        try:
            import_id = preview_roster(
                scope,
                form.upload.stream.read(),
                form.upload.filename or "",
                ward_id=form.ward_id(scope.only_ward_id),
                default_role=form.default_role,
            )
        except ExchangeError as error:
            form.refuse_file(error)
        else:
            return redirect(url_for("roster_imports.show", import_id=import_id), code=303)
    return _upload_page(form), 422


@blueprint.get("/<int:import_id>")
@requires(Permission.IMPORT_ROSTERS)
def show(import_id: int) -> ResponseReturnValue:
    """Show what the file would change, how far it is, or what became of it."""
    card = get_import_card(current_scope(), import_id)
    if card.is_running:
        # Without scripts the browser itself asks again.
        headers = {"Refresh": str(SECONDS_TO_LOOK_AGAIN)}
        return render_template("roster_imports/writing.html", card=card), headers
    return _import_page(import_id, ApplyImportForm(formdata=None))


@blueprint.post("/<int:import_id>/ap-dung")
@requires(Permission.IMPORT_ROSTERS)
def apply(import_id: int) -> ResponseReturnValue:
    """Write what the preview shows; where the network changed meanwhile, show it anew."""
    scope, form = current_scope(), ApplyImportForm()
    card, receipt = get_import_card(scope, import_id), None
    if form.validate():
        if is_long(scope, card):
            return _apply_later(import_id, form)
        receipt = submit(
            form,
            lambda: apply_preview(
                scope, import_id, only_good=form.is_only_good, request_key=form.request_key
            ),
        )
    if receipt:
        _announce(unpack_plan(list_import_parts(scope, import_id)), receipt.batch_id)
        return redirect(url_for("roster_imports.show", import_id=import_id), code=303)
    refresh_preview(scope, import_id)
    return _import_page(import_id, form), 422


@blueprint.post("/<int:import_id>/bo")
@requires(Permission.IMPORT_ROSTERS)
def discard(import_id: int) -> ResponseReturnValue:
    """Drop a preview and ask for another file."""
    try:
        discard_preview(current_scope(), import_id)
    except RuleBrokenError as error:
        notify(describe_broken_rule(error), kind="error")
        return redirect(url_for("roster_imports.show", import_id=import_id), code=303)
    notify("Đã bỏ tệp vừa tải lên, chưa nhập gì.")
    return redirect(url_for("roster_imports.create"), code=303)


@blueprint.get("/mau.xlsx")
@requires(Permission.IMPORT_ROSTERS)
def template() -> ResponseReturnValue:
    """Send the workbook to fill in, with the lists of the reader's wards."""
    scope, catalogues = current_scope(), get_catalogues()
    ward_id = scope.only_ward_id
    content = write_roster_template(
        wards=[(ward.code, ward.full_name) for ward in list_wards(scope)],
        groups=[group.label for group in catalogues.groups],
        languages=[language.label for language in catalogues.languages],
        reasons=[reason.label for reason in catalogues.reasons if reason.roles],
        hamlets=[] if ward_id is None else list_hamlet_names(scope, ward_id),
    )
    return workbook_response(content, "mau-danh-sach.xlsx")


def _apply_later(import_id: int, form: ApplyImportForm) -> ResponseReturnValue:
    try:
        apply_later(
            current_scope(),
            import_id,
            only_good=form.is_only_good,
            request_key=form.request_key,
        )
    except RuleBrokenError as error:
        form.refuse(error)
        return _import_page(import_id, form), 422
    return redirect(url_for("roster_imports.show", import_id=import_id), code=303)


def _upload_page(form: RosterFileForm) -> str:
    return render_template("roster_imports/create.html", form=form)


def _import_page(import_id: int, form: ApplyImportForm) -> str:
    scope = current_scope()
    card = get_import_card(scope, import_id)
    parts = list_import_parts(scope, import_id)
    plan = unpack_plan(parts)
    decisions = Decisions.from_values(card.decisions)
    shown = plan.with_outcome(_asked_outcome())
    paging = Paging.asked_for(len(shown), ROWS_SHOWN)
    form.only_good.data = "1" if plan.errors else ""
    return render_template(
        "roster_imports/show.html",
        card=card,
        plan=plan,
        form=form,
        rows=[unpack_row(kept) for kept in shown[paging.offset : paging.last_index]],
        paging=paging,
        problems=plan.problems[:PROBLEMS_SHOWN],
        sheets={name: place for place, name in enumerate(sheet_names(parts))},
        is_undecided=card.is_undecided,
        open_doubts=sum(
            decisions.leaves_open((row.sheet, row.row_number), row.candidates or ())
            for row in plan.doubted
        ),
        outcome_tabs=_outcome_tabs(import_id, plan.counts),
        outcome_labels=ROW_OUTCOME_LABELS,
        role_labels=ROSTER_ROLE_LABELS,
        is_open=card.state is ImportState.PREVIEWED,
        is_begun=card.batch_id is not None,
        is_applied=card.state is ImportState.APPLIED,
    )


def _outcome_tabs(import_id: int, counts: PlanCounts) -> list[OutcomeTab]:
    """Return a link to all rows, and one to the rows of each outcome that occurs."""
    asked = _asked_outcome()
    url = url_for("roster_imports.show", import_id=import_id)
    tabs = [OutcomeTab(f"Tất cả ({counts.rows})", url, asked is None)]
    numbers = counts._asdict()
    return tabs + [
        OutcomeTab(
            f"{label} ({numbers[outcome.value]})",
            f"{url}?ket-qua={outcome.value}",
            asked is outcome,
        )
        for outcome, label in ROW_OUTCOME_LABELS.items()
        if numbers[outcome.value]
    ]


def _asked_outcome() -> RowOutcome | None:
    text = request.args.get("ket-qua", "")
    return RowOutcome(text) if text in set(RowOutcome) else None


def _announce(plan: ShownPlan, batch_id: int) -> None:
    counts = plan.counts
    updated = f", cập nhật {plan.updated} dòng về người đã có" if plan.updated else ""
    notify(
        f"Đã nhập {counts.mentors} mentor, {counts.mentees} người học, {counts.support_posts} nhân "
        f"sự hỗ trợ và {counts.mentorships} cặp{updated}. Có thể hoàn tác trong 30 ngày.",
        undo_batch_id=batch_id,
        next_url=url_for("pairing.index") if counts.waiting else None,
        next_label=f"Ghép {counts.waiting} người học đang chờ mentor" if counts.waiting else None,
    )
