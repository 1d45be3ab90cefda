"""The forms that pair people and that end a pair."""

from collections.abc import Sequence
from datetime import date

from wtforms import BooleanField, IntegerField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from app.forms.base import CreatingForm, DayField, not_in_future
from app.forms.options import options
from app.queries.pairing import ReasonChoice

LARGEST_ID = 2**31 - 1


def row_id(text: str | int) -> int:
    """Read the id of a row; raise ValueError for what no row can have."""
    value = int(text)
    if not 0 < value <= LARGEST_ID:
        raise ValueError(value)
    return value


class RowIdField(IntegerField):
    """The id of one row that the page offers as a radio button."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = None
        if valuelist and valuelist[0]:
            try:
                self.data = row_id(valuelist[0])
            except ValueError as error:
                msg = "Lựa chọn này không có trong danh sách. Chọn lại."
                raise ValueError(msg) from error


class PairingForm(CreatingForm):
    """Which mentees, which mentor, from which day on. Who may be chosen the service decides."""

    mentee_ids = SelectMultipleField(
        "Người học",
        [InputRequired("Chưa chọn người học. Đánh dấu ít nhất một người.")],
        coerce=row_id,
        choices=[],
        validate_choice=False,
    )
    mentor_id = RowIdField("Mentor", [InputRequired("Chưa chọn mentor. Chọn một người.")])
    on = DayField("Kèm từ ngày", [InputRequired("Nhập ngày bắt đầu kèm.")])

    def __init__(self, *, today: date, **values: object) -> None:
        super().__init__(**{"on": today, **values})
        self.today = today

    def validate_on(self, field: DayField) -> None:
        """Not in the future."""
        not_in_future(self.today)(self, field)

    @property
    def chosen_mentees(self) -> list[int]:
        """The ids of the ticked mentees."""
        return list(self.mentee_ids.data or ())

    @property
    def chosen_mentor(self) -> int:
        """The id of the mentor; 0 while none is chosen."""
        return self.mentor_id.data or 0

    @property
    def first_day(self) -> date:
        """The day from which the mentor guides them."""
        return self.on.data or self.today


class ChangeMentorForm(CreatingForm):
    """Which other mentor, from which day on. Who may be chosen the service decides."""

    mentor_id = RowIdField("Mentor mới", [InputRequired("Chưa chọn mentor mới. Chọn một người.")])
    on = DayField(
        "Đổi từ ngày",
        [InputRequired("Nhập ngày đổi.")],
        description="Ngày đầu tiên học với mentor mới.",
    )

    def __init__(self, *, today: date, **values: object) -> None:
        super().__init__(**{"on": today, **values})
        self.today = today

    def validate_on(self, field: DayField) -> None:
        """Not in the future."""
        not_in_future(self.today)(self, field)

    @property
    def chosen_mentor(self) -> int:
        """The id of the new mentor; 0 while none is chosen."""
        return self.mentor_id.data or 0

    @property
    def first_day(self) -> date:
        """The day from which the new mentor guides."""
        return self.on.data or self.today


class EndPairForm(CreatingForm):
    """From which day on a pair is over, why, and whether a mentee who completed goes on."""

    on = DayField(
        "Thôi từ ngày",
        [InputRequired("Nhập ngày thôi.")],
        description="Ngày đầu tiên hai người không còn học với nhau.",
    )
    reason = RadioField("Lý do", [InputRequired("Chọn lý do.")], coerce=int)
    keeps_learning = BooleanField("Người học hoàn thành nhưng học tiếp với mentor khác")

    def __init__(self, *, reasons: Sequence[ReasonChoice], today: date, **values: object) -> None:
        super().__init__(**{"on": today, **values})
        self.today = today
        self.reason.choices = options((reason.id, reason.label) for reason in reasons)

    def validate_on(self, field: DayField) -> None:
        """Not in the future."""
        not_in_future(self.today)(self, field)

    @property
    def end_day(self) -> date:
        """The first day without the pair."""
        return self.on.data or self.today
