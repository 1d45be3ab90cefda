"""What every workbook that goes out has in common: plain text cells, dates and the look."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

DATE_FORMAT = "dd/mm/yyyy"
_TEXT_AT_MOST = 32_767
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "remove_timezone": True,
}


@dataclass(frozen=True)
class Look:
    """The formats that the sheets of one workbook share."""

    title: Format
    note: Format
    heading: Format
    text: Format
    wrapped: Format
    date: Format


def built_workbook(build: Callable[[Workbook, Look], None]) -> bytes:
    """Return the .xlsx that `build` fills."""
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, _OPTIONS)
    look = Look(
        title=workbook.add_format({"bold": True, "font_size": 14}),
        note=workbook.add_format({"italic": True, "font_color": "#444444"}),
        heading=workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#DCE6F1"}
        ),
        text=workbook.add_format({"num_format": "@"}),
        wrapped=workbook.add_format({"text_wrap": True, "valign": "top"}),
        date=workbook.add_format({"num_format": DATE_FORMAT, "align": "left"}),
    )
    build(workbook, look)
    workbook.close()
    return content.getvalue()


def write_text(
    sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None
) -> None:
    """Write a string as a string, also one that begins with = + - @."""
    sheet.write_string(row, column, text[:_TEXT_AT_MOST], style)


def write_head(sheet: Worksheet, look: Look, title: str, notes: Sequence[str]) -> int:
    """Write the title and the lines below it; return the row for the headings."""
    write_text(sheet, 0, 0, title, look.title)
    for row, note in enumerate(notes, start=1):
        write_text(sheet, row, 0, note, look.note)
    return len(notes) + 2


def for_print(sheet: Worksheet, heading_row: int) -> None:
    """Landscape A4 as wide as the page, the headings on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row)
    sheet.freeze_panes(heading_row + 1, 0)
