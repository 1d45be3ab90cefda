"""Rows in which nothing is doubtful, read column by column.

Most cells of a long list say what another said before: a ward, a day, a role. So what cells say is
worked out once by the reader of single rows; a row with any problem is left to that reader.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter

from app.exchange.body import PersonRow
from app.exchange.records import Problem, RosterRole, RosterRow
from app.exchange.remembered import Remembered
from app.exchange.row_reader import PARTS, Part, RowReader
from app.exchange.workbook import Cell

Values = tuple[object, ...]
# What one part of a row depends on: the role of the section, and some cells.
Seen = tuple[RosterRole | None, *tuple[Cell, ...]]

FIELDS = (*chain.from_iterable(part.fields for part in PARTS), "sheet", "row_number")


def read_rows(
    reader: RowReader, persons: Sequence[PersonRow]
) -> Iterator[tuple[RosterRow, list[Problem]]]:
    """Yield what `reader` says of each person: the row, and its problems."""
    if any(bool in map(type, person.cells) for person in persons):
        yield from map(reader.read, persons)  # True and 1 are the same to a dictionary
        return
    sheet = reader.table.sheet.name
    columns = [_said(reader, part, persons) for part in PARTS]
    for person, parts in zip(persons, zip(*columns, strict=True), strict=True):
        if None in parts:
            yield reader.read(person)
        else:
            values = *chain.from_iterable(parts), sheet, person.row_index + 1
            yield RosterRow(**dict(zip(FIELDS, values, strict=True))), []


def _said(reader: RowReader, part: Part, persons: Sequence[PersonRow]) -> Iterator[Values | None]:
    """Yield what a part says in row after row; None where there is a problem."""
    indexes = reader.indexes_of(part)
    said = Remembered(partial(_read_part, reader, part, indexes))
    if not indexes:
        return (said[person.role,] for person in persons)
    if len(indexes) == 1:
        [index] = indexes
        return (said[person.role, person.cells[index]] for person in persons)
    cells = itemgetter(*indexes)
    return (said[person.role, *cells(person.cells)] for person in persons)


def _read_part(reader: RowReader, part: Part, indexes: Sequence[int], seen: Seen) -> Values | None:
    role, *cells = seen
    row: list[Cell] = [""] * len(reader.table.headings)
    for index, cell in zip(indexes, cells, strict=True):
        row[index] = cell
    return reader.read_part(part, PersonRow(0, row, role))
