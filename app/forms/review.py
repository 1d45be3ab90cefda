"""The answer to a notice: it is as it was recorded."""

import re
from collections.abc import Iterable

from wtforms import HiddenField

from app.forms.base import CreatingForm

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
