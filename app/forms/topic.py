"""The topic of a week."""

import re

from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.forms.base import CreatingForm, DayField, EditingForm, required_day
from app.services.edit_topics import TopicDetails

LONGEST_TITLE, LONGEST_BODY, LONGEST_LINK = 120, 2000, 500
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']+\.[^\s<>\"']+", re.IGNORECASE)


def web_address(_form: Form, field: Field) -> None:
    """Refuse what no browser opens, and what would run a script instead."""
    if field.data and not WEB_ADDRESS.fullmatch(field.data):
        msg = "Địa chỉ phải bắt đầu bằng https:// và không có dấu cách. Chép lại từ trình duyệt."
        raise ValidationError(msg)


class _TopicForm:
    monday = DayField(
        "Tuần có ngày",
        [InputRequired("Nhập một ngày của tuần.")],
        description="Một ngày bất kỳ trong tuần; chủ đề áp dụng từ thứ Hai đến Chủ nhật.",
    )
    title = StringField(
        "Kỹ năng của tuần",
        [InputRequired("Nhập kỹ năng của tuần."), Length(max=LONGEST_TITLE)],
        render_kw={"maxlength": LONGEST_TITLE},
    )
    body = TextAreaField(
        "Mentor làm gì với người học",
        [InputRequired("Nhập vài câu hướng dẫn."), Length(max=LONGEST_BODY)],
        description="Vài câu ngắn, mỗi việc một dòng.",
        render_kw={"maxlength": LONGEST_BODY, "rows": 5},
    )
    link = StringField(
        "Liên kết xem thêm",
        [Length(max=LONGEST_LINK), web_address],
        description="Bài viết hoặc video; mở được mà không cần đăng nhập.",
        render_kw={"maxlength": LONGEST_LINK, "inputmode": "url"},
    )

    @property
    def details(self) -> TopicDetails:
        """What was typed, of a valid form."""
        return TopicDetails(
            required_day(self.monday),
            self.title.data or "",
            self.body.data or "",
            self.link.data or None,
        )


class NewTopicForm(_TopicForm, CreatingForm):
    """The topic of a week that has none."""


class EditTopicForm(_TopicForm, EditingForm):
    """A topic that is there."""
