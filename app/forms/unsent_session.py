"""The form of a help session that a browser kept while there was no network."""

from dataclasses import replace
from datetime import date, datetime, time

from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from app import clock
from app.forms.help_session import NewHelpSessionForm
from app.services.session_writing import SessionDetails


class UnsentSessionForm(NewHelpSessionForm):
    """A turn of help that waited: it names its ward always, for there may be others by now.

    `account` is the browser key of whoever pressed «Lưu», `made_at` the instant of it (ISO 8601).
    """

    account = StringField("")
    form_key = HiddenField("")
    made_at = StringField("")

    asks_for_only_ward = True

    @property
    def details(self) -> SessionDetails:
        """The typed values of a valid form, with the hour of a turn noted on its own day."""
        details = super().details
        return replace(details, service_time=self._hour_on(details.service_date))

    def validate_form_key(self, _field: HiddenField) -> None:
        """Without its key, an entry that is sent again would be there twice."""
        if self.request_key is None:
            raise ValidationError("Lượt này thiếu mã gửi nên chưa lưu được. Hãy ghi lại.")

    def _hour_on(self, day: date) -> time | None:
        """Return when the entry was made; None where that was another day, or is yet to come."""
        try:
            moment = datetime.fromisoformat(self.made_at.data or "")
            noted = clock.local_time(moment)
        except (OverflowError, ValueError):
            return None
        is_known = moment.tzinfo is not None and noted <= clock.now() and noted.date() == day
        return noted.time() if is_known else None
