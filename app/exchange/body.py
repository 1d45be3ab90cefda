"""Which rows below the headings are persons: not the totals, sections and signatures."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from app.exchange.cells import cell_text, quote
from app.exchange.columns import Column
from app.exchange.records import RosterRole
from app.exchange.remembered import Remembered
from app.exchange.roles import role_in_text
from app.exchange.tables import Table
from app.exchange.workbook import Cell
from models.names import fold

_SIGNATURE_CELLS = 3
_TOTAL = re.compile(r"(?:tổng|cộng|total)\b.*", re.IGNORECASE)
_NUMBERING = re.compile(r"\(?(?:[0-9]{1,2}|[A-Za-z])\)?")
_SECTION_NUMBER = re.compile(r"[IVX]+[.)]?|[A-Z][.)]?|[0-9]{1,2}[.)]", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"(?:.*, ?)?ngay\b.{0,12}\bthang\b.{0,12}\bnam\b.*|\(?ky\b.*|nguoi (?:lap|duyet|tong hop)\b.*"
    r"|(?:can bo )?lap (?:bieu|bang)\b.*|t/?m\.? .*|k/?t\.? .*|(?:pho )?bi thu\b.*|chu tich\b.*"
    r"|xac nhan\b.*|noi nhan\b.*|thu truong\b.*|ghi chu ?:.*|(?:an dinh )?danh sach .* nguoi\b.*"
)


class PersonRow(NamedTuple):
    """A row that stands for a person: its place in the sheet from 0.

    `role` is that of the section above it, if one was named.
    """

    row_index: int
    role: RosterRole | None


class _Kind(Enum):
    EMPTY = auto()
    PERSON = auto()
    TEXT = auto()
    TOTAL = auto()
    SIGNATURE = auto()


class Body:
    """Reads the rows of one table; `skipped` tells afterwards which lines of text were left out."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.skipped: list[str] = []
        self._sequence = table.indexes.get(Column.SEQUENCE, ())
        self._known = {h.index for h in table.headings if h.column is not None}

    def persons(self) -> Iterator[PersonRow]:
        """Yield the rows of persons in order. After a signature only numbered rows count."""
        role: RosterRole | None = None
        is_signed = False
        for index, is_plain in enumerate(self._are_plainly_persons(), self.table.first_row):
            if is_plain and not is_signed:
                yield PersonRow(index, role)
                continue
            cells = self.table.sheet.rows[index]
            texts = [cell_text(cell) if cell != "" else "" for cell in cells]
            kind = self._kind(cells, texts)
            if kind is _Kind.SIGNATURE:
                is_signed = True
            elif kind is _Kind.PERSON and (not is_signed or self._number(texts).isdigit()):
                yield PersonRow(index, role)
            elif kind is _Kind.TEXT and not is_signed:
                text = " ".join(filter(None, texts))
                role = role_in_text(text) or role
                self.skipped.append(f"dòng {index + 1}: {quote(text)}")

    def _are_plainly_persons(self) -> list[bool]:
        """Tell at a glance what most rows are: many cells, a name, and nothing like a total."""
        sheet, names = self.table.sheet, self.table.name_indexes
        rows = sheet.rows[self.table.first_row : self.table.end_row]
        if len(names) != 1 or sheet.has_blank_texts:
            return [False] * len(rows)
        is_plain_name = Remembered(_is_plain_name)
        begins_a_total = Remembered(_begins_a_total)
        enough = len(sheet.columns) - _SIGNATURE_CELLS
        return [
            cells.count("") < enough
            and is_plain_name[cells[names[0]]]
            and not begins_a_total[_first_filled(cells)]
            for cells in rows
        ]

    def _kind(self, cells: list[Cell], texts: list[str]) -> _Kind:
        filled = [i for i, text in enumerate(texts) if text]
        number = self._number(texts)
        if not filled or (number.isdigit() and all(i in self._sequence for i in filled)):
            return _Kind.EMPTY
        if number.isdigit() and not self._is_numbering(texts, filled):
            return _Kind.PERSON
        is_all_text = all(isinstance(cells[i], str) for i in filled)
        return self._kind_without_number(texts, filled, is_all_text=is_all_text)

    def _kind_without_number(
        self, texts: list[str], filled: list[int], *, is_all_text: bool
    ) -> _Kind:
        name = self._name(texts)
        if _TOTAL.match(texts[filled[0]]) or _TOTAL.match(name):
            return _Kind.TOTAL
        if len(filled) <= _SIGNATURE_CELLS and any(
            _SIGNATURE.fullmatch(fold(text)) for text in ([name] if name else texts)
        ):
            return _Kind.SIGNATURE
        if self._is_numbering(texts, filled):
            return _Kind.EMPTY
        if is_all_text and self._is_line_of_text(texts, filled, name):
            return _Kind.TEXT
        return _Kind.PERSON if name or self._known & set(filled) else _Kind.TEXT

    def _is_line_of_text(self, texts: list[str], filled: list[int], name: str) -> bool:
        """A section's heading, such as "II. Người học", or one text in no column of a name."""
        if sum(i not in self._sequence for i in filled) > 1:
            return False
        is_numbered = bool(_SECTION_NUMBER.fullmatch(self._number(texts)))
        return not name or is_numbered or role_in_text(name) is not None

    def _is_numbering(self, texts: list[str], filled: list[int]) -> bool:
        """The row of column numbers (1), (2), (3) … that forms carry below their headings."""
        if not all(_NUMBERING.fullmatch(texts[i]) for i in filled):
            return False
        name = self._name(texts)
        return name.strip("()").isdigit() or (bool(name) and not self._number(texts).isdigit())

    def _number(self, texts: list[str]) -> str:
        return texts[self._sequence[0]].rstrip(".") if self._sequence else ""

    def _name(self, texts: list[str]) -> str:
        return " ".join(filter(None, (texts[i] for i in self.table.name_indexes)))


def _is_plain_name(cell: Cell) -> bool:
    """Tell whether a cell of names is neither empty nor a total nor the number of a column."""
    text = cell_text(cell)
    return text != "" and not (_TOTAL.match(text) or _NUMBERING.fullmatch(text))


def _first_filled(cells: list[Cell]) -> Cell:
    return cells[0] if cells[0] != "" else next(cell for cell in cells if cell != "")


def _begins_a_total(cell: Cell) -> bool:
    return isinstance(cell, str) and _TOTAL.match(cell_text(cell)) is not None
