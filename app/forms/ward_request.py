"""The forms by which wards ask each other, answer, and make use of the answer."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from wtforms import Field, IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from app.forms.base import CreatingForm, DayField
from app.forms.help_session import id_or_none
from app.forms.options import options
from app.forms.pairing import row_id
from app.forms.plain_text import at_most, one_line, without_secrets
from app.queries.wards import WardCard
from app.services.ask_ward import HelpWanted
from app.wording import HALF_DAY_LABELS
from models.enums import HalfDay, RequestKind

MOST_MENTEES = 50
LONGEST_REASON = 300
WHOLE_DAY = "ca-ngay"
KIND_LABELS = {
    RequestKind.MENTOR: "Mentor cho người học",
    RequestKind.SUPPORT: "Người trực quầy hỗ trợ",
}


class AskWardForm(CreatingForm):
    """Which ward is asked, and for what; `asking_ward` is asked of who leads several."""

    asking_ward = RadioField(
        "Xã, phường của bạn", [InputRequired("Chọn xã, phường.")], coerce=row_id
    )
    asked_ward = SelectField(
        "Nhờ xã, phường nào?", [InputRequired("Chọn xã, phường giáp ranh.")], coerce=id_or_none
    )
    kind = RadioField(
        "Nhờ việc gì?",
        [InputRequired("Chọn việc cần nhờ.")],
        coerce=RequestKind,
        choices=options(KIND_LABELS.items()),
    )
    mentees = IntegerField(
        "Bao nhiêu người học cần mentor?",
        [Optional(), NumberRange(1, MOST_MENTEES, f"Nhập một số từ 1 đến {MOST_MENTEES}.")],
        description="Chỉ điền khi nhờ mentor. Không ghi tên người dân.",
        render_kw={"maxlength": 2},
    )
    day = DayField(
        "Ngày cần người trực", [Optional()], description="Chỉ điền khi nhờ người trực quầy."
    )
    half = RadioField(
        "Buổi",
        [Optional()],
        default=WHOLE_DAY,
        choices=options(
            [
                *((half.value, label) for half, label in HALF_DAY_LABELS.items()),
                (WHOLE_DAY, "Cả ngày"),
            ]
        ),
    )

    def __init__(
        self,
        *,
        own: Sequence[WardCard],
        neighbours: Iterable[WardCard],
        today: date,
        **values: object,
    ) -> None:
        super().__init__(**values)
        self.today = today
        self.day.flags.lies_ahead = True
        self._own = own
        self.asked_ward.choices = options(
            [("", "Chọn xã, phường"), *((ward.id, ward.full_name) for ward in neighbours)]
        )
        self.asking_ward.choices = options((ward.id, ward.full_name) for ward in own)
        if len(own) == 1:
            del self.asking_ward

    def validate(self, extra_validators: object = None) -> bool:
        """Check the fields, then that what the kind of help needs is there."""
        is_valid = super().validate(extra_validators)
        faults = list(self._faults())
        for field, sentence in faults:
            field.errors = [*field.errors, sentence]
        return bool(is_valid) and not faults

    @property
    def asking_ward_id(self) -> int:
        """The ward that asks."""
        return int(self.asking_ward.data) if "asking_ward" in self else self._own[0].id

    @property
    def wanted(self) -> HelpWanted:
        """What a valid form asks for."""
        if self.kind.data is RequestKind.MENTOR:
            return HelpWanted(kind=RequestKind.MENTOR, mentees=self.mentees.data)
        halves = [half for half in HalfDay if half.value == self.half.data]
        half_day = halves[0] if halves else None
        return HelpWanted(kind=RequestKind.SUPPORT, day=self.day.data, half_day=half_day)

    def _faults(self) -> Iterator[tuple[Field, str]]:
        is_day_asked = self.kind.data is RequestKind.SUPPORT and not self.day.errors
        is_count_asked = self.kind.data is RequestKind.MENTOR and not self.mentees.errors
        if is_count_asked and self.mentees.data is None:
            yield self.mentees, "Nhập số người học cần mentor."
        elif is_day_asked and self.day.data is None:
            yield self.day, "Nhập ngày cần người trực."
        elif is_day_asked and self.day.data and self.day.data < self.today:
            yield self.day, "Ngày này đã qua. Chọn hôm nay hoặc một ngày sau."


class AcceptForm(CreatingForm):
    """Who of the own ward helps."""

    helper = SelectField("Ai giúp?", [InputRequired("Chọn người sẽ giúp.")], coerce=id_or_none)

    def __init__(self, *, helpers: Iterable[tuple[int, str]]) -> None:
        super().__init__()
        self.helper.choices = options([("", "Chọn người"), *helpers])


class DeclineForm(CreatingForm):
    """Why the own ward cannot help."""

    reason = TextAreaField(
        "Vì sao chưa giúp được?",
        [
            DataRequired("Ghi ngắn gọn lý do để xã bạn biết."),
            at_most(LONGEST_REASON),
            without_secrets,
        ],
        filters=[one_line],
        description="Không ghi tên hay số điện thoại người dân.",
        render_kw={"rows": 2, "maxlength": LONGEST_REASON},
    )


class UseRequestForm(CreatingForm):
    """Which mentees are paired with the mentor of the other ward; none for a support day."""

    mentee_ids = SelectMultipleField(
        "Người đang chờ mentor", coerce=row_id, choices=[], validate_choice=False
    )
