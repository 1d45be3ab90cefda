"""What the address of the map says: the day to show, and the ward that is looked for."""

from collections.abc import Sequence

from wtforms import SelectField

from app.forms.audit_choice import DayChoiceForm
from app.forms.options import options
from app.queries.wards import WardCard

NO_WARD = ("", "Tìm xã, phường")


class MapChoiceForm(DayChoiceForm):
    """The day to show, and a ward to be marked; one that is not offered counts as none."""

    xa = SelectField("Tìm xã, phường", validate_choice=False)

    def __init__(self, *, wards: Sequence[WardCard], **values: object) -> None:
        super().__init__(**values)
        self.xa.choices = options([NO_WARD, *((ward.code, ward.full_name) for ward in wards)])
        self._codes = frozenset(ward.code for ward in wards)

    @property
    def ward_code(self) -> str:
        """The ward that is looked for, or nothing."""
        return str(self.xa.data) if self.xa.data in self._codes else ""
