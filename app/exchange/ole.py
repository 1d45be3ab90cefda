"""Old Excel files (.xls): whether their chains end and how far their cells reach.

The parser follows the chains of sectors without counting and builds the grid of every sheet at
once, so a file of two kilobytes could take all memory. Layout after [MS-CFB] and [MS-XLS].
"""

import struct
from collections.abc import Iterator, Sequence

from app.exchange.errors import DamagedWorkbookError, EncryptedWorkbookError, NotAWorkbookError

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")

_HEADER = 512
_LAST_SECTOR = 0xFFFFFFF9
_SECTOR_SHIFTS = {9, 12}
_MINI_SECTOR = 64
_MINI_STREAM_BELOW = 4096
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_BEGIN, _END = 0x0809, 0x000A
_CELL_RECORDS = {0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00D6, 0x00FD}
_MULTIPLE_NUMBERS = 0x00BD


class OleFile:
    """The streams of an OLE file. Raises DamagedWorkbookError where the file makes no sense."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER:
            raise DamagedWorkbookError
        self._content = content
        (shift,) = struct.unpack_from("<H", content, 30)
        if shift not in _SECTOR_SHIFTS:
            raise DamagedWorkbookError
        self._size = 1 << shift
        directory, mini_table = struct.unpack_from("<I", content, 48) + struct.unpack_from(
            "<I", content, 60
        )
        self._table = self._numbers(self._table_sectors())
        check_chains(self._table)
        self._mini_table = self._numbers(_chain(self._table, mini_table))
        check_chains(self._mini_table)
        self.entries = list(self._read_entries(directory))

    def stream(self, start: int, size: int) -> bytes:
        """Return the bytes of one stream."""
        if size >= _MINI_STREAM_BELOW:
            return self._joined(_chain(self._table, start))[:size]
        root = next((e for e in self.entries if e[1] == _ROOT), None)
        if root is None:
            raise DamagedWorkbookError
        container = self._joined(_chain(self._table, root[2]))
        places = (sector * _MINI_SECTOR for sector in _chain(self._mini_table, start))
        return b"".join(container[place : place + _MINI_SECTOR] for place in places)[:size]

    def _table_sectors(self) -> list[int]:
        """Return the sectors that hold the table of chains, each of them once."""
        sectors = list(struct.unpack_from("<109I", self._content, 76))
        (following,) = struct.unpack_from("<I", self._content, 68)
        seen: set[int] = set()
        while following <= _LAST_SECTOR:
            if following in seen:
                raise DamagedWorkbookError
            seen.add(following)
            *more, following = self._numbers([following])
            sectors.extend(more)
        used = [sector for sector in sectors if sector <= _LAST_SECTOR]
        if len(used) != len(set(used)):
            raise DamagedWorkbookError
        return used

    def _read_entries(self, directory: int) -> Iterator[tuple[str, int, int, int]]:
        """Yield name, kind, first sector and size of each entry."""
        listing = self._joined(_chain(self._table, directory))
        for place in range(0, len(listing) - _ENTRY + 1, _ENTRY):
            raw, length, kind = struct.unpack_from("<64sHB", listing, place)
            start, size = struct.unpack_from("<II", listing, place + 116)
            name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield name, kind, start, size

    def _joined(self, sectors: Sequence[int]) -> bytes:
        return b"".join(map(self._sector, sectors))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            raise DamagedWorkbookError
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    def _numbers(self, sectors: Sequence[int]) -> list[int]:
        joined = self._joined(sectors)
        return list(struct.unpack(f"<{len(joined) // 4}I", joined))


def check_chains(table: Sequence[int]) -> None:
    """Raise DamagedWorkbookError if any chain runs in a circle."""
    settled = bytearray(len(table))
    for first in range(len(table)):
        walked: list[int] = []
        sector = first
        while sector < len(table) and not settled[sector]:
            settled[sector] = 1
            walked.append(sector)
            sector = table[sector]
        if sector < len(table) and settled[sector] == 1 and walked:
            raise DamagedWorkbookError
        for passed in walked:
            settled[passed] = 2


def _chain(table: Sequence[int], first: int) -> list[int]:
    sectors: list[int] = []
    while first < len(table):
        sectors.append(first)
        first = table[first]
    return sectors


def measure_old_workbook(content: bytes) -> list[tuple[int, int]]:
    """Return the last row and column with a value of each sheet. Raises ExchangeError."""
    file = OleFile(content)
    names = {name.casefold() for name, _, _, _ in file.entries}
    if "encryptedpackage" in names:
        raise EncryptedWorkbookError
    streams = [
        file.stream(start, size)
        for name, kind, start, size in file.entries
        if kind == _STREAM and name.casefold() in {"workbook", "book"}
    ]
    if not streams:
        raise NotAWorkbookError
    return [extent for stream in streams for extent in _extents(stream)]


def _extents(stream: bytes) -> Iterator[tuple[int, int]]:
    """Yield one extent for each part of the stream between a begin and an end record."""
    last_row = last_column = place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4
        if kind in _CELL_RECORDS and place + 4 <= len(stream):
            row, column = struct.unpack_from("<HH", stream, place)
            if kind == _MULTIPLE_NUMBERS:
                column += max(0, (length - 6) // 6 - 1)
            last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
        elif kind in {_BEGIN, _END}:
            yield last_row, last_column
            last_row = last_column = 0
        place += length
    yield last_row, last_column
