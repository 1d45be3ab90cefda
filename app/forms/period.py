"""First day and cut-off of a reporting period, and why one is reopened."""

from datetime import date

from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from app.forms.base import BaseForm, CreatingForm, DayField, parse_day, required_day
from app.forms.options import options
from app.quarters import Quarter, calendar_quarter, quarter_by_code
from app.queries.reporting_periods import ONE_DAY, PeriodRow

BY_CUT_OFF, BY_CALENDAR, FREE = "han-bao-cao", "quy-lich", "ngay-khac"
LONGEST_REASON = 300


class PeriodDaysForm(BaseForm):
    """The days of a period: by the date on which the report is due, by the calendar, or free."""

    preset = RadioField("Kỳ tính từ ngày nào đến ngày nào?", [InputRequired("Chọn một cách.")])
    first_day = DayField("Ngày đầu", description="Chỉ cần khi chọn «Ngày khác».")
    last_day = DayField("Ngày chốt", description="Ngày cuối cùng được tính vào kỳ.")
    seen_first = HiddenField()
    seen_last = HiddenField()

    def __init__(self, *, period: PeriodRow, **values: object) -> None:
        values.setdefault("first_day", period.started_on)
        values.setdefault("last_day", period.last_day)
        values.setdefault("seen_first", period.started_on.isoformat())
        values.setdefault("seen_last", period.last_day.isoformat())
        self._presets = {
            BY_CUT_OFF: quarter_by_code(period.code),
            BY_CALENDAR: calendar_quarter(period.code),
        }
        values.setdefault("preset", self._used_by(period))
        super().__init__(**values)
        self.preset.choices = options(
            [
                *((key, _label(key, one)) for key, one in self._presets.items() if one),
                (FREE, "Ngày khác"),
            ]
        )

    @property
    def days(self) -> tuple[date, date]:
        """First and last day, of a valid form."""
        quarter = self._presets.get(self.preset.data)
        if quarter is not None:
            return quarter.started_on, quarter.ended_on - ONE_DAY
        return required_day(self.first_day), required_day(self.last_day)

    @property
    def seen(self) -> tuple[date, date]:
        """The days that the reader saw; days long past for a form that was tampered with."""
        return _seen(self.seen_first.data), _seen(self.seen_last.data)

    def validate(self, extra_validators: object = None) -> bool:
        """Demand both days where they are typed."""
        is_valid: bool = super().validate(extra_validators)
        if self.preset.data == FREE:
            for field in (self.first_day, self.last_day):
                if field.data is None and not field.errors:
                    field.errors = ["Nhập ngày, ví dụ 15/06/2026."]
                    is_valid = False
        return is_valid

    def _used_by(self, period: PeriodRow) -> str:
        for key, quarter in self._presets.items():
            if quarter and (quarter.started_on, quarter.ended_on) == period[2:4]:
                return key
        return FREE


class ClosePeriodForm(CreatingForm):
    """Nothing but the key: what will happen is said beside the button."""


class ReopenPeriodForm(CreatingForm):
    """Why a period is reopened."""

    reason = StringField(
        "Vì sao mở lại?",
        [InputRequired("Nhập lý do mở lại."), Length(max=LONGEST_REASON)],
        description="Lý do được lưu cùng số liệu đã khóa và hiện cho mọi xã, phường.",
        render_kw={"maxlength": LONGEST_REASON},
    )


def _label(key: str, quarter: Quarter) -> str:
    words = {BY_CUT_OFF: "Theo hạn báo cáo", BY_CALENDAR: "Theo quý dương lịch"}[key]
    last = quarter.ended_on - ONE_DAY
    return f"{words}: {quarter.started_on:%d/%m/%Y} – {last:%d/%m/%Y}"


def _seen(text: str | None) -> date:
    year_first = (text or "").split("-")
    return parse_day("/".join(reversed(year_first))) or date.min
