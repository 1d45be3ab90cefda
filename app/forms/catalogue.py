"""Entries of the editable lists."""

from wtforms import BooleanField, IntegerField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from app.forms.base import CreatingForm, EditingForm
from app.forms.options import options
from app.services.edit_catalogue import EntryDetails

LAST_POSITION = 999


def _label_field() -> StringField:
    return StringField("Tên hiện trong biểu mẫu", [InputRequired(), Length(max=120)])


def _position_field() -> IntegerField:
    return IntegerField(
        "Thứ tự",
        [InputRequired(), NumberRange(min=1, max=LAST_POSITION)],
        description="Số nhỏ đứng trước.",
    )


class NewEntryForm(CreatingForm):
    """A new entry; what is true of it cannot be changed afterwards."""

    label = _label_field()
    position = _position_field()
    flags = SelectMultipleField("Đặc điểm", description="Không đổi được sau khi lưu.")

    def __init__(self, *, flags: list[tuple[str, str]], position: int | None = None) -> None:
        super().__init__(data={"position": position})
        self.flags.choices = options(flags)

    @property
    def details(self) -> EntryDetails:
        """What was typed; valid after validation."""
        return EntryDetails(
            self.label.data or "", self.position.data or 0, flags=self.flags.data or ()
        )


class EditEntryForm(EditingForm):
    """Label, place and use of an entry; the version tells whether somebody else was faster."""

    label = _label_field()
    position = _position_field()
    is_active = BooleanField("Còn dùng: hiện trong danh sách để chọn")

    @property
    def details(self) -> EntryDetails:
        """What was typed; valid after validation."""
        return EntryDetails(
            self.label.data or "", self.position.data or 0, is_active=bool(self.is_active.data)
        )
