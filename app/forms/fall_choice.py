"""What the address of «Nếu một người nghỉ» says: whose leaving to look at, and where."""

from collections.abc import Sequence
from enum import StrEnum

from wtforms import RadioField, SelectField

from app.forms.base import BaseForm
from app.forms.options import options
from app.queries.wards import WardCard
from graphs.findings import SubjectKind


class Leaver(StrEnum):
    """Whose leaving is looked at, as addresses name it."""

    ANYBODY = ""
    MENTOR = "mentor"
    SUPPORT = "ho-tro"
    WARD = "xa"


LEAVER_LABELS = {
    Leaver.ANYBODY: "Mentor và nhân sự hỗ trợ",
    Leaver.MENTOR: "Chỉ mentor",
    Leaver.SUPPORT: "Chỉ nhân sự hỗ trợ",
    Leaver.WARD: "Cả nhân sự của một xã, phường",
}
LEAVER_KINDS = {
    Leaver.ANYBODY: frozenset({SubjectKind.MENTOR, SubjectKind.PERSON}),
    Leaver.MENTOR: frozenset({SubjectKind.MENTOR}),
    Leaver.SUPPORT: frozenset({SubjectKind.PERSON}),
    Leaver.WARD: frozenset({SubjectKind.WARD}),
}


class FallChoiceForm(BaseForm):
    """Whose leaving to show, and of which ward; a value that is not offered counts as none."""

    leaver = RadioField("Ai nghỉ", name="ai", validate_choice=False)
    xa = SelectField("Xã, phường", validate_choice=False)

    class Meta(BaseForm.Meta):
        """A form that only reads needs no protection."""

        csrf = False

    def __init__(self, *, wards: Sequence[WardCard], **values: object) -> None:
        super().__init__(**values)
        self.leaver.choices = options(LEAVER_LABELS.items())
        self.leaver.data = self.chosen
        self._codes = {ward.code for ward in wards}
        self.xa.choices = options([("", "Tất cả"), *((one.code, one.full_name) for one in wards)])
        if len(wards) <= 1:
            del self.xa

    @property
    def chosen(self) -> Leaver:
        """Whose leaving was asked for."""
        known = {leaver.value: leaver for leaver in Leaver}
        return known.get(self.leaver.data or "", Leaver.ANYBODY)

    @property
    def kinds(self) -> frozenset[SubjectKind]:
        """The kinds of subjects that this stands for."""
        return LEAVER_KINDS[self.chosen]

    @property
    def ward(self) -> str:
        """The code of the chosen ward; "" for all of them."""
        code = str(self.xa.data or "") if "xa" in self else ""
        return code if code in self._codes else ""
