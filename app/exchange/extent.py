"""How far the filled cells of a sheet reach, counted without building its grid."""

import re
from xml.parsers import expat

_REFERENCE = re.compile(r"([A-Za-z]*)([0-9]*)")
_ROW = "table:table-row"
_CELLS = ("table:table-cell", "table:covered-table-cell")
_FAR_AWAY = 10**9


def measure_sheet(part: bytes) -> tuple[int, int]:
    """Return the last row and column with a value in a worksheet part of an .xlsx file."""
    return _Measured(_SheetReader()).read(part)


def measure_tables(part: bytes) -> tuple[int, int]:
    """Return the last row and column with a value in any table of an .ods file's content."""
    return _Measured(_TableReader()).read(part)


class _Measured:
    """Feeds a part to a reader of elements. Raises expat.ExpatError for broken XML."""

    def __init__(self, reader: "_SheetReader | _TableReader") -> None:
        self.reader = reader

    def read(self, part: bytes) -> tuple[int, int]:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.reader.start
        parser.EndElementHandler = self.reader.end
        parser.Parse(part, True)  # noqa: FBT003 - expat takes it by position only
        return self.reader.last_row, self.reader.last_column


class _SheetReader:
    """Cells of a worksheet part; a cell or row without a reference follows the one before it."""

    def __init__(self) -> None:
        self.last_row = self.last_column = 0
        self.row = self.column = 0
        self.is_in_cell = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "row":
            self.row = _number(attributes.get("r")) or self.row + 1
            self.column = 0
        elif kind == "c":
            self._enter_cell(attributes.get("r"))
        elif self.is_in_cell:
            self.last_row = max(self.last_row, self.row)
            self.last_column = max(self.last_column, self.column)

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] == "c":
            self.is_in_cell = False

    def _enter_cell(self, reference: str | None) -> None:
        self.is_in_cell = True
        self.column += 1
        match = _REFERENCE.match(reference or "")
        letters, digits = match.groups() if match else ("", "")
        if letters:
            self.column = column_number(letters)
        if digits:
            self.row = _number(digits)


class _TableReader:
    """Cells of an OpenDocument table, where rows and cells may be repeated by a number."""

    def __init__(self) -> None:
        self.last_row = self.last_column = 0
        self.row = self.column = 0
        self.row_repeat = self.cell_repeat = 1
        self.is_in_cell = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.row = 0
        elif name == _ROW:
            self.row_repeat = _number(attributes.get("table:number-rows-repeated")) or 1
            self.column = 0
        elif name in _CELLS:
            self.is_in_cell = True
            self.cell_repeat = _number(attributes.get("table:number-columns-repeated")) or 1
            if "office:value-type" in attributes:
                self._count()
        elif self.is_in_cell:
            self._count()

    def end(self, name: str) -> None:
        if name in _CELLS:
            self.is_in_cell = False
            self.column += self.cell_repeat
        elif name == _ROW:
            self.row += self.row_repeat

    def _count(self) -> None:
        self.last_row = max(self.last_row, self.row + self.row_repeat)
        self.last_column = max(self.last_column, self.column + self.cell_repeat)


def column_number(letters: str) -> int:
    """Return the place of a column: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(index: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the place of a column, counted from 0, from its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _number(text: str | None) -> int:
    if not text or not text.isascii() or not text.isdigit():
        return 0
    return min(int(text[:12]), _FAR_AWAY)
