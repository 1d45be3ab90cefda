"""The answers to a notice: it is as it was recorded, or some of it did not take place."""

import re
from collections.abc import Iterable

from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import InputRequired

from app.forms.base import CreatingForm
from app.forms.pairing import row_id

ROW_ID = re.compile(r"[1-9][0-9]{0,17}")


class AnswerForm(CreatingForm):
    """A button that carries the ids of what the reader saw."""

    seen = HiddenField()

    @classmethod
    def about(cls, ids: Iterable[int], refused: "AnswerForm | None" = None) -> "AnswerForm":
        """Make the form about what is there now, with why an earlier answer was refused."""
        form = cls(formdata=None, seen=" ".join(map(str, ids)))
        if refused is not None:
            form.form_errors.extend(refused.form_errors)
        return form

    @property
    def seen_ids(self) -> frozenset[int]:
        """The ids that were on the page; what is no number was tampered with and is left out."""
        words = (self.seen.data or "").split()
        return frozenset(int(word) for word in words if ROW_ID.fullmatch(word))


class ChosenSessionsForm(CreatingForm):
    """Ticked sessions of a burst; which of them are still there is the service's to say."""

    luot = SelectMultipleField(
        "Lượt không có thật",
        [InputRequired("Chưa chọn lượt nào. Đánh dấu những lượt không có thật.")],
        coerce=row_id,
        choices=[],
        validate_choice=False,
    )

    @property
    def chosen(self) -> frozenset[int]:
        """The ids of what was ticked."""
        return frozenset(self.luot.data or ())
