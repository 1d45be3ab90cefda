"""The forms of a time away: from when, until when, who stands in; and another day of return."""

from collections.abc import Sequence
from datetime import date, timedelta

from wtforms import SelectField
from wtforms.validators import InputRequired, ValidationError

from app.forms.base import CreatingForm, DayField, required_day
from app.forms.options import options
from app.queries.pauses import Substitute
from app.services.pause_rules import PauseTerms

# A longer time away is an end.
MOST_DAYS = 366
USUAL_DAYS = 14
NOBODY = ""


class PauseForm(CreatingForm):
    """From which day somebody is away, on which day they are back."""

    started_on = DayField("Nghỉ từ ngày", [InputRequired("Nhập ngày bắt đầu nghỉ.")])
    ended_on = DayField(
        "Ngày trở lại",
        [InputRequired("Nhập ngày trở lại; chưa chắc thì ghi ngày dự kiến, đổi sau được.")],
        description="Ngày đầu tiên làm lại như thường. Chưa chắc thì ghi ngày dự kiến.",
    )
    substitute = SelectField(
        "Người thay trong lúc nghỉ",
        description="Gặp người học hoặc trực quầy giúp; số người học vẫn tính cho người đang nghỉ.",
    )

    def __init__(self, *, substitutes: Sequence[Substitute], today: date, **values: object) -> None:
        usual = {"started_on": today, "ended_on": today + timedelta(days=USUAL_DAYS)}
        super().__init__(**{**usual, **values})
        self.today = today
        self.ended_on.flags.lies_ahead = True
        named = [(str(one.person_id), one.full_name) for one in substitutes]
        self.substitute.choices = options([(NOBODY, "Không có"), *named])
        if not named:
            del self.substitute

    def validate_started_on(self, field: DayField) -> None:
        """Within a year before or after today."""
        check_year(field, self.today)

    def validate_ended_on(self, field: DayField) -> None:
        """After the first day, and not so late that it would be an end."""
        check_year(field, self.today)
        first = self.started_on.data
        if field.data is not None and first is not None and field.data <= first:
            raise ValidationError("Ngày trở lại phải sau ngày bắt đầu nghỉ.")

    @property
    def terms(self) -> PauseTerms:
        """What was typed, of a valid form."""
        chosen = self.substitute.data if "substitute" in self else NOBODY
        return PauseTerms(
            required_day(self.started_on),
            required_day(self.ended_on),
            int(chosen) if chosen else None,
        )


class ReturnForm(CreatingForm):
    """On which day somebody comes back."""

    ended_on = DayField(
        "Ngày trở lại",
        [InputRequired("Nhập ngày trở lại.")],
        description="Ngày đầu tiên làm lại như thường; hôm nay nếu đã trở lại.",
    )

    def __init__(self, *, today: date, **values: object) -> None:
        super().__init__(**{"ended_on": today, **values})
        self.today = today
        self.ended_on.flags.lies_ahead = True

    def validate_ended_on(self, field: DayField) -> None:
        """Within a year before or after today."""
        check_year(field, self.today)

    @property
    def day(self) -> date:
        """The day of the return, of a valid form."""
        return required_day(self.ended_on)


def check_year(field: DayField, today: date) -> None:
    """Refuse days that are further than a year away."""
    if field.data is not None and abs((field.data - today).days) > MOST_DAYS:
        raise ValidationError("Chọn một ngày cách hôm nay không quá một năm.")
