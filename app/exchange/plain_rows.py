"""The rows of a table read column by column: what a cell says is worked out once.

Most cells of a long list say what another said before: a ward, a day, a role. A row with any
problem is left to the reader of single rows, which tells what is wrong with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields
from itertools import compress, count, repeat
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

from app.exchange.body import PersonRow
from app.exchange.records import Problem, RosterRow
from app.exchange.remembered import Remembered
from app.exchange.row_reader import PARTS, OneRow, Part, RowReader

# All in a row on which a part depends: a cell, or a tuple of the section's role and of cells.
Seen: TypeAlias = Any

_NOTHING = {
    field.name: None if field.default is MISSING else field.default for field in fields(RosterRow)
}


def read_rows(
    reader: RowReader, persons: Sequence[PersonRow]
) -> tuple[list[RosterRow], list[Problem]]:
    """Return what `reader` says of each person: their rows, and the problems of all of them."""
    numbers = [person.row_index for person in persons]
    columns: dict[str, Iterable[Any]] = {
        "sheet": repeat(reader.table.sheet.name, len(persons)),
        "row_number": [number + 1 for number in numbers],
    }
    doubtful: set[int] = set()
    for part in PARTS if persons else ():
        if part.depends_on_section or reader.indexes_of(part):
            read = _PartReader(reader, part)
            columns |= read.by_field(read.seen(persons, numbers), doubtful)
    if reader.table.sheet.has_truth_values:
        doubtful.update(range(len(persons)))  # True and 1 are the same to a dictionary
    rows = list(map(RosterRow, *(columns.get(name, repeat(_NOTHING[name])) for name in _NOTHING)))
    problems: list[Problem] = []
    for place in sorted(doubtful):
        rows[place], found = reader.read(persons[place])
        problems.extend(found)
    return rows, problems


class _PartReader:
    """Reads one part of all rows; where it sees the same again it knows what that says."""

    def __init__(self, reader: RowReader, part: Part) -> None:
        self.reader = reader
        self.part = part
        self.indexes = reader.indexes_of(part)
        self.sees_role = part.depends_on_section
        self.sees_one_cell = len(self.indexes) == 1 and not self.sees_role
        self.unclear: set[Seen] = set()

    def seen(self, persons: Sequence[PersonRow], numbers: Sequence[int]) -> Sequence[Seen]:
        """Return what is seen in the rows with these numbers, one at least, from 0."""
        columns = self.reader.table.sheet.columns
        is_run = numbers[-1] - numbers[0] == len(numbers) - 1
        take = itemgetter(slice(numbers[0], numbers[-1] + 1)) if is_run else itemgetter(*numbers)
        cells = [take(columns[index]) for index in self.indexes]
        if self.sees_role:
            return list(zip(map(attrgetter("role"), persons), *cells, strict=True))
        return cells[0] if self.sees_one_cell else list(zip(*cells, strict=True))

    def by_field(self, seen: Sequence[Seen], doubtful: set[int]) -> dict[str, Sequence[Any]]:
        """Return the part's fields, each by row; note the places of rows with a problem."""
        said = list(map(Remembered(self._read).__getitem__, seen))
        if self.unclear:
            doubtful.update(compress(count(), map(self.unclear.__contains__, seen)))
        return self.part.by_field(said)

    def _read(self, what: Seen) -> object:
        role, cells = None, what
        if self.sees_one_cell:
            if self.part.glance is not None and (said := self.part.glance(what)) is not None:
                return said
            cells = (what,)
        elif self.sees_role:
            role, *cells = what
        row = OneRow(self.reader, PersonRow(0, role), dict(zip(self.indexes, cells, strict=True)))
        said = self.part.read(row)
        if row.problems:
            self.unclear.add(what)
        return said
