"""What stands in the cells of a list that are in error, to be put right by hand."""

from collections import defaultdict
from collections.abc import Iterable

from app.exchange.cells import cell_text
from app.exchange.columns import Column
from app.exchange.extent import column_letters
from app.exchange.records import Problem, RowPlace, Severity
from app.exchange.tables import Table
from app.exchange.workbook import Cell
from app.never_stored import hide_identity_numbers, hide_secrets

_TEXT_AT_MOST = 200


def typed_in_error(table: Table, problems: Iterable[Problem]) -> dict[RowPlace, dict[Column, str]]:
    """Return by row what stands in the cells that are in error, without what is never stored."""
    by_letters = {column_letters(heading.index): heading for heading in table.headings}
    typed: defaultdict[RowPlace, dict[Column, str]] = defaultdict(dict)
    for problem in problems:
        heading = by_letters.get(problem.column or "")
        if problem.severity is not Severity.ERROR or problem.row is None:
            continue
        if heading is not None and heading.column is not None:
            cell = table.sheet.rows[problem.row - 1][heading.index]
            typed[problem.sheet, problem.row][heading.column] = _shown(cell)
    return dict(typed)


def _shown(cell: Cell) -> str:
    text = "" if cell == "" else cell_text(cell)
    return hide_secrets(hide_identity_numbers(text))[:_TEXT_AT_MOST]
