"""The forms that set a target and correct it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import Field, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from app.forms.base import CreatingForm, DayField, EditingForm, required_day
from app.forms.options import options
from app.forms.plain_text import without_secrets
from app.queries.plan_targets import TargetSeries
from app.queries.wards import WardCard
from app.services.edit_targets import TargetValue
from app.wording import TARGET_INDICATOR_LABELS
from models.enums import TargetIndicator

MOST, MOST_PERCENT, LONGEST_SOURCE = 5_000_000, 100, 300
FIRST_DAY, LAST_DAY = date(2026, 1, 1), date(2035, 12, 31)


class _SeriesFields:
    # Before the fields of a version: faults are listed in the order of the page.
    ward = SelectField("Địa bàn", description="Toàn tỉnh, hoặc một xã, phường.")
    indicator = SelectField("Nội dung", [InputRequired("Chọn nội dung.")])
    due_on = DayField("Hạn", [InputRequired("Nhập hạn.")], description="Ngày cuối cùng để đạt.")


class _VersionFields:
    value = IntegerField(
        "Chỉ tiêu",
        [InputRequired("Nhập số cần đạt."), NumberRange(1, MOST)],
        description="Số người, số lượt, số lớp hoặc số xã, phường; các chỉ tiêu mục I.2 là phần "
        "trăm.",
        render_kw={"maxlength": 7},
    )
    valid_from = DayField(
        "Áp dụng từ ngày",
        [InputRequired("Nhập ngày bắt đầu áp dụng.")],
        description="Ngày của văn bản giao hoặc điều chỉnh chỉ tiêu.",
    )
    source = StringField(
        "Nguồn",
        [InputRequired("Nhập văn bản giao chỉ tiêu."), Length(max=LONGEST_SOURCE), without_secrets],
        description="Ví dụ: Kế hoạch 19/KH-UBND, mục II.4.1.",
        render_kw={"maxlength": LONGEST_SOURCE},
    )

    def validate_valid_from(self, field: DayField) -> None:
        """Refuse a day that is to come, or was before the plan."""
        if field.data and not FIRST_DAY <= field.data <= self.today:
            msg = "Nhập ngày từ 01/01/2026 đến hôm nay."
            raise ValidationError(msg)

    today: date

    @property
    def version_typed(self) -> TargetValue:
        """What was typed, of a valid form."""
        return TargetValue(
            self.value.data or 0, required_day(self.valid_from), self.source.data or ""
        )


def _check_percent(indicator: TargetIndicator, field: Field) -> None:
    if not indicator.is_of_network and (field.data or 0) > MOST_PERCENT:
        msg = "Chỉ tiêu này tính bằng phần trăm: nhập số từ 1 đến 100."
        raise ValidationError(msg)


class NewTargetForm(_SeriesFields, _VersionFields, CreatingForm):
    """A target that is not there yet."""

    def __init__(self, *, wards: Sequence[WardCard], today: date, **values: Any) -> None:  # noqa: ANN401  # of fields
        super().__init__(**values)
        self.today = today
        named = [(str(ward.id), ward.full_name) for ward in wards]
        self.ward.choices = options([("", "Toàn tỉnh"), *named])
        self.indicator.choices = options(
            (one.value, TARGET_INDICATOR_LABELS[one]) for one in TargetIndicator
        )

    def validate_ward(self, field: SelectField) -> None:
        """Refuse a ward for what is counted for the province alone."""
        chosen = self._indicator
        is_of_province = chosen is TargetIndicator.WARDS_WITH_SUPPORT or (
            chosen is not None and not chosen.is_of_network
        )
        if field.data and is_of_province:
            msg = "Nội dung này chỉ tính cho toàn tỉnh: chọn «Toàn tỉnh»."
            raise ValidationError(msg)

    def validate_value(self, field: IntegerField) -> None:
        """Refuse more than a hundred percent."""
        if self._indicator is not None:
            _check_percent(self._indicator, field)

    def validate_due_on(self, field: DayField) -> None:
        """Refuse a day outside the years of the plan."""
        if field.data and not FIRST_DAY <= field.data <= LAST_DAY:
            msg = "Nhập hạn từ 01/01/2026 đến 31/12/2035."
            raise ValidationError(msg)

    @property
    def _indicator(self) -> TargetIndicator | None:
        known = {one.value for one in TargetIndicator}
        return TargetIndicator(self.indicator.data) if self.indicator.data in known else None

    @property
    def series(self) -> TargetSeries:
        """Which target it is, of a valid form."""
        return TargetSeries(
            int(self.ward.data) if self.ward.data else None,
            TargetIndicator(self.indicator.data),
            required_day(self.due_on),
        )


class CorrectTargetForm(_VersionFields, EditingForm):
    """A further version of a target that is there."""

    def __init__(self, *, indicator: TargetIndicator, today: date, **values: Any) -> None:  # noqa: ANN401  # of fields
        super().__init__(**values)
        self.target_indicator, self.today = indicator, today

    def validate_value(self, field: IntegerField) -> None:
        """Refuse more than a hundred percent."""
        _check_percent(self.target_indicator, field)
