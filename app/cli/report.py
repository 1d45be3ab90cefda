"""The quarterly report as a file."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from app import clock
from app.cli.outcome import RefusedError, one_sentence_for_failures
from app.cli.ward_option import EVERYWHERE, ward_scope
from app.errors import OutOfScopeError
from app.formatting import format_day
from app.quarterly.drafts import kept_texts
from app.quarterly.files import province_document, province_workbook, ward_document
from app.quarterly.letterhead import LAYOUTS, province_letterhead
from app.queries.period_figures import report_of
from app.queries.report_drafts import DraftOf, find_draft
from app.queries.reporting_periods import get_period
from app.queries.settings import get_settings
from app.queries.wards import get_ward
from app.reports.figures import ReportFigures

DOCX, XLSX = ".docx", ".xlsx"


@click.group("report")
def group() -> None:
    """Báo cáo định kỳ."""


@group.command("quarter")
@click.argument("code", metavar="QUARTER")
@click.option(
    "--out",
    "path",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tệp .docx hoặc .xlsx sẽ ghi.",
)
@click.option("--ward", "ward_code", metavar="CODE", help="Báo cáo của một xã, phường (mã 5 số).")
@click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    default="doan",
    show_default=True,
    help="Thể thức văn bản: của Đoàn, hoặc theo Nghị định 30/2020/NĐ-CP.",
)
@with_appcontext
@one_sentence_for_failures()
def quarter(code: str, path: Path, ward_code: str | None, layout: str) -> None:
    """Ghi báo cáo của một quý, ví dụ 2026-Q3, với lời văn đã lưu; quý đã khóa: số liệu đã khóa."""
    if path.suffix.lower() not in {DOCX, XLSX}:
        raise click.UsageError("--out: tên tệp phải kết thúc bằng .docx hoặc .xlsx.")
    is_workbook = path.suffix.lower() == XLSX
    if is_workbook and ward_code:
        raise click.UsageError("--ward: báo cáo của một xã, phường chỉ có dạng .docx.")
    try:
        period = get_period(EVERYWHERE, code)
    except OutOfScopeError as error:
        raise click.UsageError("QUARTER: viết như 2026-Q3.") from error
    today = clock.today()
    if period.started_on > today:
        message = f"Quý này bắt đầu từ ngày {format_day(period.started_on)}, chưa có số liệu."
        raise RefusedError(message)
    figures = report_of(ward_scope(ward_code), period, today)
    path.write_bytes(_content(figures, ward_code, layout, is_workbook=is_workbook))


def _content(
    figures: ReportFigures, ward_code: str | None, layout: str, *, is_workbook: bool
) -> bytes:
    if is_workbook:
        return province_workbook(figures)
    if ward_code:
        draft = find_draft(EVERYWHERE, DraftOf(figures.code, get_ward(EVERYWHERE, ward_code).id))
        return ward_document(figures, ward_code, kept_texts(draft))
    head = province_letterhead(layout, get_settings(clock.today()))
    draft = find_draft(EVERYWHERE, DraftOf(figures.code))
    return province_document(figures, kept_texts(draft), head)
