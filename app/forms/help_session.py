"""The form of a help session: four taps for the usual case, the rest folded away."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.forms.base import (
    BaseForm,
    CreatingForm,
    DayField,
    EditingForm,
    not_in_future,
    required_day,
)
from app.forms.options import options
from app.forms.plain_text import at_most, or_none, without_secrets
from app.queries.desk_choices import Choice, DeskChoices, Habit
from app.queries.help_sessions import SessionDetail
from app.services.session_writing import SessionDetails
from app.wording import HELP_MODE_LABELS, HELP_RESULT_LABELS
from models.enums import HelpMode, HelpResult

EARLIEST_DAY = date(2020, 1, 1)
# With the one for others, three rows of two: the usual form fits a phone without scrolling.
CHIPS = 5
MOST_MINUTES = 600
ANOTHER = "khac"
FIRST, AGAIN = "lan-dau", "da-den"


class WardChoice(NamedTuple):
    """A ward whose desk the reader may write for."""

    id: int
    code: str
    label: str


def id_or_none(value: Any) -> int | None:  # noqa: ANN401  # WTForms hands over text, id or nothing
    """Read the id of a choice; nothing for the choice without one."""
    return int(value) if value else None


class HelpSessionFields(BaseForm):
    """What is asked about a turn of help; `today` and the lists are handed in by the page."""

    procedure = RadioField("Thủ tục", [InputRequired("Chọn thủ tục người dân đến làm.")])
    other_procedure = SelectField("Tìm trong danh sách", coerce=id_or_none)
    mode = RadioField(
        "Ai thao tác?",
        [InputRequired("Chọn tự làm, làm cùng hay làm thay.")],
        coerce=HelpMode,
        choices=options(HELP_MODE_LABELS.items()),
    )
    visit = RadioField(
        "Người này trong năm nay",
        [InputRequired("Chọn lần đầu hay đã đến; hỏi người dân nếu chưa rõ.")],
        choices=options([(FIRST, "Lần đầu"), (AGAIN, "Đã đến rồi")]),
    )
    outcome = RadioField(
        "Kết quả",
        [InputRequired("Chọn kết quả.")],
        coerce=HelpResult,
        choices=options(HELP_RESULT_LABELS.items()),
    )
    obstacle = SelectField("Trở ngại", [Optional()], coerce=id_or_none)
    language = SelectField("Ngôn ngữ", [Optional()], coerce=id_or_none)
    minutes = IntegerField(
        "Số phút",
        [
            Optional(),
            NumberRange(1, MOST_MINUTES, f"Nhập số phút từ 1 đến {MOST_MINUTES}."),
        ],
        render_kw={"maxlength": 3},
    )
    groups = SelectMultipleField("Nhóm đối tượng", [Optional()], coerce=int)
    note = TextAreaField(
        "Ghi chú",
        [at_most(1000), without_secrets],
        filters=[or_none],
        description="Không ghi tên, số CCCD, mật khẩu hay mã OTP của người dân.",
    )
    service_date = DayField("Ngày hỗ trợ", [InputRequired("Nhập ngày hỗ trợ.")])

    folded = ("obstacle", "language", "minutes", "groups", "note", "service_date")

    def __init__(self, *, choices: DeskChoices, today: date, **values: object) -> None:
        super().__init__(**values)
        self.today = today
        self._offer_procedures(choices.procedures)
        self.obstacle.choices = options([("", "Không ghi"), *choices.obstacles])
        self.language.choices = options([("", "Không ghi"), *choices.languages])
        self.groups.choices = options(choices.groups)

    @property
    def is_unfolded(self) -> bool:
        """Whether the fold holds an answer or an error, and so has to be open."""
        return (
            any(self[name].errors for name in self.folded)
            or any(self[name].data for name in ("obstacle", "minutes", "groups", "note"))
            or self.service_date.data != self.today
        )

    @property
    def details(self) -> SessionDetails:
        """The typed values of a valid form."""
        chosen = self.procedure.data
        return SessionDetails(
            procedure_id=self.other_procedure.data if chosen == ANOTHER else int(chosen),
            mode=self.mode.data,
            result=self.outcome.data,
            is_first_this_year=self.visit.data == FIRST,
            service_date=required_day(self.service_date),
            obstacle_id=self.obstacle.data,
            language_id=self.language.data,
            minutes=self.minutes.data,
            group_ids=frozenset(self.groups.data or ()),
            note=self.note.data,
        )

    def validate_other_procedure(self, field: SelectField) -> None:
        """Needed where none of the chips fits."""
        if self.procedure.data == ANOTHER and field.data is None:
            raise ValidationError("Chọn một thủ tục trong danh sách.")

    def validate_service_date(self, field: DayField) -> None:
        """Not in the future, and not before the programme can have begun."""
        not_in_future(self.today)(self, field)
        if field.data is not None and field.data < EARLIEST_DAY:
            raise ValidationError(f"Ngày này quá sớm. Chọn từ {EARLIEST_DAY:%d/%m/%Y} trở đi.")

    def _offer_procedures(self, procedures: Sequence[Choice]) -> None:
        """Offer the first few as chips, all of them behind one more.

        What is chosen is a chip, too: while the form was open another may have been used more.
        """
        chips = [
            (str(entry.id), entry.label)
            for place, entry in enumerate(procedures)
            if place < CHIPS or str(entry.id) == self.procedure.data
        ]
        has_more = len(chips) < len(procedures)
        self.procedure.choices = options(
            [*chips, (ANOTHER, "Thủ tục khác…")] if has_more else chips
        )
        self.other_procedure.choices = options([("", "Chọn thủ tục"), *procedures])


class NewHelpSessionForm(HelpSessionFields, CreatingForm):
    """A turn of help that just happened, or that comes from a paper note.

    A habit of the account fills in where and in which language it works, and nothing that measures:
    who did the procedure and whether somebody comes for the first time are asked each time, or the
    figures would tell what is usual instead of what happened. `like` is a session that whoever
    sits at the desk asks to repeat; even so «lần đầu» is asked, as it is about another person.
    """

    ward = RadioField("Xã, phường", [InputRequired("Chọn xã, phường.")], coerce=id_or_none)

    asks_for_only_ward = False

    def __init__(
        self,
        *,
        choices: DeskChoices,
        wards: Sequence[WardChoice],
        habit: Habit | None,
        today: date,
        like: SessionDetail | None = None,
        **values: object,
    ) -> None:
        defaults: dict[str, object] = {"service_date": today, "outcome": HelpResult.DONE}
        if habit is not None:
            defaults |= {"ward": habit.ward_id, "language": habit.language_id}
        if like is not None:
            defaults |= {"ward": like.ward_id} | _answers_again(like)
        super().__init__(choices=choices, today=today, **(defaults | values))
        self.ward.choices = options((ward.id, ward.label) for ward in wards)
        self._wards = wards
        if len(wards) == 1 and not self.asks_for_only_ward:
            del self.ward

    @property
    def ward_id(self) -> int:
        """The ward that was chosen, or the only one."""
        return cast("int", self.ward.data) if "ward" in self else self._wards[0].id


class EditHelpSessionForm(HelpSessionFields, EditingForm):
    """A turn of help as it stands; the version tells whether somebody else was faster."""

    def __init__(
        self, *, session: SessionDetail, choices: DeskChoices, today: date, **values: object
    ) -> None:
        stored = _answers_again(session) | {
            "visit": FIRST if session.is_first_this_year else AGAIN,
            "note": session.note,
            "service_date": session.service_date,
            "version": str(session.edition),
        }
        super().__init__(choices=choices, today=today, **(stored | values))


def _answers_again(session: SessionDetail) -> dict[str, object]:
    """Return by field what may be said of two sessions alike: all but the day, visitor and note."""
    return {
        "procedure": str(session.procedure_id),
        "mode": session.mode,
        "outcome": session.result,
        "obstacle": session.obstacle_id,
        "language": session.language_id,
        "minutes": session.minutes,
        "groups": list(session.group_ids),
    }
