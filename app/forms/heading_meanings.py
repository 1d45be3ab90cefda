"""The form that says what columns of a file hold whose headings say nothing."""

from collections.abc import Sequence

from wtforms import SelectField

from app.exchange.by_hand import OFFERED, HandColumn, Meanings
from app.exchange.columns import Column
from app.forms.base import CreatingForm
from app.forms.options import options
from app.texts import _

ASK_AGAIN, LEFT_OUT = "", "-"
COLUMN_LABELS = {
    Column.BIRTH: "Năm sinh hoặc ngày sinh",
    Column.GENDER: "Giới tính",
    Column.PHONE: "Điện thoại",
    Column.WARD: "Xã, phường",
    Column.HAMLET: "Thôn, làng, tổ dân phố",
    Column.ROLE: "Vai trò",
    Column.MENTOR: "Mentor phụ trách",
    Column.MENTOR_PHONE: "Điện thoại của mentor",
    Column.GROUPS: "Nhóm đối tượng",
    Column.LANGUAGES: "Ngôn ngữ",
    Column.STARTED: "Ngày bắt đầu",
    Column.ENDED: "Ngày kết thúc",
    Column.REASON: "Lý do kết thúc",
    Column.CAPACITY: "Sức nhận của mentor",
    Column.CONSENT: "Đồng ý (cách và ngày)",
    Column.NOTE: "Ghi chú",
}


class HeadingsForm(CreatingForm):
    """One choice for each column that is asked about; made by `headings_form`."""

    def meanings(self, asked: Sequence[HandColumn]) -> Meanings:
        """What was chosen, by key; those for which nothing was chosen are left out."""
        said = {one.key: self[_name(place)].data for place, one in enumerate(asked)}
        return {
            key: None if value == LEFT_OUT else Column(value)
            for key, value in said.items()
            if value != ASK_AGAIN
        }


def headings_form(asked: Sequence[HandColumn]) -> HeadingsForm:
    """Return the form that asks about these columns, with what was said of them before."""
    chosen = options(
        [
            (ASK_AGAIN, _("Chưa chọn (không nhập cột này)")),
            *((column.value, _(COLUMN_LABELS[column])) for column in OFFERED),
            (LEFT_OUT, _("Không nhập, lần sau không hỏi lại")),
        ]
    )
    fields = {
        _name(place): SelectField(
            one.label,
            choices=chosen,
            default=_said(one),
            description=_("Ví dụ trong tệp: %(samples)s", samples="; ".join(one.samples))
            if one.samples
            else _("Cột trống."),
        )
        for place, one in enumerate(asked)
    }
    form: HeadingsForm = type("AskingForm", (HeadingsForm,), fields)()
    return form


def _name(place: int) -> str:
    return f"column_{place}"


def _said(one: HandColumn) -> str:
    if not one.is_told:
        return ASK_AGAIN
    return LEFT_OUT if one.column is None else one.column.value
