"""What the address of a plan says: how far from the own ward help may come."""

from wtforms import RadioField

from app.access.scope import WardScope
from app.forms.base import BaseForm
from app.forms.options import options
from graphs.planning.rows import Reach

REACH_LABELS = {
    Reach.WARD: "Chỉ trong cùng xã, phường",
    Reach.BORDER: "Cả xã, phường giáp ranh",
    Reach.PROVINCE: "Toàn tỉnh",
}


class ReachForm(BaseForm):
    """How far help may come; one that is not offered counts as the first that is."""

    reach = RadioField("Ai được kèm ai", name="pham-vi", validate_choice=False)

    class Meta(BaseForm.Meta):
        """A form that only reads needs no protection."""

        csrf = False

    def __init__(self, *, offered: tuple[Reach, ...], **values: object) -> None:
        super().__init__(**values)
        self._offered = {reach.value: reach for reach in offered}
        self.reach.choices = options((reach.value, REACH_LABELS[reach]) for reach in offered)
        self.reach.data = self.chosen.value

    @property
    def chosen(self) -> Reach:
        """The reach that was asked for."""
        return self._offered.get(self.reach.data or "", next(iter(self._offered.values())))

    @property
    def chosen_label(self) -> str:
        """The reach in words, for within a sentence."""
        label = REACH_LABELS[self.chosen]
        return label[0].lower() + label[1:]


def reaches_of(scope: WardScope) -> tuple[Reach, ...]:
    """Return how far help may come; who looks after one ward has nobody beyond it to send."""
    return (Reach.WARD,) if scope.only_ward_id is not None else (Reach.BORDER, Reach.WARD)
