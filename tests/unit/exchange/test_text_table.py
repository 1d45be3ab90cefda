"""Lists saved as text: every encoding and separator in which offices save them."""

import unicodedata
from datetime import date

import pytest

from app.exchange.errors import NotAWorkbookError, WorkbookTooLargeError
from app.exchange.roster import parse_roster
from app.exchange.workbook import Sheet, WorkbookLimits, read_workbook

ROWS = [
    ["Họ và tên", "Điện thoại", "Năm sinh", "Vai trò"],
    ["Nguyễn Thị Hoà", "0912 345 678", "1960", "Người học"],
    ["Ksor H'Thoan", "987654321", "1958", "người học"],
]


def table(separator: str) -> str:
    return "".join(separator.join(row) + "\r\n" for row in ROWS)


def in_windows_1258(text: str) -> bytes:
    """The tones as signs of their own behind letters that the code page has."""
    parts = []
    for letter in text:
        try:
            parts.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            base, tone = unicodedata.normalize("NFD", letter)[:-1], letter
            tone = unicodedata.normalize("NFD", letter)
            marks = [sign for sign in tone if sign in "\u0300\u0301\u0303\u0309\u0323"]
            rest = "".join(sign for sign in tone if sign not in marks)
            base = unicodedata.normalize("NFC", rest)
            parts.append((base + "".join(marks)).encode("cp1258"))
    return b"".join(parts)


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize(
    "encode",
    [
        str.encode,
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: unicodedata.normalize("NFD", text).encode(),
        in_windows_1258,
    ],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16", "UTF-16 BE", "decomposed", "Windows-1258"],
)
def test_the_same_list_is_read_from_every_encoding_and_separator(encode, separator):
    assert read_workbook(encode(table(separator))) == [Sheet("CSV", ROWS)]


def test_its_rows_are_people_like_those_of_a_workbook():
    file = parse_roster(read_workbook(table(";").encode("utf-16")), today=date(2026, 3, 10))

    found = [(row.full_name, row.phone, row.birth_year) for row in file.rows]
    assert found == [
        ("Nguyễn Thị Hoà", "+84912345678", 1960),
        ("Ksor H'Thoan", "+84987654321", 1958),
    ]
    assert file.problems == ()


def test_quoted_cells_hold_separators_and_lines_and_short_rows_are_filled():
    content = b'a,b,c\n"x, y","two\nlines"\n'

    assert read_workbook(content) == [Sheet("CSV", [["a", "b", "c"], ["x, y", "two\nlines", ""]])]


def test_the_guard_before_what_looks_like_a_formula_is_taken_away():
    assert read_workbook(b"'=1+1,'quoted,-5\n")[0].rows == [["=1+1", "'quoted", "-5"]]


@pytest.mark.parametrize(
    "content",
    [b"hello", b"\x00\x01,\x02", b"%PDF-1.7", b"\xff\xfea", b"a,b\x07\n", b"\x8a,\x8d"],
)
def test_what_is_no_table_of_text_is_refused(content):
    with pytest.raises(NotAWorkbookError):
        read_workbook(content)


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(WorkbookTooLargeError):
        read_workbook(b"a,b\n" * 20, limits=WorkbookLimits(rows=10))
