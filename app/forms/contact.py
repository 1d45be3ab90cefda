"""The forms that record a contact."""

from datetime import date

from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.forms.base import CreatingForm, DayField, not_in_future
from app.forms.pairing import row_id
from app.forms.plain_text import without_secrets

LONGEST_NOTE = 1000


class ContactForm(CreatingForm):
    """The day, who attended, and what is worth remembering."""

    on = DayField("Ngày gặp", [InputRequired("Nhập ngày gặp.")])
    mentorship_ids = SelectMultipleField(
        "Người có mặt",
        [InputRequired("Chưa chọn ai. Đánh dấu ít nhất một người có mặt.")],
        coerce=row_id,
        choices=[],
        validate_choice=False,
    )
    note = TextAreaField(
        "Ghi chú",
        [Length(max=LONGEST_NOTE), without_secrets],
        description="Nội dung đã hướng dẫn. Không ghi số CCCD, mật khẩu hay mã OTP.",
        render_kw={"rows": 2, "maxlength": LONGEST_NOTE},
    )

    def __init__(self, *, today: date, **values: object) -> None:
        super().__init__(**{"on": today, **values})
        self.today = today

    def validate_on(self, field: DayField) -> None:
        """Not in the future."""
        not_in_future(self.today)(self, field)

    @property
    def day(self) -> date:
        """The day of the contact; today while none is typed."""
        return self.on.data or self.today

    @property
    def attendees(self) -> frozenset[int]:
        """The ids of the mentorships that attended."""
        return frozenset(self.mentorship_ids.data or ())


class OneTapForm(CreatingForm):
    """A button that needs nothing but its own one-time key."""
