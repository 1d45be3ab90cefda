"""Planned rows as the JSON that is kept with an import, and back.

The first part tells of the file itself: `{"notes", "problems", "places", "counts"}`. Every other
one is a list of up to `ROWS_IN_A_PART` rows, each as the values of a `KeptRow`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import fields
from datetime import date
from itertools import starmap
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
    RowPlace,
    Severity,
)
from app.roster.changes import FieldChange
from app.roster.doubles import person_id_of
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
    `found` those of planning it, each as the values of a Problem. `typed` is what stands in cells
    in error, by column. Of a row that was read otherwise than it stands in the file, `base` has
    the fields as they stand there, and `found` has all the problems that count. `changes` has what
    the row says otherwise of somebody known, each as the values of a FieldChange; `candidates`
    names the people whom it may be about as well, as `app/roster/doubles.py` does.
    """

    sheet: str
    row_number: int
    outcome: str
    person_id: int | None
    said: Sequence[Any]
    read: Sequence[Sequence[Any]]
    found: Sequence[Sequence[Any]]
    typed: Mapping[str, str] | None = None
    base: Sequence[Any] | None = None
    changes: Sequence[Sequence[Any]] | None = None
    candidates: Sequence[str] | None = None

    @property
    def problems(self) -> list[Sequence[Any]]:
        """Return the problems that count."""
        return [*self.found] if self.base is not None else [*self.read, *self.found]


class ShownRow(NamedTuple):
    """A planned row as a page shows it."""

    row: RosterRow
    outcome: RowOutcome
    changes: Sequence[FieldChange]
    is_doubted: bool


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
    def changed(self) -> Sequence[KeptRow]:
        """Return the rows that say something else of people who are known already."""
        return [row for row in self.rows if row.changes]

    @property
    def doubted(self) -> Sequence[KeptRow]:
        """Return the rows that may be about somebody else than they are taken for."""
        return [row for row in self.rows if row.candidates]

    @property
    def unchanged(self) -> int:
        """How many rows say nothing but what is recorded."""
        return len([row for row in self.with_outcome(RowOutcome.UNCHANGED) if not row.changes])

    @property
    def updated(self) -> int:
        """How many rows change something recorded."""
        return sum(
            any(FieldChange(*change).is_taken for change in row.changes or ())
            for row in self.changed
        )

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.WARNING]


def pack_plan(plan: RosterPlan, file: RosterFile) -> list[str]:
    """Return the parts that are kept: that of the file, and those of its planned rows.

    `file` is as it was read. Rows of the plan that are not its own were read anew.
    """
    read: dict[RowPlace, list[Problem]] = defaultdict(list)
    for problem in file.problems:
        read[problem.sheet, problem.row or 0].append(problem)
    told = {
        "notes": plan.notes,
        "problems": [_pack_problem(problem) for problem in plan.file_problems],
        "places": file.places,
        "counts": plan.counts._asdict(),
    }
    packed = [
        _pack_row(row, base, file, read)
        for row, base in zip(plan.rows, _bases(plan, file), strict=True)
    ]
    starts = range(0, len(packed), ROWS_IN_A_PART)
    parts = (packed[start : start + ROWS_IN_A_PART] for start in starts)
    return [_as_json(told), *map(_as_json, parts)]


def unpack_file(parts: Sequence[str]) -> RosterFile:
    """Return what was read from the file, to be planned anew, without rows that repeat others."""
    told = _told_of_file(parts)
    persons: list[RosterRow] = []
    packed = list(told["problems"])
    typed: dict[RowPlace, dict[Column, str]] = {}
    for kept in kept_rows(parts):
        row = _unpack_row(kept, kept.said if kept.base is None else kept.base)
        if row.full_name or kept.outcome != RowOutcome.DUPLICATE:
            persons.append(row)
        packed += kept.read
        if kept.typed is not None:
            texts = {Column(name): text for name, text in kept.typed.items()}
            typed[kept.sheet, kept.row_number] = texts
    return RosterFile(
        tuple(persons),
        tuple(map(_unpack_problem, packed)),
        tuple(told["notes"]),
        _unpack_places(told["places"]),
        typed=typed,
    )


