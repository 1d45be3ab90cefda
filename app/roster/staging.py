"""Planned rows as the JSON that is kept with an import, and back.

The first part tells of the file itself: `{"notes", "problems", "places", "counts"}`. Every other
one is a list of up to `ROWS_IN_A_PART` rows, each as the values of a `KeptRow`.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

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

ROWS_IN_A_PART = 1_000
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


class KeptRow(NamedTuple):
    """A row of the file and what became of it.

    `said` has the fields of a RosterRow in their order, `read` the problems of reading the row and
    `found` those of planning it, each as the values of a Problem.
    """

    sheet: str
    row_number: int
    outcome: str
    person_id: int | None
    said: Sequence[Any]
    read: Sequence[Sequence[Any]]
    found: Sequence[Sequence[Any]]


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


def pack_plan(plan: RosterPlan, file: RosterFile) -> list[str]:
    """Return the parts that are kept: that of the file, and those of its planned rows."""
    read = set(file.problems)
    told = {
        "notes": plan.notes,
        "problems": [_pack_problem(problem) for problem in plan.file_problems],
        "places": file.places,
        "counts": plan.counts._asdict(),
    }
    starts = range(0, len(plan.rows), ROWS_IN_A_PART)
    parts = (plan.rows[start : start + ROWS_IN_A_PART] for start in starts)
    return [_as_json(told), *(_as_json([_pack_row(row, read) for row in rows]) for rows in parts)]


def unpack_file(parts: Sequence[str]) -> RosterFile:
    """Return what was read from the file, to be planned anew, without rows that repeat others."""
    told = _told_of_file(parts)
    persons: list[RosterRow] = []
    packed = list(told["problems"])
    for kept in kept_rows(parts):
        row = _unpack_row(kept)
        if row.full_name or kept.outcome != RowOutcome.DUPLICATE:
            persons.append(row)
        packed += kept.read
    problems = tuple(map(_unpack_problem, packed))
    return RosterFile(
        tuple(persons), problems, tuple(told["notes"]), _unpack_places(told["places"])
    )


def unpack_plan(parts: Sequence[str]) -> ShownPlan:
    """Return the plan that was kept."""
    told = _told_of_file(parts)
    rows = list(kept_rows(parts))
    packed = list(told["problems"])
    for kept in rows:
        packed += (*kept.read, *kept.found)
    problems = list(map(_unpack_problem, packed))
    return ShownPlan(rows, problems, told["notes"], PlanCounts(**told["counts"]))


def unpack_row(kept: KeptRow) -> ShownRow:
    """Return a planned row that was kept."""
    return ShownRow(_unpack_row(kept), RowOutcome(kept.outcome))


def kept_rows(parts: Iterable[str]) -> Iterator[KeptRow]:
    """Yield the rows of all parts, in the order of the file."""
    for part in parts:
        rows = orjson.loads(part)
        if isinstance(rows, list):
            yield from map(KeptRow._make, rows)


def without_people(part: str, person_ids: Set[int]) -> str | None:
    """Return a part that no longer names any of these people, None if it names none of them."""
    rows = list(kept_rows([part]))
    if not any(row.person_id in person_ids for row in rows):
        return None
    return _as_json(
        [row._replace(person_id=None) if row.person_id in person_ids else row for row in rows]
    )


def _told_of_file(parts: Sequence[str]) -> dict[str, Any]:
    """Return what the first part tells; of a file of which nothing is kept, that it was empty."""
    if parts:
        told: dict[str, Any] = orjson.loads(parts[0])
        return told
    return {
        "notes": [],
        "problems": [],
        "places": {},
        "counts": dict.fromkeys(PlanCounts._fields, 0),
    }


def _pack_row(plan: RowPlan, read: Set[Problem]) -> tuple[Any, ...]:
    row, problems, someone = plan.row, plan.problems, plan.someone
    return (
        row.sheet,
        row.row_number,
        plan.outcome,
        None if someone is None else someone.id,
        _said(row),
        [_pack_problem(problem) for problem in problems if problem in read],
        [_pack_problem(problem) for problem in problems if problem not in read],
    )


def _as_json(values: object) -> str:
    """Write values as JSON; days, vocabularies and tuples become texts and lists."""
    return orjson.dumps(values, default=list, option=orjson.OPT_NON_STR_KEYS).decode()


def _unpack_row(kept: KeptRow) -> RosterRow:
    # A field that a row was kept without has its default.
    said = zip(_FIELDS, kept.said, strict=False)
    values = {
        name: _READERS[name](value) if name in _READERS else value
        for name, value in said
        if value is not None
    }
    return RosterRow(**values, sheet=kept.sheet, row_number=kept.row_number)


def _pack_problem(problem: Problem) -> list[Any]:
    return [
        problem.sheet,
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


def _unpack_problem(packed: Sequence[Any]) -> Problem:
    sheet, row, column, heading, message, severity = packed
    return Problem(sheet, row, column, heading, message, Severity(severity))
