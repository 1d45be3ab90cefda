"""One row of a table → one RosterRow, with every problem of the row at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from app.exchange import cells as read
from app.exchange.body import PersonRow
from app.exchange.cells import CellError, cell_text, quote
from app.exchange.columns import Column
from app.exchange.extent import column_letters
from app.exchange.labels import Labels
from app.exchange.records import Problem, RosterRole, RosterRow, Severity
from app.exchange.roles import roles_in_cell
from app.exchange.tables import Table
from app.exchange.workbook import Cell
from app.never_stored import (
    has_identity_number,
    has_secret,
    hide_identity_numbers,
    hide_secrets,
)
from models.enums import ConsentMethod, Gender

Value = TypeVar("Value")

_NOTE_AT_MOST = 1000
_TEXT_AT_MOST = 120
_YOUNGEST, _OLDEST = 6, 100
_WARD_CODE = re.compile(r"(\d{5})(?!\d)")
_PHONE_INSIDE = re.compile(r"\+?\d[\d .]{7,}\d")
_SEVERAL_PHONES = re.compile(r"[/;,]|\s-\s|\bhoặc\b")


class Lists(NamedTuple):
    """What a reader has to know from outside the file."""

    today: date
    groups: Labels
    languages: Labels


class RowReader:
    """Reads the rows of one table. `role` is that of the table where a row names none."""

    def __init__(self, table: Table, lists: Lists, role: RosterRole | None) -> None:
        self.table = table
        self.lists = lists
        self.role = role
        self.indexes = table.indexes
        self._labels = {heading.index: heading.label for heading in table.headings}

    def read(self, person: PersonRow) -> tuple[RosterRow, list[Problem]]:
        """Return the row as far as it can be understood (the rest is None), and its problems."""
        cells = dict(enumerate(self.table.sheet.rows[person.row_index]))
        return OneRow(self, person, cells).read()

    def indexes_of(self, part: "Part") -> tuple[int, ...]:
        """Return the cells on which a part of a row depends."""
        if part.columns == NAME_COLUMNS:
            return self.table.name_indexes
        found = (self.indexes.get(column, ()) for column in part.columns)
        return tuple(chain.from_iterable(found))

    def label(self, index: int) -> str:
        return self._labels[index]


class OneRow:
    """One row being read. Each method of `PARTS` looks at its own columns and nothing else.

    `cells` has by index from 0 at least the cells of those columns.
    """

    def __init__(self, reader: RowReader, person: PersonRow, cells: Mapping[int, Cell]) -> None:
        self.reader = reader
        self.person = person
        self.cells = cells
        self.texts = {index: cell_text(cell) for index, cell in cells.items()}
        self.problems: list[Problem] = []

    def read(self) -> tuple[RosterRow, list[Problem]]:
        said: dict[str, Any] = {}
        for part in PARTS:
            said |= {field: value for field, [value] in part.by_field([part.read(self)]).items()}
        sheet, number = self.reader.table.sheet.name, self.person.row_index + 1
        return RosterRow(**said, sheet=sheet, row_number=number), self.problems

    def full_name(self) -> str:
        indexes = self.reader.table.name_indexes
        name = " ".join(filter(None, (self.texts[i] for i in indexes)))
        if not name:
            self._error(indexes[0], "Thiếu họ và tên. Hãy ghi họ tên hoặc xoá cả dòng này.")
            return ""
        return self._tried(indexes[0], read.read_name, name) or ""

    def role(self) -> RosterRole | None:
        index = self._first_filled(Column.ROLE)
        if index is not None:
            return self._only_role(index, [self.texts[index]])
        marked = self._marked(Column.ROLE_MARK)
        if marked:
            return self._only_role(marked[-1], [self.reader.label(i) for i in marked])
        role = self.person.role or self.reader.role
        if role is None:
            self._error(
                next(iter(self.reader.indexes.get(Column.ROLE, ())), None),
                "Chưa biết vai trò của người này. Hãy ghi cột Vai trò (mentor, người học hoặc hỗ "
                "trợ), hoặc đặt tên trang tính là Mentor, Người học hay Nhân sự hỗ trợ.",
            )
        return role

    def _only_role(self, index: int, texts: Sequence[str]) -> RosterRole | None:
        roles = set[RosterRole]().union(*map(roles_in_cell, texts))
        if len(roles) == 1:
            return roles.pop()
        message = f"Không hiểu vai trò {quote(texts[0])}. Hãy ghi mentor, người học hoặc hỗ trợ."
        if roles:
            message = (
                "Dòng này ghi nhiều vai trò. Hãy ghi mỗi vai trò một dòng, cùng họ tên và số điện "
                "thoại; đó vẫn là một người."
            )
        self._error(index, message)
        return None

    def gender_and_birth(self) -> tuple[Gender | None, int | None]:
        """Lists often have two columns, Nam and Nữ, with a mark or the year of birth in one."""
        gender = self.value(Column.GENDER, read.read_gender)
        birth_year = self.value(Column.BIRTH, self._birth_year)
        for column, marked in ((Column.MALE, Gender.MALE), (Column.FEMALE, Gender.FEMALE)):
            index = self._first_filled(column)
            if index is None:
                continue
            if len(self.texts[index]) >= len("1958"):
                birth_year = birth_year or self._tried(index, self._birth_year, self.cells[index])
                gender = gender or marked
            elif self._tried(index, self._mark_at(index), self.cells[index]):
                gender = gender or marked
        self._check_age(birth_year)
        return gender, birth_year

    def _birth_year(self, cell: Cell) -> int:
        return read.read_birth_year(cell, today=self.reader.lists.today)

    def _check_age(self, birth_year: int | None) -> None:
        age = None if birth_year is None else self.reader.lists.today.year - birth_year
        if age is not None and not _YOUNGEST <= age <= _OLDEST:
            columns = (Column.BIRTH, Column.MALE, Column.FEMALE)
            index = next(i for i in map(self._first_filled, columns) if i is not None)
            self._warning(index, f"Sinh năm {birth_year} là {age} tuổi. Hãy kiểm tra lại năm sinh.")

    def phone(self, column: Column) -> str | None:
        """Return the first number that can be understood, of the first cell that has one."""
        for index in self.reader.indexes.get(column, ()):
            if not read.is_nothing(self.texts[index]):
                return self._one_phone(index)
        return None

    def _one_phone(self, index: int) -> str | None:
        text = self.texts[index]
        parts = () if text.isdecimal() else _SEVERAL_PHONES.split(text)
        several = [part for part in parts if part.strip()]
        if len(several) > 1:
            phone = self._tried(index, read.read_phone, several[0])
            if phone:
                self._warning(index, "Ô này có nhiều số điện thoại; chỉ số đầu tiên được dùng.")
            return phone
        return self._tried(index, read.read_phone, self.cells[index])

    def ward(self) -> str | None:
        """Return the code when a cell gives one, else the name."""
        for column in (Column.WARD_CODE, Column.WARD):
            index = self._first_filled(column)
            text = "" if index is None else self.texts[index]
            if match := _WARD_CODE.match(text):
                return match.group(1)
            if text and column is Column.WARD_CODE:
                self._error(index, f"Mã ĐVHC {quote(text)} không đúng: mã gồm năm chữ số.")
                return None
        return self.text(Column.WARD)

    def mentor(self) -> tuple[str | None, str | None]:
        """Return name and phone of the mentor; both may stand in one cell."""
        phone = self.phone(Column.MENTOR_PHONE)
        index = self._first_filled(Column.MENTOR)
        if index is None:
            return None, phone
        text = read.read_mentor_words(self.texts[index])
        if not text:
            return None, phone
        if match := _PHONE_INSIDE.search(text):
            phone = phone or self._tried(index, read.read_phone, match.group())
            text = text.replace(match.group(), " ").strip(" -–,;:/()")
        name = self._tried(index, read.read_name, " ".join(text.split())) if text else None
        return name, phone

    def capacity(self) -> int | None:
        return self.value(Column.CAPACITY, read.read_capacity)

    def groups(self) -> tuple[str, ...]:
        return self._labels(Column.GROUPS, Column.GROUP_MARK, self.reader.lists.groups)

    def languages(self) -> tuple[str, ...]:
        return self._labels(Column.LANGUAGES, Column.LANGUAGE_MARK, self.reader.lists.languages)

    def _labels(self, column: Column, mark: Column, labels: Labels) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for index in self.reader.indexes.get(column, ()):
            text = self._checked_text(index, _NOTE_AT_MOST)
            if text and not read.is_nothing(text):
                found |= dict.fromkeys(labels.split(text))
        for index in self._marked(mark):
            heading = self.reader.label(index)
            found[labels.find(heading) or heading] = None
        return tuple(found)

    def _marked(self, column: Column) -> list[int]:
        return [
            index
            for index in self.reader.indexes.get(column, ())
            if self._tried(index, self._mark_at(index), self.cells[index])
        ]

    def _mark_at(self, index: int) -> Callable[[Cell], bool]:
        return lambda cell: read.read_mark(cell, self.reader.label(index))

    def spell(self) -> tuple[date | None, date | None]:
        started_on = self.value(Column.STARTED, read.read_date)
        ended_on = self.value(Column.ENDED, read.read_date)
        if started_on and started_on > self.reader.lists.today:
            self._error(
                self._first_filled(Column.STARTED),
                f"Ngày bắt đầu {cell_text(started_on)} ở tương lai. Hãy ghi ngày đã bắt đầu "
                "hoặc để trống.",
            )
        if started_on and ended_on and ended_on <= started_on:
            self._error(
                self._first_filled(Column.ENDED),
                f"Ngày kết thúc {cell_text(ended_on)} phải sau ngày bắt đầu "
                f"{cell_text(started_on)}.",
            )
        return started_on, ended_on

    def consent(self) -> tuple[ConsentMethod | None, date | None]:
        """Return way and date of a consent; it counts only with both, for it must be provable."""
        indexes = [self._first_filled(c) for c in (Column.CONSENT, Column.CONSENT_DATE)]
        filled = [index for index in indexes if index is not None]
        texts = [self.texts[index] for index in filled]
        if not filled or all(map(read.is_nothing, texts)):
            return None, None
        method = self._consent_way(filled, texts)
        given_on = next(filter(None, (self._tried_date(index) for index in filled)), None)
        if given_on and given_on > self.reader.lists.today:
            self._error(filled[0], f"Ngày đồng ý {cell_text(given_on)} ở tương lai.")
        elif not given_on or not method:
            self._warning(
                filled[0],
                "Sự đồng ý cần đủ cách và ngày nên chưa được ghi nhận. Hãy ghi ví dụ “Phiếu giấy "
                "12/03/2026” hoặc “Miệng 01/04/2026”.",
            )
        return (method, given_on) if method and given_on else (None, None)

    def _consent_way(self, filled: Sequence[int], texts: Sequence[str]) -> ConsentMethod | None:
        headings = [self.reader.label(index) for index in filled]
        return next(filter(None, map(read.consent_way, [*texts, *headings])), None)

    def _tried_date(self, index: int) -> date | None:
        return self._tried(index, read.date_inside, self.cells[index])

    def text(self, column: Column, *, at_most: int = _TEXT_AT_MOST) -> str | None:
        index = self._first_filled(column)
        return None if index is None else self._checked_text(index, at_most)

    def _checked_text(self, index: int, at_most: int) -> str | None:
        text = self.texts[index]
        if len(text) > at_most:
            self._error(
                index, f"Nội dung {quote(text)} dài {len(text)} ký tự; tối đa {at_most} ký tự."
            )
            return None
        if has_identity_number(text):
            self._warning(
                index,
                "Ô này có dãy 9 hoặc 12 chữ số giống số giấy tờ tuỳ thân; số đó không được lưu.",
            )
        if has_secret(text):
            self._warning(index, "Ô này có vẻ ghi mật khẩu hoặc mã OTP; phần đó không được lưu.")
        return hide_secrets(hide_identity_numbers(text)) or None

    def _first_filled(self, column: Column) -> int | None:
        for index in self.reader.indexes.get(column, ()):
            if self.texts[index]:
                return index
        return None

    def value(self, column: Column, reader: Callable[[Cell], Value]) -> Value | None:
        index = self._first_filled(column)
        return None if index is None else self._tried(index, reader, self.cells[index])

    def _tried(self, index: int, reader: Callable[[Cell], Value], cell: Cell) -> Value | None:
        try:
            return reader(cell)
        except CellError as error:
            self._error(index, str(error))
            return None

    def _error(self, index: int | None, message: str) -> None:
        self._add(index, message, Severity.ERROR)

    def _warning(self, index: int | None, message: str) -> None:
        self._add(index, message, Severity.WARNING)

    def _add(self, index: int | None, message: str, severity: Severity) -> None:
        sheet, row = self.reader.table.sheet.name, self.person.row_index + 1
        column = None if index is None else column_letters(index)
        heading = None if index is None else self.reader.label(index)
        self.problems.append(Problem(sheet, row, column, heading, message, severity))


class Part(NamedTuple):
    """Some fields of a row that follow from some columns together.

    `read` returns the value of the one field; of several a tuple. `glance`, where there is one,
    returns the same of a cell that needs no closer look, and None of any other.
    """

    fields: tuple[str, ...]
    columns: tuple[Column, ...]
    read: Callable[[OneRow], Any]
    glance: Callable[[Cell], Any] | None = None

    @property
    def depends_on_section(self) -> bool:
        """Say whether the heading above a row, too, tells what the part says."""
        return Column.ROLE in self.columns

    def by_field(self, said: Sequence[Any]) -> dict[str, Sequence[Any]]:
        """Return by field its values, from what the part says of some rows."""
        values = [said] if len(self.fields) == 1 else zip(*said, strict=True)
        return dict(zip(self.fields, values, strict=True))


NAME_COLUMNS = (Column.FULL_NAME, Column.FAMILY_NAME, Column.GIVEN_NAME)
# In the order in which the problems of a row are told.
PARTS = (
    Part(
        ("gender", "birth_year"),
        (Column.GENDER, Column.BIRTH, Column.MALE, Column.FEMALE),
        OneRow.gender_and_birth,
    ),
    Part(("mentor_name", "mentor_phone"), (Column.MENTOR, Column.MENTOR_PHONE), OneRow.mentor),
    Part(("consent_method", "consent_on"), (Column.CONSENT, Column.CONSENT_DATE), OneRow.consent),
    Part(("started_on", "ended_on"), (Column.STARTED, Column.ENDED), OneRow.spell),
    Part(("full_name",), NAME_COLUMNS, OneRow.full_name, read.plain_name),
    Part(("role",), (Column.ROLE, Column.ROLE_MARK), OneRow.role),
    Part(("phone",), (Column.PHONE,), lambda row: row.phone(Column.PHONE), read.plain_phone),
    Part(("ward",), (Column.WARD_CODE, Column.WARD), OneRow.ward),
    Part(("hamlet",), (Column.HAMLET,), lambda row: row.text(Column.HAMLET)),
    Part(("groups",), (Column.GROUPS, Column.GROUP_MARK), OneRow.groups),
    Part(("languages",), (Column.LANGUAGES, Column.LANGUAGE_MARK), OneRow.languages),
    Part(("reason",), (Column.REASON,), lambda row: row.text(Column.REASON)),
    Part(
        ("capacity",),
        (Column.CAPACITY,),
        lambda row: row.value(Column.CAPACITY, read.read_capacity),
    ),
    Part(("note",), (Column.NOTE,), lambda row: row.text(Column.NOTE, at_most=_NOTE_AT_MOST)),
)
