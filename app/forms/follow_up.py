"""What somebody said when called: one of three buttons."""

from wtforms import RadioField
from wtforms.validators import InputRequired

from app.forms.base import BaseForm
from app.forms.options import options
from app.wording import FOLLOW_UP_LABELS
from models.enums import FollowUpAnswer


class FollowUpForm(BaseForm):
    """The answer, as the value of the button that was pressed."""

    answer = RadioField(
        "Trả lời",
        [InputRequired("Chọn một câu trả lời.")],
        coerce=FollowUpAnswer,
        choices=options(FOLLOW_UP_LABELS.items()),
    )
