"""The report of a period: its texts to look over, then a file to save."""

from io import BytesIO

from flask import Blueprint, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import OutOfScopeError
from app.formatting import format_day
from app.forms.report_texts import ProvinceReportForm, WardReportForm
from app.quarterly import targets, words
from app.quarterly.files import (
    network_text,
    province_document,
    province_workbook,
    ward_document,
)
from app.quarterly.letterhead import province_letterhead
from app.queries.period_figures import report_of
from app.queries.reporting_periods import PeriodRow, get_period
from app.queries.settings import get_settings
from app.queries.wards import get_ward
from app.reports.figures import ReportFigures
from app.web.downloads import workbook_response

blueprint = Blueprint("reports", __name__)
PATH = "/ky-bao-cao/<string:code>/bao-cao"
WARD_PATH = f"{PATH}/<string:ward_code>"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get(PATH)
@requires(Permission.VIEW_PROVINCE)
def show(code: str) -> ResponseReturnValue:
    """Show the texts written from the figures, to be changed before the export."""
    period, figures = _report(code)
    form = ProvinceReportForm(
        network=network_text(figures),
        desk=words.desk_text(figures),
        activities=words.activity_text(figures),
        wards=words.wards_text(figures),
    )
    return _page(period, form, figures)


@blueprint.post(PATH)
@requires(Permission.VIEW_PROVINCE)
def export(code: str) -> ResponseReturnValue:
    """Send the report with the texts of the form as .docx."""
    period, figures = _report(code)
    form = ProvinceReportForm()
    if not form.validate():
        return _page(period, form, figures), 422
    head = province_letterhead(form.layout.data, get_settings(clock.today()))
    content = province_document(figures, form.texts, head)
    return _document(content, f"bao-cao-{code}.docx")


@blueprint.get("/exports/bao-cao-<string:code>.xlsx")
@requires(Permission.VIEW_PROVINCE)
def workbook(code: str) -> ResponseReturnValue:
    """Send the tables of the report as .xlsx."""
    _period, figures = _report(code)
    return workbook_response(province_workbook(figures), f"bao-cao-{code}.xlsx")


@blueprint.get(WARD_PATH)
@requires(Permission.VIEW_AUDIT)
def show_ward(code: str, ward_code: str) -> ResponseReturnValue:
    """Show what may be added to the report of one ward."""
    period, figures = _report(code, ward_code)
    return _page(period, WardReportForm(), figures)


@blueprint.post(WARD_PATH)
@requires(Permission.VIEW_AUDIT)
def export_ward(code: str, ward_code: str) -> ResponseReturnValue:
    """Send the report of one ward as .docx."""
    period, figures = _report(code, ward_code)
    form = WardReportForm()
    if not form.validate():
        return _page(period, form, figures), 422
    content = ward_document(figures, ward_code, form.texts)
    return _document(content, f"bao-cao-{code}-{ward_code}.docx")


def _report(code: str, ward_code: str | None = None) -> tuple[PeriodRow, ReportFigures]:
    """The period and its figures, for the ward of a code or for all; 404 before it began."""
    scope = current_scope()
    if ward_code is not None:
        scope = scope.narrowed_to(get_ward(scope, ward_code).id)
    period = get_period(scope, code)
    if period.started_on > clock.today():
        raise OutOfScopeError(code)
    return period, report_of(scope, period, clock.today())


def _page(period: PeriodRow, form: WardReportForm, figures: ReportFigures) -> str:
    own = None if isinstance(form, ProvinceReportForm) else figures.wards[0]
    if own is None:
        action = url_for("reports.export", code=period.code)
    else:
        action = url_for("reports.export_ward", code=period.code, ward_code=own.code)
    told = targets.province_targets(figures) if own is None else figures.targets
    return render_template(
        "periods/report.html",
        period=period,
        form=form,
        ward=own,
        has_activities=figures.learning is not None,
        paragraphs=() if own is None else words.ward_text(own, figures),
        targets=targets.target_table(told, figures),
        targets_of_wards=targets.wards_text(figures) if own is None else "",
        days=f"{format_day(period.started_on)} – {format_day(period.last_day)}",
        action=action,
    )


def _document(content: bytes, file_name: str) -> ResponseReturnValue:
    response = send_file(
        BytesIO(content), mimetype=DOCX, as_attachment=True, download_name=file_name
    )
    response.headers["Cache-Control"] = "no-store"
    return response
