"""The grid of a paper sheet: a column for each meeting, a row for each mentee."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from flask import request
from wtforms import Field, StringField
from wtforms.validators import Length

from app.errors import RuleBrokenError, SheetRefusedError
from app.forms.base import CreatingForm
from app.forms.contact import LONGEST_NOTE
from app.forms.plain_text import without_secrets
from app.forms.sheet_cells import MarkField, SheetDayField
from app.queries.contact_sheets import ContactSheet, SheetFault, SheetRow, TypedMeeting
from app.services.contact_writing import Meeting

MEETINGS = 8
MARK = re.compile(r"mark_(\d+)_\d+", re.ASCII)


class ContactSheetForm(CreatingForm):
    """The typed sheet. Made by `sheet_form`, which adds the fields of its rows and columns."""

    sheet: ContactSheet
    today: date

    @property
    def columns(self) -> range:
        """The numbers of the meetings."""
        return range(MEETINGS)

    def day(self, column: int) -> SheetDayField:
        """Return the head of a column."""
        return self[f"day_{column}"]  # type: ignore[no-any-return]  # WTForms ships no types

    def mark(self, row: SheetRow, column: int) -> MarkField:
        """Return the cell of a mentee in a column."""
        return self[f"mark_{row.id}_{column}"]  # type: ignore[no-any-return]

    def note(self, column: int) -> StringField:
        """Return what was taught in a meeting."""
        return self[f"note_{column}"]  # type: ignore[no-any-return]

    @property
    def meetings(self) -> list[Meeting]:
        """The meetings of a valid form, in the order of their columns."""
        return [
            Meeting(day, self._present(column), self.note(column).data)
            for column in self.columns
            if (day := self.day(column).data) is not None
        ]

    def validate(self, extra_validators: object = None) -> bool:
        """Check every cell, then what the columns say together."""
        is_valid = super().validate(extra_validators)
        faults = list(self._faults())
        for field, sentence in faults:
            field.errors = [*field.errors, sentence]
        lost = self._lost_rows()
        if lost:
            self.form_errors.append(
                f"Dòng mã {', '.join(lost)} không còn trên phiếu này nên chưa được đọc. Xem lại"
                " danh sách rồi lưu."
            )
        return bool(is_valid) and not faults and not lost and not self.form_errors

    def mark_faults(self) -> bool:
        """Mark what contradicts the recorded rows, and say whether anything does."""
        typed = [TypedMeeting(meeting.on, meeting.mentorship_ids) for meeting in self.meetings]
        faults = self.sheet.faults_of(typed)
        self._mark(faults)
        return bool(faults)

    def refuse(self, error: RuleBrokenError) -> None:
        """Put each fault of a refused sheet at its cell."""
        if isinstance(error, SheetRefusedError):
            self._mark(error.details["faults"])  # type: ignore[arg-type]  # the service says which
        else:
            super().refuse(error)

    def _present(self, column: int) -> frozenset[int]:
        return frozenset(row.id for row in self.sheet.rows if self.mark(row, column).data)

    def _faults(self) -> Iterator[tuple[Field, str]]:
        seen: set[date] = set()
        for column in self.columns:
            head, note = self.day(column), self.note(column)
            is_marked = any(_is_typed(self.mark(row, column)) for row in self.sheet.rows)
            if head.data is not None:
                if head.data > self.today:
                    yield head, "Ngày này chưa tới."
                elif head.data in seen:
                    yield head, "Ngày này đã gõ ở cột trước."
                elif not is_marked:
                    yield head, "Chưa đánh dấu ai có mặt; nếu không có buổi này thì xóa ngày."
                seen.add(head.data)
            elif (is_marked or note.data) and not head.errors:
                yield head, "Gõ ngày của buổi này."
        if not seen and not any(self.day(column).errors for column in self.columns):
            yield self.day(0), "Phiếu còn trống: gõ ngày của buổi đầu tiên."

    def _lost_rows(self) -> list[str]:
        known = {str(row.id) for row in self.sheet.rows}
        typed = {name for name, value in request.form.items() if value.strip()}
        marked = {found[1] for name in typed if (found := MARK.fullmatch(name))}
        return sorted(marked - known)

    def _mark(self, faults: Sequence[SheetFault]) -> None:
        used = [column for column in self.columns if self.day(column).data is not None]
        rows = {row.id: row for row in self.sheet.rows}
        for place, mentorship_id in faults:
            head = self.day(used[place])
            if mentorship_id is None:
                head.errors = [*head.errors, self._recorded_words(head.data)]
            else:
                row = rows[mentorship_id]
                cell = self.mark(row, used[place])
                cell.errors = [*cell.errors, _span_words(row)]

    def _recorded_words(self, day: date | None) -> str:
        people = sum(meeting.attendees for meeting in self.sheet.recorded if meeting.day == day)
        return (
            f"Buổi ngày này đã ghi rồi ({people} người). Xóa cả cột để không ghi hai lần; còn thiếu"
            " ai thì ghi thêm ở «Ghi buổi hướng dẫn»."
        )


def sheet_form(sheet: ContactSheet, today: date) -> ContactSheetForm:
    """Return the form of a sheet, filled with what was sent."""
    month = type("_DayField", (SheetDayField,), {"month": sheet.month})
    fields: dict[str, object] = {"sheet": sheet, "today": today}
    for column in range(MEETINGS):
        name = f"Buổi {column + 1}"
        fields[f"day_{column}"] = month(f"{name}, ngày")
        for row in sheet.rows:
            fields[f"mark_{row.id}_{column}"] = MarkField(f"{name}, {row.full_name}")
        fields[f"note_{column}"] = StringField(
            f"{name}, nội dung", [Length(max=LONGEST_NOTE), without_secrets]
        )
    return type("FilledSheetForm", (ContactSheetForm,), fields)()  # type: ignore[no-any-return]


def _is_typed(mark: MarkField) -> bool:
    return mark.data or bool(mark.errors)


def _span_words(row: SheetRow) -> str:
    if row.ended_on is None:
        return f"Ghép với mentor này từ ngày {row.started_on:%d/%m/%Y}. Xóa dấu, hoặc sửa ngày."
    return (
        f"Học với mentor này từ {row.started_on:%d/%m/%Y} đến {row.ended_on:%d/%m/%Y}. Xóa dấu,"
        " hoặc sửa ngày."
    )
