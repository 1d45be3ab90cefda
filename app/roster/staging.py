"""Planned rows as the values that are kept with an import, and back.

A kept row carries `{"fields", "read", "found"}`: what the row said, the problems of reading it, and
those of planning it. One more row, with the number 0, stands for the file itself: `{"notes",
"problems", "places", "counts"}`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, NamedTuple, Protocol

from app.exchange.columns import Column
from app.exchange.records import (
    ColumnPlace,
    Problem,
    RosterFile,
    RosterRole,
    RosterRow,
    Severity,
)
from app.roster.plan import PlanCounts, RosterPlan, RowPlan
from models.enums import ConsentMethod, Gender, RowOutcome

FILE_ROW = 0
SHEET_AT_MOST = 120
_PLACE = frozenset({"sheet", "row_number"})
_READERS: dict[str, Any] = {
    "role": RosterRole,
    "gender": Gender,
    "consent_method": ConsentMethod,
    "started_on": date.fromisoformat,
    "ended_on": date.fromisoformat,
    "consent_on": date.fromisoformat,
    "groups": tuple,
    "languages": tuple,
}


class KeptRow(Protocol):
    """A row of an import as the database has it."""

    @property
    def sheet(self) -> str: ...
    @property
    def row_number(self) -> int: ...
    @property
    def outcome(self) -> RowOutcome: ...
    @property
    def values(self) -> dict[str, Any]: ...


class ShownRow(NamedTuple):
    """A planned row as a page shows it."""

    row: RosterRow
    outcome: RowOutcome


class ShownPlan(NamedTuple):
    """A kept plan as a page shows it."""

    rows: Sequence[ShownRow]
    problems: Sequence[Problem]
    notes: Sequence[str]
    counts: PlanCounts

    def with_outcome(self, outcome: RowOutcome | None) -> Sequence[ShownRow]:
        """Return the rows of one outcome, all of them for None."""
        return [row for row in self.rows if outcome in {None, row.outcome}]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.WARNING]


def pack_plan(plan: RosterPlan, file: RosterFile) -> list[dict[str, Any]]:
    """Return a kept row for the file and one for each planned row, without ids."""
    read = set(file.problems)
    head = {
        "sheet": "",
        "row_number": FILE_ROW,
        "outcome": RowOutcome.PENDING,
        "values": {
            "notes": list(plan.notes),
            "problems": [_pack_problem(problem) for problem in plan.file_problems],
            "places": file.places,
            "counts": plan.counts._asdict(),
        },
        "message": None,
        "person_id": None,
    }
    return [head, *(_pack_row(row_plan, read) for row_plan in plan.rows)]


def unpack_file(rows: Iterable[KeptRow]) -> RosterFile:
    """Return what was read from the file, to be planned anew, without rows that repeat others."""
    persons: list[RosterRow] = []
    problems: list[Problem] = []
    notes: tuple[str, ...] = ()
    places: dict[str, dict[Column, ColumnPlace]] = {}
    for kept in rows:
        if kept.row_number == FILE_ROW:
            notes = tuple(kept.values["notes"])
            places = _unpack_places(kept.values["places"])
            problems += [_unpack_problem(one) for one in kept.values["problems"]]
            continue
        row = _unpack_row(kept)
        if row.full_name or kept.outcome is not RowOutcome.DUPLICATE:
            persons.append(row)
        problems += [_unpack_problem(problem) for problem in kept.values["read"]]
    return RosterFile(tuple(persons), tuple(problems), notes, places)


def unpack_plan(rows: Iterable[KeptRow]) -> ShownPlan:
    """Return the plan that was kept."""
    shown: list[ShownRow] = []
    problems: list[Problem] = []
    notes: list[str] = []
    counts = dict.fromkeys(PlanCounts._fields, 0)
    for kept in rows:
        if kept.row_number == FILE_ROW:
            notes, counts = kept.values["notes"], kept.values["counts"]
            packed = kept.values["problems"]
        else:
            shown.append(ShownRow(_unpack_row(kept), kept.outcome))
            packed = [*kept.values["read"], *kept.values["found"]]
        problems += [_unpack_problem(problem) for problem in packed]
    return ShownPlan(shown, problems, notes, PlanCounts(**counts))


def _pack_row(plan: RowPlan, read: set[Problem]) -> dict[str, Any]:
    row = plan.row
    return {
        "sheet": row.sheet[:SHEET_AT_MOST],
        "row_number": row.row_number,
        "outcome": plan.outcome,
        "values": {
            "fields": {
                field.name: _plain(value)
                for field in fields(row)
                if field.name not in _PLACE
                and (value := getattr(row, field.name)) not in {None, ()}
            },
            "read": [_pack_problem(problem) for problem in plan.problems if problem in read],
            "found": [_pack_problem(problem) for problem in plan.problems if problem not in read],
        },
        "message": "\n".join(problem.message for problem in plan.problems) or None,
        "person_id": plan.someone.id if plan.someone else None,
    }


def _unpack_row(kept: KeptRow) -> RosterRow:
    values = {
        name: _READERS[name](value) if name in _READERS else value
        for name, value in kept.values["fields"].items()
    }
    values.setdefault("full_name", "")
    return RosterRow(**values, sheet=kept.sheet, row_number=kept.row_number)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _pack_problem(problem: Problem) -> list[Any]:
    return [
        problem.sheet[:SHEET_AT_MOST],
        problem.row,
        problem.column,
        problem.heading,
        problem.message,
        problem.severity,
    ]


def _unpack_places(
    packed: dict[str, dict[str, list[str]]],
) -> dict[str, dict[Column, ColumnPlace]]:
    return {
        sheet: {Column(column): ColumnPlace(*place) for column, place in columns.items()}
        for sheet, columns in packed.items()
    }


def _unpack_problem(packed: list[Any]) -> Problem:
    sheet, row, column, heading, message, severity = packed
    return Problem(sheet, row, column, heading, message, Severity(severity))
