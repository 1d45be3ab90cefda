"""What of a file is to be recorded about people who are known already: for all, and row by row."""

from collections.abc import Sequence

from wtforms import RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput

from app.exchange.records import RowPlace
from app.forms.base import BaseForm
from app.forms.options import options
from app.roster.changes import FieldChange
from app.roster.decisions import TakenOver
from app.roster.staging import ShownRow
from app.texts import _
from app.wording import GENDER_LABELS
from models.enums import Gender
from models.names import format_phone

FIELD_LABELS = {
    "full_name": "họ tên",
    "birth_year": "năm sinh",
    "gender": "giới tính",
    "phone": "điện thoại",
    "hamlet": "thôn, làng, tổ",
    "note": "ghi chú",
    "groups": "nhóm đối tượng",
    "languages": "ngôn ngữ",
    "capacity": "sức nhận",
}


class TakeOverForm(BaseForm):
    """One choice for all rows."""

    taken_over = RadioField(
        "Với những người đã có",
        choices=options(
            [
                (TakenOver.FILLING.value, "Chỉ bổ sung chỗ còn trống"),
                (TakenOver.ALL.value, "Lấy hết theo tệp"),
                (TakenOver.NOTHING.value, "Giữ nguyên như đang có"),
            ]
        ),
    )


class ChangedRowsForm(BaseForm):
    """The rows of a page that overrule what is recorded, ticked."""

    taken = SelectMultipleField(
        "Lấy theo tệp cả chỗ đang ghi khác",
        coerce=int,
        option_widget=CheckboxInput(),
    )

    def offer(self, rows: Sequence[ShownRow]) -> None:
        """Offer these rows, those ticked that are taken over as a whole."""
        self.taken.choices = options((place, _say(item)) for place, item in enumerate(rows))
        if not self.is_submitted():
            self.taken.data = [
                place
                for place, item in enumerate(rows)
                if all(change.is_taken for change in item.changes)
            ]

    def chosen(self, rows: Sequence[ShownRow]) -> dict[RowPlace, bool]:
        """By row whether it was ticked."""
        return {
            (item.row.sheet, item.row.row_number): place in (self.taken.data or ())
            for place, item in enumerate(rows)
        }


def _say(item: ShownRow) -> str:
    told = "; ".join(map(_say_change, item.changes))
    return _(
        "%(name)s (dòng %(row)s): %(changes)s",
        name=item.row.full_name,
        row=item.row.row_number,
        changes=told,
    )


def _say_change(change: FieldChange) -> str:
    old = _("chưa có") if change.old is None else _value(change.name, change.old)
    return f"{_(FIELD_LABELS[change.name])} {old} → {_value(change.name, change.new)}"


def _value(name: str, value: str | int) -> str:
    if name == "gender":
        return str(_(GENDER_LABELS[Gender(str(value))]))
    return format_phone(str(value)) if name == "phone" else str(value)
