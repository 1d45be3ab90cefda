"""A dated value of one setting."""

from datetime import date
from typing import Any

from wtforms import Field, IntegerField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from app.forms.base import DayField, EditingForm, required_day
from app.forms.options import options
from app.office_words import FLOOR_COUNT_LABELS, SETTING_WORDS

# Smallest and largest value of each setting that is a number.
BOUNDS = {
    "floor": (1, 50),
    "default_capacity": (1, 200),
    "contact_days": (1, 365),
    "desk_days": (1, 365),
    "waiting_days": (1, 365),
    "silent_days": (1, 365),
    "skills_to_complete": (1, 40),
}


# The longest value that is stored.
LONGEST = 400


def _first_day() -> DayField:
    return DayField(
        "Áp dụng từ ngày",
        [InputRequired()],
        description="Số liệu của những ngày trước đó vẫn tính theo giá trị cũ.",
    )


class _SettingForm(EditingForm):
    value: Field
    effective_on: DayField

    @property
    def chosen_value(self) -> str:
        """The value as it is stored."""
        return str(self.value.data)

    @property
    def day(self) -> date:
        """The first day of the value; valid after validation."""
        return required_day(self.effective_on)


class NumberSettingForm(_SettingForm):
    """A count of people or days."""

    value = IntegerField("Giá trị mới", [InputRequired()])
    effective_on = _first_day()

    def __init__(self, *, key: str, **values: Any) -> None:  # noqa: ANN401  # WTForms' own
        super().__init__(**values)
        smallest, largest = BOUNDS[key]
        self.value.validators = [*self.value.validators, NumberRange(smallest, largest)]
        self.value.description = f"Từ {smallest} đến {largest} {SETTING_WORDS[key].unit}."


class FloorCountsForm(_SettingForm):
    """Which mentees count towards the floor."""

    value = SelectField(
        "Giá trị mới", [InputRequired()], choices=options(FLOOR_COUNT_LABELS.items())
    )
    effective_on = _first_day()


def _tidy_lines(text: str | None) -> str:
    """Return the lines without what stands around them; browsers end a line in two characters."""
    lines = (line.strip() for line in (text or "").splitlines())
    return "\n".join(line for line in lines if line)


class TextSettingForm(_SettingForm):
    """What a document says, of one line or more."""

    value = TextAreaField(
        "Giá trị mới",
        [DataRequired(), Length(max=LONGEST)],
        filters=[_tidy_lines],
        render_kw={"rows": 4},
    )
    effective_on = _first_day()


SettingForm = NumberSettingForm | FloorCountsForm | TextSettingForm


def setting_form(key: str, **values: object) -> SettingForm:
    """Return the form for a setting; `values` are what it shows at first."""
    if key in BOUNDS:
        return NumberSettingForm(key=key, **values)
    if key == "floor_counts":
        return FloorCountsForm(**values)
    return TextSettingForm(**values)
