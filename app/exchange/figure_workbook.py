"""The numbers of a figure as a workbook: title, what they mean, and a table."""

from collections.abc import Sequence
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.exchange.writing import Look, built_workbook, for_print, write_head, write_text

Cell = str | int | float | date | None
# Name of the sheet, title, notes, headings, rows.
FigureSheet = tuple[str, str, Sequence[str], Sequence[str], Sequence[Sequence[Cell]]]

SHEET_NAME = "Số liệu"
NO_FIGURE = "–"
NARROWEST, WIDEST, MARGIN = 10, 60, 2


def write_figure(
    title: str,
    notes: Sequence[str],
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    sheet_name: str = SHEET_NAME,
) -> bytes:
    """Return an .xlsx with one sheet: the title, the notes below it, and the rows under headings.

    Numbers stay numbers and days stay days; None, which is not 0, is written as a dash.
    """

    return write_figure_sheets([(sheet_name, title, notes, headings, rows)])


def write_figure_sheets(sheets: Sequence[FigureSheet]) -> bytes:
    """Return an .xlsx with several such sheets, each of another name."""

    def build(workbook: Workbook, look: Look) -> None:
        dash = workbook.add_format({"align": "right"})
        for name, title, notes, headings, rows in sheets:
            sheet = workbook.add_worksheet(name)
            heading_row = write_head(sheet, look, title, notes)
            for column, heading in enumerate(headings):
                write_text(sheet, heading_row, column, heading, look.heading)
                sheet.set_column(column, column, _width([heading, *(row[column] for row in rows)]))
            for row_number, row in enumerate(rows, start=heading_row + 1):
                for column, cell in enumerate(row):
                    _write_cell(sheet, (row_number, column), cell, look, dash)
            for_print(sheet, heading_row)

    return built_workbook(build)


def _write_cell(
    sheet: Worksheet, place: tuple[int, int], cell: Cell, look: Look, dash: Format
) -> None:
    if cell is None:
        write_text(sheet, *place, NO_FIGURE, dash)
    elif isinstance(cell, str):
        write_text(sheet, *place, cell, look.text)
    elif isinstance(cell, date):
        sheet.write_datetime(*place, cell, look.date)
    else:
        sheet.write_number(*place, cell)


def _width(cells: Sequence[Cell]) -> int:
    longest = max(len(str(cell)) for cell in cells)
    return min(max(longest + MARGIN, NARROWEST), WIDEST)
