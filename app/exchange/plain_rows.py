"""Rows in which nothing is doubtful, read column by column.

Most cells of a long list say what another said before: a ward, a day, a role. So what cells say is
worked out once by the reader of single rows; a row with any problem is left to that reader.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, fields
from functools import partial
from itertools import repeat
from operator import attrgetter, itemgetter
from typing import Any

from app.exchange.body import PersonRow
from app.exchange.records import Problem, RosterRow
from app.exchange.remembered import Remembered
from app.exchange.row_reader import PARTS, Part, RowReader
from app.exchange.workbook import Cell

Values = tuple[object, ...]

_NOTHING = {
    field.name: None if field.default is MISSING else field.default for field in fields(RosterRow)
}


def read_rows(
    reader: RowReader, persons: Sequence[PersonRow]
) -> Iterator[tuple[RosterRow, list[Problem]]]:
    """Yield what `reader` says of each person: the row, and its problems."""
    if any(bool in map(type, person.cells) for person in persons):
        yield from map(reader.read, persons)  # True and 1 are the same to a dictionary
        return
    columns: dict[str, Iterable[Any]] = {
        "sheet": repeat(reader.table.sheet.name),
        "row_number": [person.row_index + 1 for person in persons],
    }
    doubtful: set[int] = set()
    for part in PARTS:
        if part.depends_on_section or reader.indexes_of(part):
            columns |= _columns_of(part, _said(reader, part, persons), doubtful)
    rows = map(RosterRow, *(columns.get(name, repeat(value)) for name, value in _NOTHING.items()))
    for place, row in enumerate(rows):
        yield reader.read(persons[place]) if place in doubtful else (row, [])


def _columns_of(
    part: Part, said: Sequence[Values | None], doubtful: set[int]
) -> Iterator[tuple[str, Iterable[object]]]:
    """Yield the fields of a part, each with its values; note the rows that have a problem."""
    doubtful.update(place for place, values in enumerate(said) if values is None)
    nothing = tuple(_NOTHING[name] for name in part.fields)
    for index, name in enumerate(part.fields):
        yield name, [(values or nothing)[index] for values in said]


def _said(reader: RowReader, part: Part, persons: Sequence[PersonRow]) -> list[Values | None]:
    """Return what a part says in row after row; None where there is a problem."""
    indexes = reader.indexes_of(part)
    read = partial(_read_part, reader, part, indexes)
    cells = list(map(attrgetter("cells"), persons))
    columns: list[Iterable[object]] = [map(itemgetter(index), cells) for index in indexes]
    if part.depends_on_section:
        columns.insert(0, map(attrgetter("role"), persons))
    return list(map(Remembered(read).__getitem__, zip(*columns, strict=True)))


def _read_part(
    reader: RowReader, part: Part, indexes: Sequence[int], seen: tuple[Any, ...]
) -> Values | None:
    """Return what a part says where its cells, after the section's role, are these."""
    role, cells = (seen[0], seen[1:]) if part.depends_on_section else (None, seen)
    row: list[Cell] = [""] * len(reader.table.headings)
    for index, cell in zip(indexes, cells, strict=True):
        row[index] = cell
    return reader.read_part(part, PersonRow(0, row, role))
