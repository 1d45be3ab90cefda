"""Forms about a person's consent: one given later, and its withdrawal."""

from datetime import date

from wtforms.validators import InputRequired

from app.forms.base import CreatingForm, DayField, required_day
from app.forms.person import ConsentFields, check_day


class NewConsentForm(ConsentFields, CreatingForm):
    """Somebody agreed, anew or for the first time since they were recorded."""

    def __init__(self, *, today: date, **values: object) -> None:
        super().__init__(**{"consent_on": today, **values})
        self.today = today


class WithdrawConsentForm(CreatingForm):
    """From which day on somebody no longer agrees."""

    withdrawn_on = DayField("Rút lại từ ngày", [InputRequired("Nhập ngày rút lại.")])

    def __init__(self, *, today: date, **values: object) -> None:
        super().__init__(**{"withdrawn_on": today, **values})
        self.today = today

    @property
    def day(self) -> date:
        """The day of the withdrawal, of a valid form."""
        return required_day(self.withdrawn_on)

    def validate_withdrawn_on(self, field: DayField) -> None:
        """Not in the future."""
        check_day(self, field, self.today)
