"""The cells of a file as text, kept while it is asked what its columns hold.

Columns that are never stored are left empty, and so is every cell with an identity number.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import orjson

from app.exchange.cells import cell_text
from app.exchange.columns import Column
from app.exchange.records import RosterRole
from app.exchange.tables import Table
from app.exchange.workbook import Cell, Sheet
from app.never_stored import has_identity_number, has_secret
from models.names import PhoneError, parse_phone

NEVER_KEPT = {Column.IDENTITY, Column.ETHNICITY}
NUMBER_WITHOUT_ZERO = re.compile(r"\d{11}", re.ASCII)
# A list stands for a value that JSON does not know: what it is, and the value as text or number.
DAY, MOMENT, CLOCK, SECONDS = "d", "m", "c", "s"
# JSON has no larger ones, and nothing in a list is one: kept as they are written.
LARGEST_NUMBER = 2**53


def pack_sheets(
    sheets: Sequence[Sheet], tables: Sequence[Table], default_role: RosterRole | None
) -> str:
    """Return the sheets as JSON, and the role that counts where nothing names one."""
    hidden = {
        (table.sheet.name, index)
        for table in tables
        for column in NEVER_KEPT
        for index in table.indexes.get(column, ())
    }
    packed = [
        {
            "name": sheet.name,
            "rows": [
                [
                    "" if (sheet.name, index) in hidden else _packed(cell)
                    for index, cell in enumerate(row)
                ]
                for row in sheet.rows
            ],
            "merged": sheet.merged,
            "is_hidden": sheet.is_hidden,
        }
        for sheet in sheets
    ]
    return orjson.dumps({"default_role": default_role, "sheets": packed}).decode()


def unpack_sheets(packed: str) -> tuple[list[Sheet], RosterRole | None]:
    """Return the sheets that `pack_sheets` kept, and the role."""
    told = orjson.loads(packed)
    sheets = [
        Sheet(
            one["name"],
            [[_unpacked(cell) for cell in row] for row in one["rows"]],
            tuple((tuple(first), tuple(last)) for first, last in one["merged"]),
            one["is_hidden"],
        )
        for one in told["sheets"]
    ]
    role = told["default_role"]
    return sheets, None if role is None else RosterRole(role)


def _packed(cell: Cell) -> object:
    if cell == "" or isinstance(cell, bool):
        return cell
    if isinstance(cell, str | int | float):
        text = cell_text(cell)
        if _is_never_kept(text):
            return ""
        return cell if isinstance(cell, str) or abs(cell) <= LARGEST_NUMBER else text
    if isinstance(cell, datetime):
        return [MOMENT, cell.isoformat()]
    if isinstance(cell, date):
        return [DAY, cell.isoformat()]
    return [CLOCK, cell.isoformat()] if isinstance(cell, time) else [SECONDS, cell.total_seconds()]


def _is_never_kept(text: str) -> bool:
    """Say whether a cell holds an identity number or a secret.

    A phone written as a number has nine digits like an old identity card; a new card's number so
    written may have lost the 0 in front.
    """
    is_number = has_identity_number(text) or NUMBER_WITHOUT_ZERO.fullmatch(text) is not None
    return has_secret(text) or (is_number and not _is_phone(text))


def _is_phone(text: str) -> bool:
    try:
        return parse_phone(text) is not None
    except PhoneError:
        return False


def _unpacked(cell: object) -> Cell:
    if not isinstance(cell, list):
        return cell  # type: ignore[return-value]  # text, number or truth value, as packed
    kind, value = cell
    if kind == MOMENT:
        return datetime.fromisoformat(value)
    if kind == DAY:
        return date.fromisoformat(value)
    return time.fromisoformat(value) if kind == CLOCK else timedelta(seconds=value)
