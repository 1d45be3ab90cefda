"""Planned rows as the values that are kept with an import, and back.

A kept row carries `{"fields", "read", "found"}`: what the row said, the problems of reading it, and
those of planning it. One more row, with the number 0, stands for the file itself: `{"notes",
"problems", "places", "counts"}`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

import orjson

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
_FIELDS = tuple(f.name for f in fields(RosterRow) if f.name not in {"sheet", "row_number"})
_said = attrgetter(*_FIELDS)
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


class PackedRow(NamedTuple):
    """What is kept of a planned row, `values` as JSON."""

    sheet: str
    row_number: int
    outcome: RowOutcome
    values: str
    message: str | None
    person_id: int | None


class ShownRow(NamedTuple):
    """A planned row as a page shows it."""

    row: RosterRow
    outcome: RowOutcome


class ShownPlan(NamedTuple):
    """A kept plan as a page shows it."""

    rows: Sequence[KeptRow]
    problems: Sequence[Problem]
    notes: Sequence[str]
    counts: PlanCounts

    def with_outcome(self, outcome: RowOutcome | None) -> Sequence[KeptRow]:
        """Return the rows of one outcome, all of them for None; `unpack_row` reads one."""
        return [row for row in self.rows if outcome in {None, row.outcome}]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.WARNING]


def pack_plan(plan: RosterPlan, file: RosterFile) -> list[PackedRow]:
    """Return a kept row for the file and one for each planned row."""
    read = set(file.problems)
    told = {
        "notes": plan.notes,
        "problems": [_pack_problem(problem) for problem in plan.file_problems],
        "places": file.places,
        "counts": plan.counts._asdict(),
    }
    head = PackedRow("", FILE_ROW, RowOutcome.PENDING, _as_json(told), None, None)
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
    shown: list[KeptRow] = []
    problems: list[Problem] = []
    notes: list[str] = []
    counts = dict.fromkeys(PlanCounts._fields, 0)
    for kept in rows:
        if kept.row_number == FILE_ROW:
            notes, counts = kept.values["notes"], kept.values["counts"]
            packed = kept.values["problems"]
        else:
            shown.append(kept)
            packed = [*kept.values["read"], *kept.values["found"]]
        problems += [_unpack_problem(problem) for problem in packed]
    return ShownPlan(shown, problems, notes, PlanCounts(**counts))


def unpack_row(kept: KeptRow) -> ShownRow:
    """Return a planned row that was kept."""
    return ShownRow(_unpack_row(kept), kept.outcome)


def _pack_row(plan: RowPlan, read: set[Problem]) -> PackedRow:
    row, problems = plan.row, plan.problems
    said = zip(_FIELDS, _said(row), strict=True)
    values = {
        "fields": {name: value for name, value in said if value is not None and value != ()},
        "read": [_pack_problem(problem) for problem in problems if problem in read],
        "found": [_pack_problem(problem) for problem in problems if problem not in read],
    }
    return PackedRow(
        row.sheet[:SHEET_AT_MOST],
        row.row_number,
        plan.outcome,
        _as_json(values),
        "\n".join(problem.message for problem in problems) or None,
        plan.someone.id if plan.someone else None,
    )


def _as_json(values: object) -> str:
    """Write values as JSON; days, vocabularies and tuples become texts and lists."""
    return orjson.dumps(values, default=list, option=orjson.OPT_NON_STR_KEYS).decode()


def _unpack_row(kept: KeptRow) -> RosterRow:
    values = {
        name: _READERS[name](value) if name in _READERS else value
        for name, value in kept.values["fields"].items()
    }
    values.setdefault("full_name", "")
    return RosterRow(**values, sheet=kept.sheet, row_number=kept.row_number)


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
