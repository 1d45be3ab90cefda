"""The form that pairs many mentees with one mentor."""

from collections.abc import Sequence
from datetime import date

from wtforms import SelectField
from wtforms.validators import InputRequired

from app.formatting import format_number
from app.forms.base import CreatingForm, DayField, not_in_future, required_day
from app.forms.options import options
from app.queries.candidates import MentorChoice
from app.texts import _

NOBODY = ""


class PairWithForm(CreatingForm):
    """Which mentor, from which day on."""

    mentor_id = SelectField("Mentor", [InputRequired("Chưa chọn mentor. Chọn một người.")])
    on = DayField("Kèm từ ngày", [InputRequired("Nhập ngày bắt đầu kèm.")])

    def __init__(self, *, mentors: Sequence[MentorChoice], today: date, **values: object) -> None:
        super().__init__(**{"on": today, **values})
        self.today = today
        self._names = {str(one.id): one.person.full_name for one in mentors}
        self.mentor_id.choices = options(
            [(NOBODY, _("Chọn mentor")), *((str(one.id), _describe(one)) for one in mentors)]
        )

    def validate_on(self, field: DayField) -> None:
        """Not in the future."""
        not_in_future(self.today)(self, field)

    @property
    def chosen_mentor(self) -> int:
        """The id of the mentor, of a valid form."""
        return int(self.mentor_id.data)

    @property
    def mentor_name(self) -> str:
        """The name of the mentor, of a valid form."""
        return self._names[self.mentor_id.data]

    @property
    def first_day(self) -> date:
        """The day from which the mentor guides them, of a valid form."""
        return required_day(self.on)


def _describe(mentor: MentorChoice) -> str:
    return _(
        "%(name)s (%(ward)s), còn %(spare)s chỗ",
        name=mentor.person.full_name,
        ward=mentor.person.ward_name,
        spare=format_number(mentor.spare),
    )
