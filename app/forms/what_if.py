"""What the address of «Thử giả định» says: what is assumed."""

from collections.abc import Sequence

from wtforms import IntegerField, SelectField, ValidationError
from wtforms.validators import NumberRange, Optional

from app.forms.base import BaseForm
from app.forms.options import options
from app.queries.wards import WardCard
from graphs.planning.what_if import Assumptions, Joining

MOST_PEOPLE = 1_000
# In each of 135 wards.
MOST_ADDED = 100
HIGHEST_FLOOR = 50
NONE = ("", "Không nhập")


def _number(label: str, name: str, least: int, most: int, hint: str = "") -> IntegerField:
    range_of = NumberRange(least, most, f"Nhập số từ {least} đến {most}, hoặc để trống.")
    return IntegerField(label, [Optional(), range_of], name=name, description=hint)


class WhatIfForm(BaseForm):
    """What is assumed; whatever is left empty stays as it is today."""

    floor = _number("Mỗi mentor cần ít nhất (người học)", "san", 1, HIGHEST_FLOOR)
    mentors = _number(
        "Số mentor nghỉ", "mentor", 0, MOST_PEOPLE, "Những người đang kèm nhiều người học nhất."
    )
    support = _number(
        "Số nhân sự hỗ trợ nghỉ",
        "ho-tro",
        0,
        MOST_PEOPLE,
        "Những người ở nơi có ít nhân sự hỗ trợ nhất.",
    )
    mentees = _number("Số người học thêm ở mỗi xã, phường", "nguoi-hoc", 0, MOST_ADDED)
    ward = SelectField("Nghỉ và thêm người ở đâu", name="xa", validate_choice=False)
    gone = SelectField("Xã, phường được nhập", name="nhap", validate_choice=False)
    into = SelectField("Nhập vào xã, phường", name="vao", validate_choice=False)

    class Meta(BaseForm.Meta):
        """A form that only reads needs no protection."""

        csrf = False

    def __init__(self, *, wards: Sequence[WardCard], **values: object) -> None:
        super().__init__(**values)
        cards = [(ward.code, ward.full_name) for ward in wards]
        self._codes = {ward.code for ward in wards}
        self.ward.choices = options([("", "Mọi nơi"), *cards])
        self.gone.choices = options([NONE, *cards])
        self.into.choices = options([NONE, *cards])
        if len(wards) <= 1:
            del self.ward, self.gone, self.into

    def validate_ward(self, field: SelectField) -> None:
        """Nowhere else than in the wards that are offered."""
        self._refuse_unknown(field)

    def validate_gone(self, field: SelectField) -> None:
        """One of the wards that are offered."""
        self._refuse_unknown(field)

    def validate_into(self, field: SelectField) -> None:
        """Both wards or neither, and not the same one twice."""
        self._refuse_unknown(field)
        gone, into = self._chosen("gone"), self._chosen("into")
        if bool(gone) != bool(into):
            raise ValidationError("Chọn cả hai xã, phường, hoặc không chọn nơi nào.")
        if gone and gone == into:
            raise ValidationError("Chọn hai xã, phường khác nhau.")

    @property
    def assumptions(self) -> Assumptions:
        """What is assumed; valid after validation."""
        gone, into = self._chosen("gone"), self._chosen("into")
        return Assumptions(
            floor=self.floor.data,
            mentors_gone=self.mentors.data or 0,
            support_gone=self.support.data or 0,
            mentees_added=self.mentees.data or 0,
            ward=self._chosen("ward"),
            joining=Joining(gone, into) if gone else None,
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is assumed; a place alone says nothing."""
        return self.assumptions._replace(ward="") == Assumptions()

    def _refuse_unknown(self, field: SelectField) -> None:
        """Answer no other question than the one that an address asks."""
        if field.data and field.data not in self._codes:
            raise ValidationError("Không có xã, phường này trong danh sách. Chọn lại.")

    def _chosen(self, name: str) -> str:
        """A ward that is offered; "" for none."""
        code = str(self[name].data or "") if name in self else ""
        return code if code in self._codes else ""
