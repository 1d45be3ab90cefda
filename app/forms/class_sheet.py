"""What a sign-in sheet of a class says and whom it names; sent by GET, for nothing is written."""

from wtforms import IntegerField, SelectMultipleField, StringField
from wtforms.validators import Length, NumberRange, Optional

from app.forms.base import BaseForm, DayField
from app.forms.pairing import row_id

LONGEST_TOPIC = 120
MOST_EMPTY_ROWS, USUAL_EMPTY_ROWS = 60, 20


class ClassSheetForm(BaseForm):
    """Topic, day and place, those who are expected, and lines for whoever else comes."""

    class Meta(BaseForm.Meta):
        """Sent by GET, where there is nothing to protect."""

        csrf = False

    topic = StringField("Nội dung lớp học", [Length(max=LONGEST_TOPIC)], name="noi-dung")
    day = DayField("Ngày học", [Optional()], name="ngay")
    place = StringField(
        "Nơi học",
        [Length(max=LONGEST_TOPIC)],
        name="noi-hoc",
        description="Để trống ô nào thì trên phiếu có dòng chấm để ghi tay.",
    )
    empty_rows = IntegerField(
        "Số dòng trống",
        [Optional(), NumberRange(0, MOST_EMPTY_ROWS, f"Nhập một số từ 0 đến {MOST_EMPTY_ROWS}.")],
        name="dong-trong",
        default=USUAL_EMPTY_ROWS,
        render_kw={"maxlength": 2},
    )
    mentee_ids = SelectMultipleField(
        "Người học in sẵn", coerce=row_id, choices=[], validate_choice=False, name="chon"
    )
