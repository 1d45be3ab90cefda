"""The form that ends a role."""

import re
from collections.abc import Collection, Sequence
from datetime import date

from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError

from app.forms.base import CreatingForm, DayField, required_day
from app.forms.options import options
from app.forms.person import check_day
from app.queries.catalogues_for_forms import Choice

PAIR = re.compile(r"(\d{1,9}):(\d{1,9})", re.ASCII)


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


class LeaveForm(EndSpellForm):
    """The same of a mentor, and who takes over each mentee: «12:7», or «12:» for who waits."""

    successor = SelectMultipleField("Người học sang mentor nào", validate_choice=False)

    def __init__(
        self, *, mentees: Collection[int], mentors: Collection[int], **values: object
    ) -> None:
        super().__init__(**values)  # type: ignore[arg-type]  # those of the form above
        self._offered = {(mentee, mentor) for mentee in mentees for mentor in mentors}

    def validate_successor(self, field: SelectMultipleField) -> None:
        """Only mentors who were offered for the mentee."""
        chosen = [text for text in field.data or () if not text.endswith(":")]
        if len(self.successors) != len(chosen):
            raise ValidationError("Danh sách mentor vừa thay đổi. Xem lại ai sang mentor nào.")

    @property
    def successors(self) -> dict[int, int]:
        """The new mentor by mentee, of those who get one."""
        pairs = (PAIR.fullmatch(text) for text in self.successor.data or ())
        found = ((int(pair[1]), int(pair[2])) for pair in pairs if pair is not None)
        return dict(pair for pair in found if pair in self._offered)
