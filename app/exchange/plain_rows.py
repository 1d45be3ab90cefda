"""Rows in which nothing is doubtful, read column by column.

Most cells of a long list say what another said before: a ward, a day, a role. So what cells say is
worked out once by the reader of single rows; a row with any problem is left to that reader.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any

from app.exchange.body import PersonRow
from app.exchange.records import Problem, RosterRow
from app.exchange.remembered import Remembered
from app.exchange.row_reader import PARTS, Part, RowReader
from app.exchange.workbook import Cell

Values = tuple[object, ...]


def read_rows(
    reader: RowReader, persons: Sequence[PersonRow]
) -> Iterator[tuple[RosterRow, list[Problem]]]:
    """Yield what `reader` says of each person: the row, and its problems."""
    if any(bool in map(type, person.cells) for person in persons):
        yield from map(reader.read, persons)  # True and 1 are the same to a dictionary
        return
    sheet = reader.table.sheet.name
    parts = [part for part in PARTS if part.depends_on_section or reader.indexes_of(part)]
    fields = (*chain.from_iterable(part.fields for part in parts), "sheet", "row_number")
    said = zip(*(_said(reader, part, persons) for part in parts), strict=True)
    for person, values in zip(persons, said, strict=True):
        if None in values:
            yield reader.read(person)
        else:
            all_values = *chain.from_iterable(values), sheet, person.row_index + 1
            yield RosterRow(**dict(zip(fields, all_values, strict=True))), []


def _said(reader: RowReader, part: Part, persons: Sequence[PersonRow]) -> Iterator[Values | None]:
    """Return what a part says in row after row; None where there is a problem."""
    indexes = reader.indexes_of(part)
    read = partial(_read_part, reader, part, indexes)
    columns: list[Iterable[object]] = [
        map(itemgetter(index), (person.cells for person in persons)) for index in indexes
    ]
    roles = (person.role if part.depends_on_section else None for person in persons)
    return map(Remembered(read).__getitem__, zip(roles, *columns, strict=True))


def _read_part(
    reader: RowReader, part: Part, indexes: Sequence[int], seen: tuple[Any, ...]
) -> Values | None:
    """Return what a part says where the section has a role and the part's cells are these."""
    role, *cells = seen
    row: list[Cell] = [""] * len(reader.table.headings)
    for index, cell in zip(indexes, cells, strict=True):
        row[index] = cell
    return reader.read_part(part, PersonRow(0, row, role))
