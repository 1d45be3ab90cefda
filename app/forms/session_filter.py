"""What the address of the list of help sessions says: days, procedure, who did it, how it ended."""

from collections.abc import Sequence
from datetime import date, timedelta

from wtforms import SelectField

from app.forms.base import BaseForm
from app.forms.options import offered_value, options
from app.forms.period_choice import Period, choosable_periods
from app.queries.reporting_periods import PeriodRow
from app.queries.session_lists import SessionFilter
from app.queries.wards import WardCard
from app.wording import HELP_MODE_LABELS, HELP_RESULT_LABELS
from models.enums import HelpMode, HelpResult

ALL = ("", "Tất cả")
USUAL_DAYS = 30


class SessionFilterForm(BaseForm):
    """The filter of a list; a value that is not offered counts as none."""

    period = SelectField("Thời gian", name="ky", validate_choice=False)
    ward = SelectField("Xã, phường", name="xa", validate_choice=False)
    procedure = SelectField("Thủ tục", name="thu-tuc", validate_choice=False)
    mode = SelectField("Ai thao tác", name="ai", validate_choice=False)
    result = SelectField("Kết quả", name="ket-qua", validate_choice=False)

    class Meta(BaseForm.Meta):
        """A form that only reads needs no protection."""

        csrf = False

    def __init__(
        self,
        *,
        wards: Sequence[WardCard],
        procedures: Sequence[tuple[str, str]],
        quarters: Sequence[PeriodRow],
        today: date,
        **values: object,
    ) -> None:
        super().__init__(**values)
        latest = today - timedelta(days=USUAL_DAYS - 1)
        usual = Period("", f"{USUAL_DAYS} ngày qua", latest, today)
        self._periods = {one.code: one for one in (usual, *choosable_periods(today, quarters))}
        self.period.choices = options((code, one.label) for code, one in self._periods.items())
        self.ward.choices = options([ALL, *((ward.code, ward.full_name) for ward in wards)])
        self.procedure.choices = options([ALL, *procedures])
        self.mode.choices = options([ALL, *HELP_MODE_LABELS.items()])
        self.result.choices = options([ALL, *HELP_RESULT_LABELS.items()])
        if len(wards) <= 1:
            del self.ward

    @property
    def shown_period(self) -> Period:
        """The chosen days; the last thirty unless others are."""
        return self._periods[offered_value(self.period)]

    @property
    def chosen(self) -> SessionFilter:
        """The filter that the address asks for."""
        mode, result = offered_value(self.mode), offered_value(self.result)
        return SessionFilter(
            self.shown_period.first_day,
            self.shown_period.last_day,
            ward_code=offered_value(self.ward) if "ward" in self else "",
            procedure=offered_value(self.procedure),
            mode=HelpMode(mode) if mode else None,
            result=HelpResult(result) if result else None,
        )
