"""Lists saved as text (.csv, or Excel's «Unicode text») → a sheet of plain cells."""

import csv
import io
import unicodedata
from collections import Counter

from app.exchange.errors import NotAWorkbookError

SHEET_NAME = "CSV"
_DELIMITERS = ",;\t"
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# What Excel and older programs write; the last one has the tones as signs of their own.
_WITHOUT_MARK = ("utf-8", "cp1258")
_LINES_LOOKED_AT = 50
# Programs put it before what a spreadsheet would take for a formula.
_GUARD = "'"
_GUARDED = tuple(_GUARD + sign for sign in "=+-@")


def read_text_table(content: bytes) -> list[list[str]]:
    """Return the cells of a text table in NFC, all rows equally long.

    UTF-8 and UTF-16 are known by their mark, or the text is UTF-8, or else Windows-1258; cells
    stand between commas, semicolons or tabs. Raises `NotAWorkbookError` for what is no such text.
    """
    text = _decoded(content)
    delimiter = _delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise NotAWorkbookError from error
    width = max(map(len, rows))
    return [[*map(_plain, row), *[""] * (width - len(row))] for row in rows]


def _decoded(content: bytes) -> str:
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else _WITHOUT_MARK:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return unicodedata.normalize("NFC", text)
    raise NotAWorkbookError


def _is_text(text: str) -> bool:
    """Say whether a text holds nothing that only files of other kinds hold."""
    return not any(sign < " " and sign not in "\t\r\n" for sign in set(text))


def _delimiter(text: str) -> str:
    """Return the sign that stands in most of the first lines; a table has one in them."""
    found = Counter(
        sign for line in text.splitlines()[:_LINES_LOOKED_AT] for sign in set(line) & {*_DELIMITERS}
    )
    if not found:
        raise NotAWorkbookError
    return max(_DELIMITERS, key=lambda sign: (found[sign], text.count(sign)))


def _plain(cell: str) -> str:
    return cell.removeprefix(_GUARD) if cell.startswith(_GUARDED) else cell
