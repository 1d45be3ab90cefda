"""The form of a duty turn; also what the one-tap buttons send."""

from collections.abc import Sequence
from datetime import date

from wtforms import RadioField
from wtforms.validators import InputRequired, ValidationError

from app.forms.base import CreatingForm, DayField, required_day
from app.forms.options import options
from app.queries.duty import PostRow
from app.services.duty_writing import Turn
from app.wording import HALF_DAY_LABELS
from models.enums import HalfDay

EARLIEST_DAY = date(2020, 1, 1)
DAYS_AHEAD = 366
PERFORMED, PLANNED = "da-truc", "se-truc"


class DutyForm(CreatingForm):
    """Half a day at the desk, performed or planned."""

    post = RadioField("Người trực", [InputRequired("Chọn người trực.")], coerce=int)
    service_date = DayField("Ngày trực", [InputRequired("Nhập ngày trực.")])
    half_day = RadioField(
        "Buổi",
        [InputRequired("Chọn buổi sáng hay buổi chiều.")],
        coerce=HalfDay,
        choices=options(HALF_DAY_LABELS.items()),
    )
    state = RadioField(
        "Đã trực hay sẽ trực?",
        [InputRequired("Chọn đã trực hay sẽ trực.")],
        choices=options([(PERFORMED, "Đã trực"), (PLANNED, "Sẽ trực")]),
    )

    def __init__(self, *, posts: Sequence[PostRow], today: date, **values: object) -> None:
        defaults: dict[str, object] = {"service_date": today, "post": _usual_post(posts)}
        super().__init__(**(defaults | values))
        self.today = today
        self.post.choices = options((post.id, post.holder) for post in posts)

    def validate_service_date(self, field: DayField) -> None:
        """Performed up to today, planned up to a year ahead, nothing before the programme."""
        day = field.data
        if day is None:
            return
        if day < EARLIEST_DAY:
            raise ValidationError(f"Ngày này quá sớm. Chọn từ {EARLIEST_DAY:%d/%m/%Y} trở đi.")
        if self.state.data == PERFORMED and day > self.today:
            raise ValidationError("Ngày này chưa tới. Chọn «Sẽ trực», hoặc một ngày đã qua.")
        if (day - self.today).days > DAYS_AHEAD:
            raise ValidationError("Ngày này quá xa. Chọn trong vòng một năm tới.")

    @property
    def turn(self) -> Turn:
        """The typed values of a valid form."""
        return Turn(
            post_id=self.post.data,
            day=required_day(self.service_date),
            half_day=self.half_day.data,
            is_performed=self.state.data == PERFORMED,
        )


def _usual_post(posts: Sequence[PostRow]) -> int | None:
    """Return one's own post, or the only one there is; posts come with one's own first."""
    if posts and (posts[0].is_own or len(posts) == 1):
        return posts[0].id
    return None
