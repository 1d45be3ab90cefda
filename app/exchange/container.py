"""What is looked at before a file is parsed: its kind, its real size, how far its cells reach.

The parser builds a full grid up to the outermost cell, and inflates whatever a part holds: a file
of a few kilobytes could ask for all the memory there is. So it is only given a copy that holds
nothing but the parts which were unpacked, measured and found harmless here.
"""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from xml.parsers import expat

from app.exchange.errors import (
    DamagedWorkbookError,
    EmptyFileError,
    EncryptedWorkbookError,
    NotAWorkbookError,
    WorkbookTooLargeError,
)
from app.exchange.extent import measure_sheet, measure_tables
from app.exchange.ole import OLE_MAGIC, measure_old_workbook

_ZIP_MAGIC = b"PK"
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
_CHUNK = 1 << 20
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"

# A cell or row as every spreadsheet program writes it, at most 52 columns and 200,000 rows out.
# Anything else (further out, without a reference, with a prefix) is measured part by part.
_UNUSUAL_PLACES = (
    re.compile(rb'<c(?=[\s/>])(?! r="(?:A?[A-Z])?(?:[0-9]{1,5}|1[0-9]{5})")'),
    re.compile(rb'<row(?=[\s/>])(?! r="(?:[0-9]{1,5}|1[0-9]{5})")'),
    re.compile(rb":(?:c|row)(?=[\s/>])"),
)


@dataclass(frozen=True)
class WorkbookLimits:
    """How much a file may hold; `cells` is the area from A1 to the outermost cell of a sheet."""

    file_bytes: int = 20 * 1024 * 1024
    unpacked_bytes: int = 256 * 1024 * 1024
    parts: int = 2_000
    sheets: int = 200
    rows: int = 200_000
    columns: int = 512
    cells: int = 12_000_000


def is_workbook(content: bytes) -> bool:
    """Say whether the first bytes are those of a spreadsheet program's own file."""
    return content.startswith((OLE_MAGIC, _ZIP_MAGIC))


def check_size(content: bytes, limits: WorkbookLimits) -> None:
    """Raise `EmptyFileError` or `WorkbookTooLargeError` for a file of no or too many bytes."""
    if not content:
        raise EmptyFileError
    if len(content) > limits.file_bytes:
        size = limits.file_bytes // (1024 * 1024)
        raise WorkbookTooLargeError(
            f"Tệp này lớn hơn {size} MB. Hãy tách danh sách thành nhiều tệp nhỏ hơn, "
            "hoặc xoá hình ảnh trong tệp."
        )


def harmless_copy(content: bytes, limits: WorkbookLimits) -> bytes:
    """Return bytes of a workbook that may be given to the parser. Raises ExchangeError."""
    check_size(content, limits)
    if content.startswith(OLE_MAGIC):
        return _checked_ole(content, limits)
    return _checked_zip(content, limits)


def _checked_ole(content: bytes, limits: WorkbookLimits) -> bytes:
    extents = measure_old_workbook(content)
    for rows, columns in extents:
        check_extent(rows, columns, limits)
    if sum(rows * columns for rows, columns in extents) > limits.cells:
        raise WorkbookTooLargeError
    return content


def _checked_zip(content: bytes, limits: WorkbookLimits) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_entries(archive.infolist(), limits)
            parts = {info.filename: _unpack(archive, info) for info in _text_parts(archive)}
    except _ZIP_ERRORS as error:
        raise DamagedWorkbookError from error
    _check_kind(parts)
    for name, part in parts.items():
        _check_part(name, part, limits)
    return _pack(parts)


def _check_entries(entries: list[zipfile.ZipInfo], limits: WorkbookLimits) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise EncryptedWorkbookError
    if len(entries) > limits.parts:
        raise WorkbookTooLargeError
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise WorkbookTooLargeError
    if any(
        entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries
    ):
        raise DamagedWorkbookError


def _text_parts(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    endings = (".xml", ".rels", ".bin")
    return [
        info
        for info in archive.infolist()
        if info.filename == "mimetype" or info.filename.lower().endswith(endings)
    ]


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read in chunks: a part that says it is small is not inflated beyond what it says."""
    with archive.open(info) as part:
        return b"".join(iter(lambda: part.read(_CHUNK), b""))


def _check_kind(parts: dict[str, bytes]) -> None:
    names = {name.lower() for name in parts}
    if "word/document.xml" in names:
        raise NotAWorkbookError(
            "Đây là tệp Word chứ không phải Excel. Hãy chép bảng danh sách sang Excel, lưu dạng "
            ".xlsx rồi gửi lại."
        )
    is_excel = "xl/workbook.xml" in names
    is_open_document = parts.get("mimetype", b"").strip() == _ODS_TYPE and "content.xml" in names
    if not is_excel and not is_open_document:
        raise NotAWorkbookError


def _check_part(name: str, part: bytes, limits: WorkbookLimits) -> None:
    if not name.lower().endswith((".xml", ".rels")):
        return
    if part.startswith(_UTF16_MARKS) or _DECLARATION.search(part):
        raise DamagedWorkbookError
    try:
        if name == "content.xml":
            rows, columns = measure_tables(part)
        elif any(place.search(part) for place in _UNUSUAL_PLACES):
            rows, columns = measure_sheet(part)
        else:
            return
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise DamagedWorkbookError from error
    check_extent(rows, columns, limits)


def check_extent(rows: int, columns: int, limits: WorkbookLimits) -> None:
    """Raise WorkbookTooLargeError when a sheet reaches further than the limits allow."""
    if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
        raise WorkbookTooLargeError(
            f"Một trang tính có dữ liệu đến dòng {rows}, cột thứ {columns}, quá xa so với một "
            "danh sách. Hãy xoá các ô nằm ngoài danh sách hoặc tách thành nhiều tệp."
        )


def _pack(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()
