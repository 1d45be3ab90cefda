"""The form that ends a role."""

from collections.abc import Sequence
from datetime import date

from wtforms import RadioField
from wtforms.validators import InputRequired

from app.forms.base import CreatingForm, DayField, required_day
from app.forms.options import options
from app.forms.person import check_day
from app.queries.catalogues_for_forms import Choice


class EndSpellForm(CreatingForm):
    """From which day on the role is over, and why."""

    ended_on = DayField(
        "Thôi từ ngày",
        [InputRequired("Nhập ngày thôi.")],
        description="Ngày đầu tiên không còn giữ vai trò này.",
    )
    reason = RadioField("Lý do", [InputRequired("Chọn lý do.")], coerce=int)

    def __init__(self, *, reasons: Sequence[Choice], today: date, **values: object) -> None:
        super().__init__(**{"ended_on": today, **values})
        self.today = today
        self.reason.choices = options(reasons)

    @property
    def day(self) -> date:
        """The first day without the role, of a valid form."""
        return required_day(self.ended_on)

    def validate_ended_on(self, field: DayField) -> None:
        """Not in the future."""
        check_day(self, field, self.today)
