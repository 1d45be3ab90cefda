"""Targets as a sheet: the workbook that goes out, and the lines of the one that comes back."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.exchange.cells import cell_text
from app.exchange.errors import NoTargetsFoundError, WorkbookTooLargeError
from app.exchange.labels import label_key
from app.exchange.records import LISTS_SHEET
from app.exchange.workbook import Cell, Sheet, read_workbook
from app.exchange.writing import Look, built_workbook, for_print, write_head, write_text

SHEET_NAME = "Chỉ tiêu"
WHOLE_PROVINCE = "Toàn tỉnh"
HEADINGS = ("Địa bàn", "Nội dung", "Hạn", "Chỉ tiêu", "Áp dụng từ ngày", "Nguồn")
_WIDTHS = (32, 52, 12, 12, 16, 48)
_KEYS = tuple(map(label_key, HEADINGS))
_CODE = re.compile(r"(\d{5})\b")
_DAYS = (2, 4)
ROWS_TO_FILL, MOST_LINES, ROWS_LOOKED_AT = 2_000, 2_000, 30


class TargetLine(NamedTuple):
    """What one row of the sheet says, as people see it; `ward` is the code where there is one."""

    row_number: int
    ward: str
    indicator: str
    due_on: str
    value: str
    valid_from: str
    source: str


# A target as it goes out: where, what, by when, how much, in force from, by which paper.
TargetCells = tuple[str, str, date, int, date, str]


def write_targets(
    rows: Sequence[TargetCells],
    *,
    wards: Sequence[str],
    indicators: Sequence[str],
    title: str,
    notes: Sequence[str],
) -> bytes:
    """Return the targets as a workbook that `read_target_lines` reads back as the same lines.

    Without rows it is the template to fill in. `wards` («23575 – phường …») and `indicators` are
    offered as drop-downs.
    """

    def build(workbook: Workbook, look: Look) -> None:
        sheet = workbook.add_worksheet(SHEET_NAME)
        lists = workbook.add_worksheet(LISTS_SHEET)
        top = write_head(sheet, look, title, notes)
        for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            write_text(sheet, top, column, heading, look.heading)
            sheet.set_column(column, column, width, look.date if column in _DAYS else None)
        for place, row in enumerate(rows, start=top + 1):
            _write_row(sheet, look, place, row)
        choices = ([WHOLE_PROVINCE, *wards], indicators)
        for column, offered in enumerate(choices):
            _offer(sheet, lists, column, offered, top, look)
        for_print(sheet, top)
        sheet.activate()

    return built_workbook(build)


def read_target_lines(content: bytes) -> list[TargetLine]:
    """Return the filled rows of a workbook or text table; raises `ExchangeError` alone."""
    found = next(filter(None, map(_find_table, read_workbook(content))), None)
    if found is None:
        raise NoTargetsFoundError
    sheet, top, places = found
    lines = list(_lines(sheet, top, places))
    if len(lines) > MOST_LINES:
        raise WorkbookTooLargeError
    return lines


def _find_table(sheet: Sheet) -> tuple[Sheet, int, list[int]] | None:
    """Return the sheet, its row of headings and the column of each, in whatever order."""
    for number, row in enumerate(sheet.rows[:ROWS_LOOKED_AT]):
        keys = [label_key(cell_text(cell)) if isinstance(cell, str) else "" for cell in row]
        if set(_KEYS) <= set(keys):
            return sheet, number, [keys.index(key) for key in _KEYS]
    return None


def _lines(sheet: Sheet, top: int, places: Sequence[int]) -> Iterator[TargetLine]:
    for number, row in enumerate(sheet.rows[top + 1 :], start=top + 2):
        ward, *others = (_text(row[place]) for place in places)
        if ward or any(others):
            yield TargetLine(number, _ward(ward), *others)


def _text(cell: Cell) -> str:
    return "" if cell == "" else cell_text(cell)


def _ward(text: str) -> str:
    code = _CODE.match(text)
    return code[1] if code else text


def _write_row(sheet: Worksheet, look: Look, place: int, row: TargetCells) -> None:
    for column, value in enumerate(row):
        if isinstance(value, date):
            sheet.write_datetime(place, column, value, look.date)
        elif isinstance(value, int):
            sheet.write_number(place, column, value)
        else:
            write_text(sheet, place, column, str(value), look.text)


def _offer(  # noqa: PLR0913, PLR0917  # a list, where it is kept and where it is offered
    sheet: Worksheet, lists: Worksheet, column: int, offered: Sequence[str], top: int, look: Look
) -> None:
    write_text(lists, 0, column, HEADINGS[column], look.heading)
    lists.set_column(column, column, _WIDTHS[column])
    for row, text in enumerate(offered, start=1):
        write_text(lists, row, column, text)
    source = f"='{LISTS_SHEET}'!" + xl_range_abs(1, column, len(offered), column)
    rule = {"validate": "list", "source": source, "show_error": False}
    sheet.data_validation(top + 1, column, top + ROWS_TO_FILL, column, rule)
