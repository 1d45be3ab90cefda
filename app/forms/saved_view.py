"""The name of a kept view of a list."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.forms.base import CreatingForm

LONGEST_NAME = 60


class ViewForm(CreatingForm):
    """Under which name a view is found again."""

    name = StringField(
        "Tên cách xem",
        [InputRequired("Đặt một tên ngắn."), Length(max=LONGEST_NAME)],
        description="Ví dụ: Mentor thiếu người học. Chữ gõ ở ô Tìm không được lưu.",
        render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"},
    )
