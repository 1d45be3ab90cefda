"""Workbook bytes → sheets of plain cells."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TypeAlias

import python_calamine

from app.exchange.container import (
    WorkbookLimits,
    check_extent,
    check_size,
    harmless_copy,
    is_workbook,
)
from app.exchange.errors import (
    DamagedWorkbookError,
    EncryptedWorkbookError,
    WorkbookTooLargeError,
)
from app.exchange.text_table import SHEET_NAME, read_text_table
from models.names import normalise_name

__all__ = ["Cell", "Sheet", "WorkbookLimits", "read_workbook"]

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
CellRange: TypeAlias = tuple[tuple[int, int], tuple[int, int]]

DEFAULT_LIMITS = WorkbookLimits()


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[0][0]` is cell A1, an empty cell is "", all rows are equally long.

    `merged` holds first and last cell (row, column from 0) of each range of merged cells.
    """

    name: str
    rows: list[list[Cell]]
    merged: tuple[CellRange, ...] = ()
    is_hidden: bool = False

    @cached_property
    def columns(self) -> list[tuple[Cell, ...]]:
        """The cells of each column, from top to bottom."""
        return list(zip(*self.rows, strict=True))

    @cached_property
    def values_by_column(self) -> list[frozenset[Cell]]:
        """The different values of each column; of those that are equal (1, 1.0 and True) one."""
        return list(map(frozenset, self.columns))

    @cached_property
    def values(self) -> frozenset[Cell]:
        """The different values of the cells; of those that are equal (1, 1.0 and True) one."""
        return frozenset().union(*self.values_by_column)

    @cached_property
    def texts(self) -> frozenset[str]:
        """The different texts of the cells."""
        return frozenset(cell for cell in self.values if isinstance(cell, str))

    @cached_property
    def has_truth_values(self) -> bool:
        """Say whether a cell holds True or False."""
        may_hold = not self.values.isdisjoint((True, False))
        return may_hold and any(bool in map(type, column) for column in self.columns)

    @cached_property
    def has_blank_texts(self) -> bool:
        """Say whether a cell may hold a text in which nobody sees anything."""
        doubtful = (text for text in self.texts if text.isspace() or not text.isprintable())
        return not all(any(map(str.isalnum, text)) for text in doubtful)


def read_workbook(content: bytes, *, limits: WorkbookLimits = DEFAULT_LIMITS) -> list[Sheet]:
    """Return the sheets of an .xlsx, .xls, .ods or .csv file. Raises ExchangeError alone."""
    if not is_workbook(content):
        return [_text_sheet(content, limits)]
    copy = harmless_copy(content, limits)
    with _parser_errors_mapped():
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(copy))
        tables = [
            sheet
            for sheet in workbook.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        if len(tables) > limits.sheets:
            raise WorkbookTooLargeError
        sheets: list[Sheet] = []
        cells = 0
        for table in tables:
            sheet = workbook.get_sheet_by_name(table.name)
            last_row, last_column = sheet.end or (-1, -1)
            check_extent(last_row + 1, last_column + 1, limits)
            cells += (last_row + 1) * (last_column + 1)
            if cells > limits.cells:
                raise WorkbookTooLargeError
            sheets.append(_plain(sheet, table))
        return sheets


def _text_sheet(content: bytes, limits: WorkbookLimits) -> Sheet:
    check_size(content, limits)
    rows: list[list[Cell]] = [[*row] for row in read_text_table(content)]
    check_extent(len(rows), len(rows[0]), limits)
    return Sheet(SHEET_NAME, rows)


def _plain(sheet: python_calamine.CalamineSheet, table: python_calamine.SheetMetadata) -> Sheet:
    return Sheet(
        name=normalise_name(table.name),
        rows=sheet.to_python(skip_empty_area=False),
        merged=tuple(sheet.merged_cell_ranges or ()),
        is_hidden=table.visible != python_calamine.SheetVisibleEnum.Visible,
    )


@contextmanager
def _parser_errors_mapped() -> Iterator[None]:
    try:
        yield
    except python_calamine.PasswordError as error:
        raise EncryptedWorkbookError from error
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise DamagedWorkbookError from error
    except BaseException as error:
        # A panic of the parser (written in Rust) comes as a BaseException of a hidden class.
        if type(error).__name__ == "PanicException":
            raise DamagedWorkbookError from error
        raise
