"""Columns whose headings say nothing: somebody says by hand what they hold, once for a ward."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.exchange.cells import cell_text
from app.exchange.columns import Column
from app.exchange.labels import label_key
from app.exchange.tables import Table
from app.never_stored import hide_identity_numbers

SAMPLES = 3
# A longer one is a sentence, not a heading.
KEY_AT_MOST = 120
# What can be said of a column; a list is known by its column of names, so that is none of them.
OFFERED = (
    Column.BIRTH,
    Column.GENDER,
    Column.PHONE,
    Column.WARD,
    Column.HAMLET,
    Column.ROLE,
    Column.MENTOR,
    Column.MENTOR_PHONE,
    Column.GROUPS,
    Column.LANGUAGES,
    Column.STARTED,
    Column.ENDED,
    Column.REASON,
    Column.CAPACITY,
    Column.CONSENT,
    Column.NOTE,
)

Meanings = Mapping[str, Column | None]
"""What was said of headings, by key (`label_key`); None: left out on purpose."""


class HandColumn(NamedTuple):
    """A column that has to be told; `is_told` whether it was, and `column` what it holds."""

    key: str
    label: str
    samples: tuple[str, ...]
    is_told: bool
    column: Column | None


def hand_columns(tables: Iterable[Table], meanings: Meanings) -> list[HandColumn]:
    """Return the columns with a heading that the program does not know, each heading once."""
    found: dict[str, HandColumn] = {}
    for table in tables:
        for heading in table.headings:
            key = label_key(heading.label)
            is_asked = heading.column is None or heading.is_by_hand
            if is_asked and 0 < len(key) <= KEY_AT_MOST and key not in found:
                samples = tuple(_samples(table, heading.index))
                is_told = key in meanings
                found[key] = HandColumn(key, heading.label, samples, is_told, meanings.get(key))
    return list(found.values())


def _samples(table: Table, index: int) -> Sequence[str]:
    """The first few different values below a heading, without identity numbers."""
    seen: dict[str, None] = {}
    for row in table.sheet.rows[table.first_row : table.end_row]:
        if row[index] != "":
            seen[hide_identity_numbers(cell_text(row[index]))] = None
        if len(seen) == SAMPLES:
            break
    return list(seen)
