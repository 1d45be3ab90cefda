"""Rosters as youth unions really keep them, as .xlsx bytes."""

import io
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import xlsxwriter
from xlsxwriter.workbook import Workbook

Value = str | int | float | bool | date | None


def workbook(sheets: Mapping[str, Sequence[Sequence[Value]]]) -> bytes:
    """Return a workbook with these cells and nothing else, every sheet from A1 on."""

    def fill(book: Workbook) -> None:
        for name, rows in sheets.items():
            _fill(book, name, rows)

    return _built(fill)


def roster(*rows: Sequence[Value], headings: Sequence[str], sheet: str = "Sheet1") -> bytes:
    """Return a workbook with one plain list."""
    return workbook({sheet: [headings, *rows]})


def messy_roster(*, ward: str = "Ia Grai") -> bytes:
    """Return two sheets full of habits: 3 mentors, 5 mentees, of whom one has no mentor.

    Title lines and merged cells, a heading over two rows, column numbers, STT, phones as numbers
    without their zero, birth dates and years, x marks, NFD text, empty rows, a total row, a
    signature block, and a column of identity numbers (made up).
    """

    def fill(book: Workbook) -> None:
        _fill_mentors(book, ward)
        _fill_mentees(book, ward)

    return _built(fill)


def edited(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the workbook with one of its inner parts changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return changed.getvalue()


def word_document() -> bytes:
    """Return what a .docx renamed to .xlsx looks like from outside."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return content.getvalue()


def encrypted_workbook() -> bytes:
    """Return the outside of a workbook with a password: an OLE file with an encrypted stream."""
    return ole_file({"EncryptedPackage": b"\0" * 5000})


def old_workbook(rows: Sequence[Sequence[str | float]], *, sheet: str = "Sheet1") -> bytes:
    """Return an .xls (Excel 97) with one sheet of texts and numbers."""
    cells = b"".join(
        _old_cell(row, column, value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
    )
    return old_workbook_of(cells, sheet=sheet)


def old_workbook_of(cells: bytes, *, sheet: str = "Sheet1") -> bytes:
    """Return an .xls whose sheet holds these records."""
    name = sheet.encode("utf-16-le")
    bound = struct.pack("<IHBB", 0, 0, len(sheet), 1) + name
    place = len(_record(0x809, b"\0" * 16) + _record(0x85, bound) + _record(0x0A, b""))
    bound = struct.pack("<I", place) + bound[4:]
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + _record(0x85, bound)
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells
    return ole_file({"Workbook": (head + _record(0x0A, b"") + body + _record(0x0A, b""))})


def ole_file(streams: Mapping[str, bytes], *, next_directory: int = 0xFFFFFFFE) -> bytes:
    """Return an OLE file of up to 128 sectors; each stream is padded to at least 4,096 bytes."""
    table, entries, sectors = [0xFFFFFFFD, next_directory], [_ole_entry("Root Entry", 5, 0)], b""
    for name, stream in streams.items():
        padded = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
        start, count = len(table), len(padded) // 512
        table += [*range(start + 1, start + count), 0xFFFFFFFE]
        entries.append(_ole_entry(name, 2, len(padded), start))
        sectors += padded
    head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<10I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    listed = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    return head.ljust(512, b"\xff") + listed + b"".join(entries).ljust(512, b"\0") + sectors


def _ole_entry(name: str, kind: int, size: int, start: int = 0xFFFFFFFE) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    head = coded.ljust(64, b"\0") + struct.pack("<HBB3I", len(coded), kind, 1, *[0xFFFFFFFF] * 3)
    return head.ljust(116, b"\0") + struct.pack("<III", start, size, 0)


def _old_cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x204, place + text)
    return _record(0x203, place + struct.pack("<d", value))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def open_document(rows: Sequence[Sequence[str]]) -> bytes:
    """Return an .ods with one sheet of texts."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(
        f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows
    )
    return open_document_of(lines)


