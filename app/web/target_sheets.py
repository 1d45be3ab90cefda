"""Targets out as a workbook and in again: file, preview, one action."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.signed_values import read_signed, sign_values
from app.exchange.errors import ExchangeError
from app.exchange.target_sheet import (
    WHOLE_PROVINCE,
    TargetCells,
    TargetLine,
    read_target_lines,
    write_targets,
)
from app.formatting import format_day, format_number
from app.forms.target_sheet import ApplyTargetsForm, CheckedLines, TargetFileForm, check_lines
from app.queries.plan_targets import list_targets
from app.queries.wards import WardCard, list_present_wards, list_wards
from app.rule_wording import describe_broken_rule
from app.services.import_targets import TargetPlan, foresee_targets, import_targets
from app.texts import _
from app.web.downloads import scope_words, workbook_response
from app.web.page_frame import notify
from app.web.submission import submit
from app.wording import TARGET_INDICATOR_LABELS

blueprint = Blueprint("target_sheets", __name__)
PURPOSE = "target-sheet"


@blueprint.get("/exports/chi-tieu.xlsx")
@requires(Permission.VIEW_AUDIT)
def export() -> ResponseReturnValue:
    """Send the targets in force of the reader's wards, to be read or to come back edited."""
    scope, today = current_scope(), clock.today()
    wards = list_wards(scope)
    names = {ward.id: _named(ward) for ward in wards}
    rows = [
        (
            WHOLE_PROVINCE if target.ward_id is None else names[target.ward_id],
            TARGET_INDICATOR_LABELS[target.indicator],
            target.due_on,
            target.value,
            target.valid_from,
            target.source,
        )
        for target in list_targets(scope)
    ]
    place, words = scope_words(scope, wards)
    notes = [
        _("Phạm vi: %(words)s", words=words),
        _("Chỉ tiêu đang áp dụng ngày %(day)s", day=format_day(today)),
    ]
    content = _workbook(rows, _("CHỈ TIÊU CỦA MẠNG LƯỚI ĐẠI SỨ SỐ"), notes)
    return workbook_response(content, f"chi-tieu-{place}-{today.isoformat()}.xlsx")


@blueprint.get("/chi-tieu/nhap/mau.xlsx")
@requires(Permission.MANAGE_TARGETS)
def template() -> ResponseReturnValue:
    """Send the empty workbook with the wards and the indicators to choose from."""
    notes = [
        _("Mỗi chỉ tiêu một dòng. Cột Địa bàn: «Toàn tỉnh», hoặc mã hay tên xã, phường."),
        _("Ngày ghi dạng dd/mm/yyyy. Chỉ tiêu mục I.2 là phần trăm: ghi 90 là 90 %."),
    ]
    return workbook_response(_workbook([], _("NHẬP CHỈ TIÊU"), notes), "mau-chi-tieu.xlsx")


@blueprint.get("/chi-tieu/nhap")
@requires(Permission.MANAGE_TARGETS)
def create() -> ResponseReturnValue:
    """Ask for the file."""
    return render_template("targets/import.html", form=TargetFileForm(formdata=None))


@blueprint.post("/chi-tieu/nhap")
@requires(Permission.MANAGE_TARGETS)
def preview() -> ResponseReturnValue:
    """Show what the file would change; nothing is written."""
    form = TargetFileForm()
    if form.validate():
        try:
            lines = read_target_lines(form.upload.stream.read())
        except ExchangeError as error:
            form.refuse_file(error)
        else:
            return _preview_page(lines, ApplyTargetsForm(formdata=None))
    return render_template("targets/import.html", form=form), 422


@blueprint.post("/chi-tieu/nhap/ap-dung")
@requires(Permission.MANAGE_TARGETS)
def apply() -> ResponseReturnValue:
    """Write what the preview showed; where that is something else by now, show it anew."""
    form = ApplyTargetsForm()
    shown = read_signed(form.preview.data or "", PURPOSE)
    if shown is None:
        notify(_("Chưa nhập gì: trang xem trước không còn dùng được. Chọn lại tệp."), kind="error")
        return redirect(url_for("target_sheets.create"), code=303)
    lines = [TargetLine(*line) for line in shown["lines"]]
    if form.validate():
        scope = current_scope()
        checked = check_lines(lines, list_present_wards(scope), clock.today())
        receipt = submit(
            form,
            lambda: import_targets(
                scope, checked.targets, seen=shown["seen"], request_key=form.request_key
            ),
        )
        if receipt is not None:
            count = format_number(len(lines))
            notify(_("Đã nhập %(count)s chỉ tiêu.", count=count), undo_batch_id=receipt.batch_id)
            return redirect(url_for("targets.index"), code=303)
    return _preview_page(lines, form), 422


def _preview_page(lines: list[TargetLine], form: ApplyTargetsForm) -> str:
    scope = current_scope()
    checked = check_lines(lines, list_present_wards(scope), clock.today())
    plan = foresee_targets(scope, checked.targets)
    written = {one.wanted.row_number for one in plan.writes}
    kept = [line for line in lines if line.row_number in written]
    form.preview.data = sign_values({"lines": kept, "seen": plan.seen}, PURPOSE)
    return render_template(
        "targets/preview.html",
        form=form,
        plan=plan,
        rejected=_rejected(lines, checked, plan),
        ward_names={ward.id: ward.full_name for ward in list_present_wards(scope)},
    )


def _rejected(
    lines: list[TargetLine], checked: CheckedLines, plan: TargetPlan
) -> list[tuple[TargetLine, list[str]]]:
    """Return the rows that cannot be used, in their order, each with its sentences."""
    refused = {row: [describe_broken_rule(error)] for row, error in plan.refused.items()}
    sentences = checked.faults | refused
    return [(line, sentences[line.row_number]) for line in lines if line.row_number in sentences]


def _workbook(rows: list[TargetCells], title: str, notes: list[str]) -> bytes:
    return write_targets(
        rows,
        wards=[_named(ward) for ward in list_present_wards(current_scope())],
        indicators=list(TARGET_INDICATOR_LABELS.values()),
        title=title,
        notes=notes,
    )


def _named(ward: WardCard) -> str:
    return f"{ward.code} – {ward.full_name}"