def unpack_plan(parts: Sequence[str]) -> ShownPlan:
    """Return the plan that was kept."""
    told = _told_of_file(parts)
    rows = list(kept_rows(parts))
    packed = list(told["problems"])
    for kept in rows:
        packed += kept.problems
    problems = list(map(_unpack_problem, packed))
    return ShownPlan(rows, problems, told["notes"], PlanCounts(**told["counts"]))


def counts_of(first_part: str | None) -> PlanCounts:
    """Return the figures of a kept plan."""
    return PlanCounts(**_told_of_file([] if first_part is None else [first_part])["counts"])


def unpack_row(kept: KeptRow) -> ShownRow:
    """Return a planned row that was kept."""
    return ShownRow(
        _unpack_row(kept, kept.said),
        RowOutcome(kept.outcome),
        list(starmap(FieldChange, kept.changes or ())),
        bool(kept.candidates),
    )


def problems_of(kept: KeptRow) -> list[Problem]:
    """Return the problems of a kept row that count."""
    return list(map(_unpack_problem, kept.problems))


def kept_rows(parts: Iterable[str]) -> Iterator[KeptRow]:
    """Yield the rows of all parts, in the order of the file."""
    for part in parts:
        rows = orjson.loads(part)
        if isinstance(rows, list):
            yield from starmap(KeptRow, rows)


def without_people(part: str, person_ids: Set[int]) -> str | None:
    """Return a part that no longer names any of these people, None if it names none of them."""
    rows = list(kept_rows([part]))
    left = [_without(row, person_ids) for row in rows]
    return None if left == rows else _as_json(left)


def _without(row: KeptRow, person_ids: Set[int]) -> KeptRow:
    if row.person_id in person_ids:
        row = row._replace(person_id=None)
    if row.candidates is None:
        return row
    left = [one for one in row.candidates if person_id_of(one) not in person_ids]
    return row._replace(candidates=left or None)


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


def _bases(plan: RosterPlan, file: RosterFile) -> Sequence[RosterRow]:
    """Return by row of the plan what stands in the file; one that repeats another is its own."""
    if len(plan.rows) == len(file.rows):
        return file.rows  # planned in their order
    own = {(row.sheet, row.row_number): row for row in file.rows}
    rows = (planned.row for planned in plan.rows)
    return [own.get((row.sheet, row.row_number), row) for row in rows]


def _pack_row(
    plan: RowPlan, base: RosterRow, file: RosterFile, read: Mapping[RowPlace, Sequence[Problem]]
) -> tuple[Any, ...]:
    row, problems, someone = plan.row, plan.problems, plan.someone
    told = row.sheet, row.row_number, plan.outcome, None if someone is None else someone.id
    is_own = base is row
    if is_own and not problems and not plan.candidates:
        plain = (*told, _said(row), (), ())
        return (*plain, None, None, plan.changes) if plan.changes else plain
    place = row.sheet, row.row_number
    of_reading = read.get(place, ())
    return (
        *told,
        _said(row),
        [_pack_problem(problem) for problem in of_reading],
        [_pack_problem(p) for p in problems if not (is_own and p in of_reading)],
        file.typed.get(place),
        None if is_own else _said(base),
        plan.changes or None,
        plan.candidates or None,
    )


def _as_json(values: object) -> str:
    """Write values as JSON; days, vocabularies and tuples become texts and lists."""
    return orjson.dumps(values, default=list, option=orjson.OPT_NON_STR_KEYS).decode()


def _unpack_row(kept: KeptRow, said_then: Sequence[Any]) -> RosterRow:
    # A field that a row was kept without has its default.
    said = zip(_FIELDS, said_then, strict=False)
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
