"""A row of a preview as it is put right: what stands in each column, and what is wrong there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.exchange.columns import Column
from app.exchange.records import RosterFile, RowPlace, Severity
from app.exchange.rereading import label_of, text_of
from app.exchange.roster_workbook import TEXTS
from app.roster.decisions import Decisions
from app.roster.staging import kept_rows, problems_of, unpack_file, unpack_row
from models.enums import RowOutcome


class RowToCorrect(NamedTuple):
    """A row, by sheet and number. `errors` are by column, `others` those of no single one."""

    place: RowPlace
    outcome: RowOutcome
    texts: Mapping[Column, str]
    errors: Mapping[Column, Sequence[str]]
    others: Sequence[str]


def row_to_correct(
    parts: Sequence[str], decisions: Decisions, place: RowPlace
) -> RowToCorrect | None:
    """Return a row of a kept preview; None where the file has no such row, or only its repeat."""
    kept = next((row for row in kept_rows(parts) if (row.sheet, row.row_number) == place), None)
    if kept is None or kept.outcome == RowOutcome.DUPLICATE:
        return None
    row, outcome, *_ = unpack_row(kept)
    file = unpack_file(parts[:1])
    typed = decisions.texts.get(place) or {
        Column(name): text for name, text in (kept.typed or {}).items()
    }
    texts = {column: typed.get(column) or text_of(row, column) for column in TEXTS}
    by_heading = {label_of(column, file.places.get(row.sheet, {})): column for column in TEXTS}
    errors: defaultdict[Column, list[str]] = defaultdict(list)
    others: list[str] = []
    for problem in problems_of(kept):
        column = _column_of(file, place, problem.column) or by_heading.get(problem.heading or "")
        if problem.severity is not Severity.ERROR:
            continue
        (others if column is None else errors[column]).append(problem.message)
    return RowToCorrect(place, outcome, texts, errors, others)


def _column_of(file: RosterFile, place: RowPlace, letters: str | None) -> Column | None:
    places = file.places.get(place[0], {})
    found = (column for column in TEXTS if column in places and places[column].letters == letters)
    return next(found, None)


def sheet_names(parts: Sequence[str]) -> list[str]:
    """Return the sheets of a preview with persons, in their order: an address counts them."""
    return list(dict.fromkeys(row.sheet for row in kept_rows(parts)))
