"""The form that moves a role to another ward: where to, from when, and who goes along."""

from collections.abc import Collection, Sequence
from datetime import date

from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from app.forms.base import CreatingForm, DayField, required_day
from app.forms.options import options
from app.forms.person import check_day
from app.queries.wards import WardCard
from app.services.move_rules import MoveTerms


class MoveForm(CreatingForm):
    """To which ward, from which day on, with which of the open pairings (`along`, by id)."""

    ward = SelectField("Chuyển đến xã, phường", [InputRequired("Chọn xã, phường mới.")])
    ended_on = DayField(
        "Từ ngày",
        [InputRequired("Nhập ngày chuyển.")],
        description="Ngày đầu tiên thuộc xã, phường mới; ghi lùi ngày được.",
    )
    along = SelectMultipleField("Các cặp đi cùng", coerce=int)

    def __init__(
        self,
        *,
        wards: Sequence[WardCard],
        pairing_ids: Collection[int],
        today: date,
        **values: object,
    ) -> None:
        usual = {"ended_on": today, "along": list(pairing_ids)}
        super().__init__(**{**usual, **values})
        self.today = today
        self._pairing_ids = frozenset(pairing_ids)
        named = [(str(ward.id), ward.full_name) for ward in wards]
        self.ward.choices = options([("", "Chọn xã, phường"), *named])
        self.along.choices = options((pairing_id, str(pairing_id)) for pairing_id in pairing_ids)

    def validate_ended_on(self, field: DayField) -> None:
        """Not in the future."""
        check_day(self, field, self.today)

    @property
    def terms(self) -> MoveTerms:
        """What was chosen, of a valid form."""
        left = self._pairing_ids.difference(self.along.data or ())
        return MoveTerms(int(self.ward.data), required_day(self.ended_on), left)

    @property
    def ward_name(self) -> str:
        """The name of the chosen ward, of a valid form."""
        return next(
            label for value, label, *_ in self.ward.iter_choices() if value == self.ward.data
        )
