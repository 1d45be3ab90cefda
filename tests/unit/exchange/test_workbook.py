import io
import struct
import zipfile
from contextlib import suppress
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.errors import (
    DamagedWorkbookError,
    EmptyFileError,
    EncryptedWorkbookError,
    ExchangeError,
    NotAWorkbookError,
    WorkbookTooLargeError,
)
from app.exchange.workbook import Sheet, WorkbookLimits, read_workbook
from tests.factories.workbooks import (
    edited,
    encrypted_workbook,
    messy_roster,
    old_workbook,
    old_workbook_of,
    ole_file,
    open_document,
    open_document_of,
    word_document,
    workbook,
)

SHEET = "xl/worksheets/sheet1.xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def test_cells_keep_their_place_and_their_kind() -> None:
    content = workbook({"Mentor": [[], ["", "An", 912345678, 0.5, True, date(2026, 1, 5)]]})

    assert read_workbook(content) == [
        Sheet("Mentor", [[""] * 6, ["", "An", 912345678.0, 0.5, True, date(2026, 1, 5)]])
    ]


def test_an_open_document_is_read_too() -> None:
    sheets = read_workbook(open_document([["Họ tên", "SĐT"], ["An", "0912345678"]]))

    assert sheets == [Sheet("Người học", [["Họ tên", "SĐT"], ["An", "0912345678"]])]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFileError),
        (b"H\xe1\xbb\x8d t\xc3\xaan\n", NotAWorkbookError),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, NotAWorkbookError),
        (b"%PDF-1.7", NotAWorkbookError),
        (word_document(), NotAWorkbookError),
        (OLE, DamagedWorkbookError),
        (OLE + b"\0" * 2000, DamagedWorkbookError),
        (ole_file({"WordDocument": b""}), NotAWorkbookError),
        (encrypted_workbook(), EncryptedWorkbookError),
        (b"PK\x03\x04", DamagedWorkbookError),
        (messy_roster()[:5000], DamagedWorkbookError),
        (edited(messy_roster(), SHEET, lambda part: part[:300]), DamagedWorkbookError),
        (edited(messy_roster(), "xl/workbook.xml", lambda _: b""), DamagedWorkbookError),
    ],
)
def test_what_is_no_readable_workbook_is_told_apart(
    content: bytes, error: type[ExchangeError]
) -> None:
    with pytest.raises(error) as caught:
        read_workbook(content)

    assert caught.value.message.endswith(".")


def test_a_word_document_is_called_by_its_name() -> None:
    with pytest.raises(NotAWorkbookError, match="Đây là tệp Word"):
        read_workbook(word_document())


def test_a_sheet_in_an_unknown_encoding_is_damaged() -> None:
    content = edited(
        workbook({"A": [["x"]]}),
        SHEET,
        lambda part: part.replace(b"UTF-8", b"UTF-9").replace(b'r="1"', b'r="1000000"'),
    )

    with pytest.raises(DamagedWorkbookError):
        read_workbook(content)


def test_an_external_entity_is_refused_before_anything_is_read() -> None:
    declaration = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst'
    content = edited(
        messy_roster(),
        "xl/sharedStrings.xml",
        lambda part: part.replace(b"<sst", declaration).replace(b"STT", b"&x;"),
    )

    with pytest.raises(DamagedWorkbookError):
        read_workbook(content)


@pytest.mark.parametrize(
    "limits",
    [
        WorkbookLimits(file_bytes=100),
        WorkbookLimits(unpacked_bytes=100),
        WorkbookLimits(parts=3),
        WorkbookLimits(sheets=1),
        WorkbookLimits(rows=5),
        WorkbookLimits(columns=5),
        WorkbookLimits(cells=50),
    ],
)
def test_a_workbook_beyond_any_limit_is_too_large(limits: WorkbookLimits) -> None:
    with pytest.raises(WorkbookTooLargeError):
        read_workbook(messy_roster(), limits=limits)


def test_a_part_that_unpacks_to_more_than_it_says_is_damaged() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 5_000_000)
    content = packed.getvalue().replace((5_000_000).to_bytes(4, "little"), b"\x10\0\0\0")

    with pytest.raises(DamagedWorkbookError):
        read_workbook(content)


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c><v>1</v></c></row>',
        b'<row><c  r = "XFD1"><v>1</v></c></row>',
        b"<row>" + b"<c><v>1</v></c>" * 600 + b"</row>",
    ],
)
def test_a_cell_far_away_is_refused_before_a_grid_is_built(row: bytes) -> None:
    content = edited(
        workbook({"A": [["x"]]}),
        SHEET,
        lambda part: part.replace(b"</sheetData>", row + b"</sheetData>"),
    )

    with pytest.raises(WorkbookTooLargeError):
        read_workbook(content)


def test_empty_cells_far_away_that_only_carry_a_colour_do_no_harm() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    content = edited(
        workbook({"A": [["x"]]}), SHEET, lambda part: part.replace(b"</sheetData>", far)
    )

    assert read_workbook(content) == [Sheet("A", [["x"]])]


def test_an_old_workbook_is_read_too() -> None:
    content = old_workbook([["Họ tên", "SĐT"], ["Đạt", 912345678]], sheet="Mentor")

    assert read_workbook(content) == [Sheet("Mentor", [["Họ tên", "SĐT"], ["Đạt", 912345678.0]])]


def test_many_sheets_together_may_not_hold_more_than_one() -> None:
    content = workbook({name: [["x"] * 5] * 5 for name in "ABC"})

    with pytest.raises(WorkbookTooLargeError):
        read_workbook(content, limits=WorkbookLimits(cells=60))


def test_an_old_workbook_whose_sectors_run_in_a_circle_is_damaged() -> None:
    with pytest.raises(DamagedWorkbookError):
        read_workbook(ole_file({"Workbook": b""}, next_directory=1))


def test_an_old_workbook_with_cells_far_apart_is_too_large() -> None:
    corners = [struct.pack("<HHHHHd", 0x203, 14, place, place % 256, 0, 1) for place in (0, 65535)]

    with pytest.raises(WorkbookTooLargeError):
        read_workbook(old_workbook_of(b"".join(corners)))


def test_an_open_document_may_repeat_empty_rows_but_not_full_ones() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    empty = (
        '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    harmless = open_document_of(f"<table:table-row>{cell}</table:table-row>{empty}")
    harmful = open_document_of(f"{empty}<table:table-row>{cell}</table:table-row>")

    sheets = read_workbook(harmless)

    assert sheets == [Sheet("Người học", [["x"]])]
    with pytest.raises(WorkbookTooLargeError):
        read_workbook(harmful)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(), st.binary().map(lambda tail: OLE + tail)))
def test_any_bytes_are_read_or_refused_with_a_sentence(content: bytes) -> None:
    with suppress(ExchangeError):
        assert all(isinstance(sheet, Sheet) for sheet in read_workbook(content))


@cache
def sound_workbooks() -> list[bytes]:
    """Make a new and an old workbook once: a file carries the moment at which it was made."""
    cells = [["Họ tên", "SĐT"], ["An", 1]]
    return [workbook({"A": cells}), old_workbook(cells)]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_workbook_with_changed_bytes_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(sound_workbooks())))
    places = data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8))
    for place in places:
        content[place] = data.draw(st.integers(0, 255))

    try:
        sheets = read_workbook(bytes(content))
    except ExchangeError as error:
        sheets = error.message

    assert sheets or sheets == []
