"""What the address of a ward's network says: the day to show, and one mentor to look at alone."""

from collections.abc import Iterable

from wtforms import SelectField

from app.forms.audit_choice import DayChoiceForm
from app.forms.options import options

EVERYBODY = ("", "Cả mạng lưới")


class NetworkChoiceForm(DayChoiceForm):
    """The day to show, and a mentor of the ward; one that is not offered counts as none."""

    mentor = SelectField("Xem riêng một mentor", validate_choice=False)

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.offer(())

    def offer(self, mentors: Iterable[tuple[int, str]]) -> None:
        """Offer the mentors, by the id of their spell, with their names."""
        self.mentor.choices = options([EVERYBODY, *mentors])
