"""What the change log shows; lives in the address."""

from wtforms import StringField
from wtforms.validators import Length, Optional

from app.forms.base import BaseForm, DayField


class ActionFilterForm(BaseForm):
    """Whose actions, and of which days."""

    class Meta(BaseForm.Meta):
        """A form that is sent by GET carries no token."""

        csrf = False

    username = StringField("Tên đăng nhập", [Optional(), Length(max=64)])
    first_day = DayField("Từ ngày", [Optional()])
    last_day = DayField("Đến hết ngày", [Optional()])
