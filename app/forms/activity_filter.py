"""What the address of the list of activities says: days, kind, mark, planned or held."""

from collections.abc import Sequence
from datetime import date, timedelta

from wtforms import SelectField

from app.forms.base import BaseForm
from app.forms.options import offered_value, options
from app.forms.period_choice import Period, choosable_periods
from app.queries.activity_lists import ActivityFilter
from app.queries.catalogues_for_forms import TagChoice
from app.queries.reporting_periods import PeriodRow
from app.queries.wards import WardCard
from app.wording import ACTIVITY_KIND_LABELS
from models.enums import ActivityKind

ALL = ("", "Tất cả")
DAYS_BACK, DAYS_AHEAD = 30, 60
HELD, PLANNED = "da-dien-ra", "du-kien"


class ActivityFilterForm(BaseForm):
    """The filter of a list; a value that is not offered counts as none."""

    period = SelectField("Thời gian", name="ky", validate_choice=False)
    ward = SelectField("Xã, phường", name="xa", validate_choice=False)
    kind = SelectField("Loại hoạt động", name="loai", validate_choice=False)
    state = SelectField("Tình trạng", name="tinh-trang", validate_choice=False)
    tag = SelectField("Phong trào, đội, tổ", name="nhan", validate_choice=False)

    class Meta(BaseForm.Meta):
        """A form that only reads needs no protection."""

        csrf = False

    def __init__(
        self,
        *,
        wards: Sequence[WardCard],
        tags: Sequence[TagChoice],
        quarters: Sequence[PeriodRow],
        today: date,
        **values: object,
    ) -> None:
        super().__init__(**values)
        ahead = today + timedelta(days=DAYS_AHEAD)
        usual = Period(
            "", "30 ngày qua và 60 ngày tới", today - timedelta(days=DAYS_BACK - 1), ahead
        )
        self._periods = {one.code: one for one in (usual, *choosable_periods(today, quarters))}
        self.period.choices = options((code, one.label) for code, one in self._periods.items())
        self.ward.choices = options([ALL, *((ward.code, ward.full_name) for ward in wards)])
        self.kind.choices = options([ALL, *ACTIVITY_KIND_LABELS.items()])
        self.state.choices = options([ALL, (HELD, "Đã diễn ra"), (PLANNED, "Dự kiến")])
        self.tag.choices = options([ALL, *((tag.code, tag.label) for tag in tags)])
        if len(wards) <= 1:
            del self.ward

    @property
    def shown_period(self) -> Period:
        """The chosen days; the last thirty and what lies ahead unless others are."""
        return self._periods[offered_value(self.period)]

    @property
    def chosen(self) -> ActivityFilter:
        """The filter that the address asks for."""
        kind, state = offered_value(self.kind), offered_value(self.state)
        return ActivityFilter(
            self.shown_period.first_day,
            self.shown_period.last_day,
            ward_code=offered_value(self.ward) if "ward" in self else "",
            kind=ActivityKind(kind) if kind else None,
            is_held=None if not state else state == HELD,
            tag=offered_value(self.tag),
        )
