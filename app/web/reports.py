"""The report of a period: its texts to look over and keep, then a file to save."""

from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from flask import Blueprint, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import OutOfScopeError
from app.formatting import format_day
from app.forms.conflict import FieldConflict, is_saved_already, take_conflicts
from app.forms.report_texts import ProvinceReportForm, WardReportForm
from app.quarterly import targets, words
from app.quarterly.drafts import (
    ReportTexts,
    as_shown,
    kept_texts,
    outdated_paragraphs,
    written_texts,
)
from app.quarterly.files import province_document, province_workbook, ward_document
from app.quarterly.letterhead import province_letterhead
from app.queries.last_change import get_last_change
from app.queries.period_figures import report_of
from app.queries.report_drafts import NOTHING_KEPT, DraftOf, DraftRow, find_draft
from app.queries.reporting_periods import PeriodRow, get_period
from app.queries.settings import get_settings
from app.queries.wards import WardCard, get_ward
from app.reports.figures import ReportFigures
from app.services.keep_report_texts import keep_report_texts
from app.texts import _
from app.web.downloads import workbook_response
from app.web.page_frame import notify
from app.web.submission import submit

blueprint = Blueprint("reports", __name__)
PATH = "/ky-bao-cao/<string:code>/bao-cao"
WARD_PATH = f"{PATH}/<string:ward_code>"
DRAFT_PATH = "/ky-bao-cao/<string:code>/ban-soan"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Draft(NamedTuple):
    """A report with what was written into it; without ward it is the province's."""

    period: PeriodRow
    figures: ReportFigures
    ward: WardCard | None
    kept: DraftRow | None

    @property
    def of(self) -> DraftOf:
        return DraftOf(self.period.code, self.ward and self.ward.id)

    @property
    def written(self) -> ReportTexts:
        """The paragraphs that the figures yield; of a ward they are not to be changed."""
        return ReportTexts() if self.ward else written_texts(self.figures)

    def address(self, of_province: str, of_ward: str) -> str:
        """Return the address of one of two pages, that of the province or that of the ward."""
        if self.ward is None:
            return url_for(of_province, code=self.period.code)
        return url_for(of_ward, code=self.period.code, ward_code=self.ward.code)

    def stored_form(self, layout: str | None = None) -> WardReportForm:
        """Return the form as it is kept, with the figures' words where nothing else is."""
        kind = WardReportForm if self.ward else ProvinceReportForm
        texts = as_shown(kept_texts(self.kept), self.written)
        shown = {name: text for name, text in texts._asdict().items() if text is not None}
        version = self.kept.edition if self.kept else NOTHING_KEPT
        chosen = {"layout": layout} if layout else {}
        return kind(formdata=None, version=version, **shown, **chosen)


@blueprint.get(PATH)
@requires(Permission.VIEW_PROVINCE)
def show(code: str) -> ResponseReturnValue:
    """Show the texts of the report, kept or written from the figures."""
    draft = _draft(code)
    return _page(draft, draft.stored_form())


@blueprint.post(PATH)
@requires(Permission.VIEW_PROVINCE)
def export(code: str) -> ResponseReturnValue:
    """Send the report with the texts of the form as .docx."""
    draft, form = _draft(code), ProvinceReportForm()
    if not form.validate():
        return _page(draft, form), 422
    head = province_letterhead(form.layout.data, get_settings(clock.today()))
    content = province_document(draft.figures, form.texts, head)
    return _document(content, f"bao-cao-{code}.docx")


@blueprint.post(DRAFT_PATH)
@requires(Permission.VIEW_PROVINCE)
def keep(code: str) -> ResponseReturnValue:
    """Keep the texts of the form for later."""
    return _keep(_draft(code), ProvinceReportForm())


@blueprint.get("/exports/bao-cao-<string:code>.xlsx")
@requires(Permission.VIEW_PROVINCE)
def workbook(code: str) -> ResponseReturnValue:
    """Send the tables of the report as .xlsx."""
    _period, figures = _report(code)
    return workbook_response(province_workbook(figures), f"bao-cao-{code}.xlsx")


