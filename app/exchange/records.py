"""What a roster file says, as values: its rows, its problems, its notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from app.exchange.columns import Column
from models.enums import ConsentMethod, Gender

# The sheet and the number of a row, from 1.
RowPlace = tuple[str, int]
GUIDE_SHEET = "Hướng dẫn"
LISTS_SHEET = "Danh mục"


class RosterRole(StrEnum):
    """What a listed person is in the network."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    SUPPORT = "support"


class Severity(StrEnum):
    """An error keeps the row out; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(slots=True)  # not frozen: that would make a hundred thousand of them thrice as slow
class RosterRow:
    """One person in one role, as far as one row of a list tells. Nobody changes it.

    Phones are E.164; `ward` is the five-digit code when the file gives one, else the name as
    typed; groups and languages carry the catalogue's label where it was recognised. Two rows are
    equal when they say the same, wherever they stand.

    Rows are kept as lists in this order: a new field comes last of those above `sheet`.
    """

    full_name: str
    role: RosterRole | None = None
    birth_year: int | None = None
    gender: Gender | None = None
    phone: str | None = None
    ward: str | None = None
    hamlet: str | None = None
    mentor_phone: str | None = None
    mentor_name: str | None = None
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    started_on: date | None = None
    ended_on: date | None = None
    reason: str | None = None
    capacity: int | None = None
    consent_method: ConsentMethod | None = None
    consent_on: date | None = None
    note: str | None = None
    sheet: str = field(default="", compare=False)
    row_number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of a file and what to do about it; rows count from 1."""

    sheet: str
    row: int | None
    column: str | None
    heading: str | None
    message: str
    severity: Severity

    @property
    def place(self) -> str:
        """Return the place in words: Trang “Mentor”, dòng 7, cột C (Điện thoại)."""
        words = [f"Trang “{self.sheet}”"]
        if self.row is not None:
            words.append(f"dòng {self.row}")
        if self.column is not None:
            words.append(f"cột {self.column}" + (f" ({self.heading})" if self.heading else ""))
        return ", ".join(words)


class ColumnPlace(NamedTuple):
    """Where a column of a sheet is: its letters, and its heading as typed."""

    letters: str
    label: str


def problem_in(
    row: RosterRow,
    message: str,
    *,
    severity: Severity = Severity.ERROR,
    place: ColumnPlace | None = None,
) -> Problem:
    """Return a problem that only other rows or lists can tell: of one cell, or the whole row."""
    letters, label = place or (None, None)
    return Problem(row.sheet, row.row_number, letters, label, message, severity)


@dataclass(frozen=True)
class RosterFile:
    """All that was read: every person row once, also those in error, in the order of the file.

    `places` tells by sheet where each recognised column is. `kept_sheets` (None: nothing has to be
    asked) are the cells, kept until somebody says what columns hold whose headings say nothing;
    `typed` is by row what stands in cells in error.
    """

    rows: tuple[RosterRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    places: Mapping[str, Mapping[Column, ColumnPlace]] = field(default_factory=dict)
    kept_sheets: str | None = None
    typed: Mapping[RowPlace, Mapping[Column, str]] = field(default_factory=dict)

    def place_of(self, row: RosterRow, *columns: Column) -> ColumnPlace | None:
        """Return the first of these columns that the row's sheet has."""
        places = self.places.get(row.sheet, {})
        return next((places[column] for column in columns if column in places), None)

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @cached_property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity is Severity.WARNING)

    @cached_property
    def good_rows(self) -> tuple[RosterRow, ...]:
        """The rows without an error of their own."""
        bad = {(problem.sheet, problem.row) for problem in self.errors}
        return tuple(row for row in self.rows if (row.sheet, row.row_number) not in bad)
