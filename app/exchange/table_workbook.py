"""Any list → an .xlsx with title, scope lines, frozen headings and a filter."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeAlias

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.exchange.writing import Look, built_workbook, for_print, write_head, write_text

CellValue: TypeAlias = str | int | float | bool | date | datetime | None

_SHEET_NAME_AT_MOST = 31
_MEASURED_ROWS = 200
_NARROWEST, _WIDEST = 6, 48
_DATE_WIDTH = 16


def write_table(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[CellValue]],
    *,
    notes: Sequence[str] = (),
    sheet_name: str = "Danh sách",
) -> bytes:
    """Return a workbook of one sheet. `notes` stand above the table: date, scope, filter.

    None is an empty cell and never 0; dates become date cells shown as dd/mm/yyyy; text stays
    text whatever it begins with.
    """
    filled = [list(row) for row in rows]

    def build(workbook: Workbook, look: Look) -> None:
        sheet = workbook.add_worksheet(_sheet_name(sheet_name))
        top = write_head(sheet, look, title, notes)
        for column, heading in enumerate(headings):
            write_text(sheet, top, column, heading, look.heading)
            sheet.set_column(column, column, _width(heading, [row[column] for row in filled]))
        for row, values in enumerate(filled, start=top + 1):
            for column, value in enumerate(values):
                _write_value(sheet, row, column, value, look)
        for_print(sheet, top)
        if headings:
            sheet.autofilter(top, 0, top + len(filled), len(headings) - 1)

    return built_workbook(build)


def _write_value(sheet: Worksheet, row: int, column: int, value: CellValue, look: Look) -> None:
    match value:
        case None | "":
            return
        case bool():
            write_text(sheet, row, column, "Có" if value else "Không")
        case datetime():
            sheet.write_datetime(row, column, value, look.moment)
        case date():
            sheet.write_datetime(row, column, value, look.date)
        case int() | float():
            sheet.write_number(row, column, value)
        case _:
            write_text(sheet, row, column, value)


def _width(heading: str, values: Sequence[CellValue]) -> int:
    longest = max(
        (
            _DATE_WIDTH if isinstance(value, date) else len(str(value))
            for value in values[:_MEASURED_ROWS]
            if value is not None
        ),
        default=0,
    )
    return max(_NARROWEST, min(_WIDEST, max(longest, len(heading)) + 2))


def _sheet_name(name: str) -> str:
    allowed = " ".join(re.sub(r"[\[\]:*?/\\]", " ", name).split())
    return allowed[:_SHEET_NAME_AT_MOST].strip(" '") or "Danh sách"