@blueprint.get(WARD_PATH)
@requires(Permission.VIEW_AUDIT)
def show_ward(code: str, ward_code: str) -> ResponseReturnValue:
    """Show what may be added to the report of one ward, and what was."""
    draft = _draft(code, ward_code)
    return _page(draft, draft.stored_form())


@blueprint.post(WARD_PATH)
@requires(Permission.VIEW_AUDIT)
def export_ward(code: str, ward_code: str) -> ResponseReturnValue:
    """Send the report of one ward as .docx."""
    draft, form = _draft(code, ward_code), WardReportForm()
    if not form.validate():
        return _page(draft, form), 422
    content = ward_document(draft.figures, ward_code, form.texts)
    return _document(content, f"bao-cao-{code}-{ward_code}.docx")


@blueprint.post(f"{DRAFT_PATH}/<string:ward_code>")
@requires(Permission.VIEW_AUDIT)
def keep_ward(code: str, ward_code: str) -> ResponseReturnValue:
    """Keep what was added to the report of one ward."""
    return _keep(_draft(code, ward_code), WardReportForm())


def _keep(draft: Draft, form: WardReportForm) -> ResponseReturnValue:
    """Keep the texts; who was slower sees what the other one wrote."""
    scope = current_scope()
    shown_at = draft.address("reports.show", "reports.show_ward")
    form.keep_stored(draft.stored_form)
    if form.validate():
        receipt = submit(
            form,
            lambda: keep_report_texts(
                scope,
                draft.of,
                form.texts,
                written=draft.written,
                seen_edition=form.seen_version,
            ),
        )
        if receipt is not None:
            notify(_("Đã lưu bản soạn báo cáo."), undo_batch_id=receipt.batch_id)
            return redirect(shown_at, code=303)
    present = draft._replace(kept=find_draft(scope, draft.of))
    layout = form.layout.data if isinstance(form, ProvinceReportForm) else None
    stored = present.stored_form(layout)
    if is_saved_already(form, stored):
        return redirect(shown_at, code=303)
    return _page(present, form, take_conflicts(form, stored)), 422


def _report(code: str, ward: WardCard | None = None) -> tuple[PeriodRow, ReportFigures]:
    """The period and its figures, for a ward or for all; 404 before it began."""
    scope = current_scope()
    if ward is not None:
        scope = scope.narrowed_to(ward.id)
    period = get_period(scope, code)
    if period.started_on > clock.today():
        raise OutOfScopeError(code)
    return period, report_of(scope, period, clock.today())


def _draft(code: str, ward_code: str | None = None) -> Draft:
    scope = current_scope()
    ward = None if ward_code is None else get_ward(scope, ward_code)
    period, figures = _report(code, ward)
    return Draft(period, figures, ward, find_draft(scope, DraftOf(code, ward and ward.id)))


def _page(draft: Draft, form: WardReportForm, conflicts: Sequence[FieldConflict] = ()) -> str:
    figures = draft.figures
    own = figures.wards[0] if draft.ward else None
    told = targets.province_targets(figures) if own is None else figures.targets
    saved = None
    if draft.kept is not None:
        saved = get_last_change(current_scope(), {"report_drafts": [draft.kept.id]})
    return render_template(
        "periods/report.html",
        period=draft.period,
        keep_url=draft.address("reports.keep", "reports.keep_ward"),
        export_url=draft.address("reports.export", "reports.export_ward"),
        form=form,
        conflicts=conflicts,
        saved=saved,
        outdated=outdated_paragraphs(draft.kept, draft.written),
        ward=own,
        has_activities=figures.learning is not None,
        paragraphs=() if own is None else words.ward_text(own, figures),
        targets=targets.target_table(told, figures),
        targets_of_wards=targets.wards_text(figures) if own is None else "",
        days=f"{format_day(draft.period.started_on)} – {format_day(draft.period.last_day)}",
    )


def _document(content: bytes, file_name: str) -> ResponseReturnValue:
    response = send_file(
        BytesIO(content), mimetype=DOCX, as_attachment=True, download_name=file_name
    )
    response.headers["Cache-Control"] = "no-store"
    return response
