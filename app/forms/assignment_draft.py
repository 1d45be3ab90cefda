"""The forms of a plan of pairings: for which wards, and another mentor for one move."""

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import AnyOf, InputRequired

from app.forms.base import BaseForm, CreatingForm
from app.forms.options import options
from app.forms.pairing import RowIdField
from app.forms.plan_choice import REACH_LABELS
from app.queries.wards import WardCard
from graphs.planning.rows import Reach

EVERYWHERE = ("", "Tất cả xã, phường")
NOWHERE = ("", "Chọn xã, phường")


class DraftForm(BaseForm):
    """Which wards to plan for, and how far apart the two of a pair may be."""

    ward = SelectField("Lập cho", validate_choice=True)
    reach = RadioField("Ai được kèm ai", validate_choice=True)

    def __init__(self, *, wards: Sequence[WardCard], **values: object) -> None:
        super().__init__(**{"reach": Reach.BORDER.value, **values})
        cards = [(str(ward.id), ward.full_name) for ward in wards]
        self.ward.choices = options([EVERYWHERE, *cards])
        self.reach.choices = options((reach.value, label) for reach, label in REACH_LABELS.items())
        self._only = wards[0].id if len(wards) == 1 else None
        if self._only is not None:
            del self.ward
            del self.reach

    @property
    def ward_id(self) -> int | None:
        """The ward to plan for; None: all of them."""
        if "ward" not in self:
            return self._only
        return int(self.ward.data) if self.ward.data else None

    @property
    def chosen_reach(self) -> Reach:
        """How far apart the two of a pair may be."""
        return Reach(self.reach.data) if "reach" in self else Reach.WARD


class PublishForm(CreatingForm):
    """The decision to publish a plan; its key makes it happen once."""


class DecisionForm(BaseForm):
    """Whether a move is kept or dropped."""

    keep = HiddenField(validators=[AnyOf(("0", "1"), "Bấm lại nút ở bước muốn đổi.")])

    @property
    def is_dropped(self) -> bool:
        """Whether the move is not to be carried out."""
        return bool(self.keep.data == "0")


class OtherMentorForm(BaseForm):
    """Another mentor for the mentee of a move; who may be chosen the service decides."""

    mentor = RowIdField("Mentor", [InputRequired("Chưa chọn mentor. Chọn một người.")])

    @property
    def chosen_mentor(self) -> int:
        """The id of the mentor; 0 while none is chosen."""
        return self.mentor.data or 0


class MentorWardForm(BaseForm):
    """Where to look for another mentor; the address says it."""

    ward = SelectField("Tìm mentor ở", name="xa", validate_choice=False)

    class Meta(BaseForm.Meta):
        """A form that only reads needs no protection."""

        csrf = False

    def __init__(self, *, wards: Sequence[WardCard], **values: object) -> None:
        super().__init__(**values)
        self.ward.choices = options([NOWHERE, *((ward.code, ward.full_name) for ward in wards)])
