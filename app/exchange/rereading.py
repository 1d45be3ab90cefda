"""Rows read again, with texts that somebody put right.

What a row says is written as it would stand in a file, and read by the reader of files; so
nothing that is typed on a page is understood otherwise than in a workbook.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from app.exchange.body import PersonRow
from app.exchange.columns import Column
from app.exchange.extent import column_index
from app.exchange.records import ColumnPlace, Problem, RosterRow
from app.exchange.roster_workbook import HEADINGS, TEXTS
from app.exchange.row_reader import PARTS, Lists, OneRow, Part, RowReader
from app.exchange.tables import Heading, Table
from app.exchange.workbook import Sheet

# Columns that the sheet has not stand behind every real one.
_BEYOND = 100_000


class Rereader:
    """Reads rows of one sheet again. `places` tells where each of its columns is."""

    def __init__(
        self,
        sheet: str,
        places: Mapping[Column, ColumnPlace],
        lists: Lists,
        columns: frozenset[Column],
    ) -> None:
        self.columns = columns
        self._parts = [part for part in PARTS if columns.intersection(part.columns)]
        wanted = dict.fromkeys(chain.from_iterable(part.columns for part in self._parts))
        self._indexes = {
            column: column_index(places[column].letters) if column in places else _BEYOND + number
            for number, column in enumerate(wanted)
            if column in TEXTS
        }
        headings = tuple(
            Heading(index, label_of(column, places), column)
            for column, index in self._indexes.items()
        )
        self._table = Table(Sheet(sheet, []), "", 0, 0, 0, headings)
        self._lists = lists

    def read(self, row: RosterRow, texts: Mapping[Column, str]) -> tuple[RosterRow, list[Problem]]:
        """Return the row with what `texts` says of these columns, and what is wrong there.

        A column of the same parts that `texts` does not have says what the row says.
        """
        reader = RowReader(self._table, self._lists, row.role)
        cells = {
            index: texts[column] if column in texts else text_of(row, column)
            for column, index in self._indexes.items()
        }
        one = OneRow(reader, PersonRow(row.row_number - 1, None), cells)
        said = {name: getattr(row, name) for name in row.__slots__}
        for part in self._parts:
            said |= _said(part, one)
        return RosterRow(**said), [_in_reach(problem) for problem in one.problems]


def text_of(row: RosterRow, column: Column) -> str:
    """Return what a row says of a column, as it would be typed; empty where it says nothing."""
    return TEXTS[column](row)


def _said(part: Part, one: OneRow) -> dict[str, Any]:
    return {name: value for name, [value] in part.by_field([part.read(one)]).items()}


def label_of(column: Column, places: Mapping[Column, ColumnPlace]) -> str:
    """Return the heading of a column: as typed where the sheet has it, else the usual one."""
    return places[column].label if column in places else HEADINGS[column]


def _in_reach(problem: Problem) -> Problem:
    """Leave the letters away of a column that the sheet has not."""
    if problem.column is None or column_index(problem.column) < _BEYOND:
        return problem
    return replace(problem, column=None)
