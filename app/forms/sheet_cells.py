"""What is typed from a paper sheet: its code, the days at the heads of columns, and the marks."""

import re
from collections.abc import Sequence
from datetime import date

from wtforms import StringField

from app.forms.base import BaseForm, parse_day
from app.months import EARLIEST_YEAR, Month, parse_month

PRESENT = frozenset({"x", "v", "+", "c", "co", "có"})
LONGEST_MEETING = 600  # minutes: what is more was meant to be something else


class MarkField(StringField):
    """A cell: `data` says whether the person was there; minutes say so as a mark does."""

    data: bool  # type: ignore[assignment]  # the text stays in raw_data

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = (valuelist[0] if valuelist else "").lower()
        is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LONGEST_MEETING))
        minutes = int(text) if is_number else None
        self.data = text in PRESENT or bool(minutes)
        if minutes is not None and minutes > LONGEST_MEETING:
            raise ValueError("Số phút quá lớn. Gõ x, hoặc số phút đến 600.")
        if text and not self.data and minutes is None and text != "-":
            raise ValueError("Gõ x hoặc số phút nếu có mặt; để trống nếu vắng.")


class SheetDayField(StringField):
    """The head of a column: a day of the sheet's month, typed as dd, dd/mm or dd/mm/yyyy."""

    data: date | None  # type: ignore[assignment]  # the text stays in raw_data
    month: Month

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = re.sub(r"[-.\s]+", "/", valuelist[0] if valuelist else "").strip("/")
        self.data = None
        if not text:
            return
        typed = text.split("/")
        missing = (str(self.month.number), str(self.month.year))[len(typed) - 1 :]
        self.data = parse_day("/".join([*typed, *missing]))
        if self.data is None:
            raise ValueError("Không có ngày này. Gõ ngày, ví dụ 5 hoặc 05/03.")
        if Month.of(self.data) != self.month:
            self.data = None
            raise ValueError(
                f"Phiếu này của tháng {self.month.in_words}; ngày tháng khác ghi ở phiếu tháng đó."
            )


class SheetCodeForm(BaseForm):
    """The code at the head of a paper sheet, typed to open its grid."""

    class Meta(BaseForm.Meta):
        """Sent by GET, where there is nothing to protect."""

        csrf = False

    code = StringField(
        "Mã phiếu",
        name="ma",
        description="Ở góc trên bên phải tờ phiếu, ví dụ 128-1126.",
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": 16},
    )

    @property
    def sheet_id(self) -> tuple[int, Month] | None:
        """The mentor's id and the month, or None where the text is no code."""
        found = re.fullmatch(r"(\d{1,9})\s*[-–./ ]\s*(\d\d)(\d\d)", self.code.data or "", re.ASCII)
        if found is None:
            return None
        month = parse_month(f"{found[2]}-{EARLIEST_YEAR // 100}{found[3]}")
        return None if month is None else (int(found[1]), month)