def open_document_of(table_rows: str) -> bytes:
    """Return an .ods whose table holds this XML."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(
        f'xmlns:{name}="{urn}:{name}:1.0"' for name in ("office", "text", "table", "manifest")
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {spaces}/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Người học">{table_rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()


def nfd(text: str) -> str:
    """Return the text as a Mac or a phone may send it, with its marks apart."""
    return unicodedata.normalize("NFD", text)


def _built(fill: Callable[[Workbook], None]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    fill(book)
    book.close()
    return content.getvalue()


def _fill(book: Workbook, name: str, rows: Sequence[Sequence[Value]], *, first_row: int = 0):
    sheet = book.add_worksheet(name)
    as_date = book.add_format({"num_format": "dd/mm/yyyy"})
    for row, values in enumerate(rows, start=first_row):
        for column, value in enumerate(values):
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, as_date)
            elif value is not None:
                sheet.write(row, column, value)
    return sheet


def _fill_mentors(book: Workbook, ward: str) -> None:
    hoa, born, joined, same = nfd("Nguyễn Thị Hòa"), date(1998, 5, 3), date(2026, 1, 5), nfd(ward)
    thoan, more = "Ksor H'Thoan", (None, "5/1/2026", "=trưởng nhóm")
    headings = (
        "STT|Họ và tên|Ngày sinh|Giới tính|SĐT/Zalo|Số CCCD|Xã/Phường|Ngôn ngữ|Sức nhận"
        "|Ngày tham gia|Ghi chú"
    )
    rows: list[Sequence[Value]] = [
        headings.split("|"),
        [f"({number})" for number in range(1, 12)],
        [1, hoa, born, "Nữ", 912000001, "052198000001", ward, "Kinh", 10, joined],
        [2, thoan, "1995", "Nữ", "0912.000.002", "052198000002", ward, "Gia Rai, Kinh", *more],
        [],
        [
            3,
            "  Trần  Văn Đạt ",
            1990.0,
            "nam",
            "+84 912 000 003",
            None,
            same,
            "Kinh",
            8,
            "5-1-2026",
        ],
        [None, "Tổng cộng: 03 người"],
        [],
        [None, None, None, None, None, "Gia Lai, ngày 10 tháng 3 năm 2026"],
        [None, "NGƯỜI LẬP BIỂU", None, None, None, "TM. BAN THƯỜNG VỤ"],
        [None, "(Ký, ghi rõ họ tên)", None, None, None, "BÍ THƯ"],
        [],
        [None, "Lê Thị Lan", None, None, None, "Phạm Văn Minh"],
    ]
    sheet = _fill(book, "Sheet1", rows, first_row=5)
    sheet.merge_range("A1:D1", "ĐOÀN TNCS HỒ CHÍ MINH")
    sheet.merge_range("A2:D2", f"BCH ĐOÀN XÃ {ward.upper()}")
    sheet.merge_range("A4:K4", nfd("DANH SÁCH ĐĂNG KÝ ĐẠI SỨ SỐ (MENTOR)"))


def _fill_mentees(book: Workbook, ward: str) -> None:
    rows: list[Sequence[Value]] = [
        [1, "Rơ Châm Dih", 1958, None, 912000011, "x", None, "X", "Jrai", "Ksor H’Thoan"],
        [2, "Đinh Thị Hrê", None, "12/8/1962", None, "x", "x", None, "Ba Na", "0912 000 002"],
        [3, "Lê Văn An", 1970, None, "912000013", None, None, None, "Kinh", "Nguyễn Thị Hoà"],
        [4, "Lê Văn An", 1985, None, "0912 000 014", None, "✓", None, None, 912000001],
        [5, "Siu Blơ", None, 1949, "không có", 1, None, None, "Jrai", None],
        ["Tổng cộng"],
    ]
    sheet = _fill(book, "Danh sách 2", rows, first_row=5)
    sheet.merge_range("A1:J1", f"DANH SÁCH NGƯỜI HỌC XÃ {ward.upper()}")
    for column, heading in {0: "TT", 1: "Họ tên", 4: "Điện thoại", 8: "Tiếng", 9: "Mentor"}.items():
        sheet.merge_range(3, column, 4, column, heading)
    sheet.merge_range("C4:D4", "Năm sinh")
    sheet.merge_range("F4:H4", "Đối tượng")
    for column, heading in {
        2: "Nam",
        3: "Nữ",
        5: "Người cao tuổi",
        6: "Hộ nghèo",
        7: "DTTS",
    }.items():
        sheet.write(4, column, heading)
