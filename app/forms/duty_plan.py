"""Forms about the plan of a desk: the weekly pattern, leave, holidays, and confirming turns."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from wtforms import IntegerField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.desk.stand_ins import Absence
from app.forms.base import BaseForm, CreatingForm, DayField, EditingForm, required_day
from app.forms.duty import DAYS_AHEAD, EARLIEST_DAY
from app.forms.options import options
from app.queries.duty import PostRow
from app.services.duty_writing import Turn
from app.services.set_duty_pattern import WeeklyPlan
from models.enums import HalfDay

WHOLE_DAY, NO_HALF = "ca-ngay", "khong"
HALVES: dict[str, HalfDay | None] = {
    WHOLE_DAY: None,
    "sang": HalfDay.MORNING,
    "chieu": HalfDay.AFTERNOON,
}
HALF_LABELS = {WHOLE_DAY: "Cả ngày", "sang": "Buổi sáng", "chieu": "Buổi chiều"}
MOST_DAYS_AWAY = 92
MOST_TURNS = 200
WEEK_HALF_LABELS = [
    (number, f"{day} {half}")
    for number, (day, half) in enumerate(
        (day, half)
        for day in ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
        for half in ("sáng", "chiều")
    )
]
TURN_PATTERN = re.compile(r"(\d{1,9})_(\d{4}-\d{2}-\d{2})_(morning|afternoon)", re.ASCII)
# The database holds no larger id.
LARGEST_ID = 2**31 - 1


class _AbsenceFields:
    """Who is away on which days."""

    post = RadioField("Ai nghỉ?", [InputRequired("Chọn người nghỉ.")], coerce=int)
    first_day = DayField("Nghỉ từ ngày", [InputRequired("Nhập ngày đầu tiên nghỉ.")])
    last_day = DayField("Đến hết ngày", [Optional()], description="Để trống nếu chỉ nghỉ một ngày.")
    half = RadioField("Buổi", [Optional()], choices=options(HALF_LABELS.items()), default=WHOLE_DAY)
    today: date

    def __init__(self, *, posts: Sequence[PostRow], today: date, **values: object) -> None:
        # One's own post comes first.
        first = posts[0].id if posts else None
        defaults: dict[str, object] = {"post": first, "first_day": today + timedelta(days=1)}
        super().__init__(**(defaults | values))
        self.today = today
        self.post.choices = options((post.id, post.holder) for post in posts)

    def validate_first_day(self, field: DayField) -> None:
        """From a month ago to a year ahead: who was ill says so afterwards."""
        if field.data is None:
            return
        if (self.today - field.data).days > MOST_DAYS_AWAY:
            raise ValidationError("Ngày này đã qua lâu rồi. Chọn một ngày gần đây hơn.")
        if (field.data - self.today).days > DAYS_AHEAD:
            raise ValidationError("Ngày này quá xa. Chọn trong vòng một năm tới.")

    def validate_last_day(self, field: DayField) -> None:
        """Not before the first day, and not for longer than leave from the desk is."""
        first = self.first_day.data
        if first is None or field.data is None:
            return
        if field.data < first:
            raise ValidationError("Ngày cuối phải từ ngày đầu trở đi.")
        if (field.data - first).days >= MOST_DAYS_AWAY:
            raise ValidationError(
                "Nghỉ dài hơn ba tháng thì ghi là tạm nghỉ hoặc thôi nhiệm vụ ở trang nhân sự."
            )

    @property
    def absence(self) -> Absence:
        """The typed values of a valid form."""
        first = required_day(self.first_day)
        return Absence(
            post_id=self.post.data,
            first_day=first,
            last_day=self.last_day.data or first,
            half_day=HALVES[self.half.data or WHOLE_DAY],
        )


class LeaveChoiceForm(_AbsenceFields, BaseForm):
    """For which days somebody looks for a substitute."""

    class Meta(BaseForm.Meta):
        """A form that only reads needs no protection."""

        csrf = False


class LeaveForm(_AbsenceFields, CreatingForm):
    """Leave to record; `substitute` comes with the button of whom one chooses."""

    substitute = IntegerField("Người trực thay", [Optional()])

    def validate_substitute(self, field: IntegerField) -> None:
        """Refuse what no row can have."""
        if field.data is not None and not 0 < field.data <= LARGEST_ID:
            raise ValidationError("Chọn người trực thay trong danh sách.")


class PatternForm(CreatingForm, EditingForm):
    """The halves of each week that somebody sits at the desk, from a day on."""

    week_halves = SelectMultipleField(
        "Trực những buổi nào?",
        [Optional()],
        coerce=int,
        choices=options(WEEK_HALF_LABELS),
        description="Không chọn buổi nào nghĩa là không còn lịch hằng tuần.",
    )
    first_day = DayField("Áp dụng từ ngày", [InputRequired("Nhập ngày bắt đầu áp dụng.")])
    last_day = DayField("Đến hết ngày", [Optional()], description="Để trống nếu áp dụng mãi.")

    def __init__(self, *, today: date, **values: object) -> None:
        super().__init__(**({"first_day": today} | values))
        self.today = today

    def validate_first_day(self, field: DayField) -> None:
        """Within the programme, and at most a year ahead."""
        day = field.data
        if day is not None and not EARLIEST_DAY <= day <= self.today + timedelta(days=DAYS_AHEAD):
            raise ValidationError(
                f"Chọn một ngày từ {EARLIEST_DAY:%d/%m/%Y} đến một năm sau hôm nay."
            )

    def validate_last_day(self, field: DayField) -> None:
        """Not before the first day."""
        first = self.first_day.data
        if first is not None and field.data is not None and field.data < first:
            raise ValidationError("Ngày cuối phải từ ngày đầu trở đi.")

    @property
    def plan(self) -> WeeklyPlan:
        """The typed values of a valid form."""
        return WeeklyPlan(
            week_halves=frozenset(self.week_halves.data or ()),
            first_day=required_day(self.first_day),
            last_day=self.last_day.data,
        )


class HolidayForm(CreatingForm):
    """On which halves of a day the desk of a ward is closed."""

    ward = RadioField("Xã, phường", [InputRequired("Chọn xã, phường.")], coerce=int)
    day = DayField("Ngày nghỉ lễ", [InputRequired("Nhập ngày nghỉ lễ.")])
    half = RadioField(
        "Buổi",
        [InputRequired("Chọn buổi nghỉ lễ.")],
        choices=options([*HALF_LABELS.items(), (NO_HALF, "Không nghỉ")]),
        default=WHOLE_DAY,
    )

    def __init__(self, *, wards: Sequence[tuple[int, str]], today: date) -> None:
        super().__init__()
        self.today = today
        self.ward.choices = options(wards)

    def validate_day(self, field: DayField) -> None:
        """Days that the sheet can show."""
        day = field.data
        if day is not None and not EARLIEST_DAY <= day <= self.today + timedelta(days=DAYS_AHEAD):
            raise ValidationError("Chọn một ngày trong vòng một năm tới.")

    @property
    def closed_day(self) -> date:
        """The day of a valid form."""
        return required_day(self.day)

    @property
    def half_days(self) -> frozenset[HalfDay]:
        """The closed halves of a valid form."""
        if self.half.data == NO_HALF:
            return frozenset()
        half = HALVES[self.half.data]
        return frozenset(HalfDay) if half is None else frozenset({half})


class ConfirmForm(CreatingForm):
    """Turns that were performed; each as post, day and half of the day: «12_2026-11-20_morning»."""

    turns = SelectMultipleField("Buổi đã trực", validate_choice=False)

    def __init__(self, *, today: date) -> None:
        super().__init__()
        self.today = today

    def validate_turns(self, field: SelectMultipleField) -> None:
        """At least one, each of them over or running."""
        turns = [_read_turn(text) for text in field.data or ()]
        if not turns:
            raise ValidationError("Chọn ít nhất một buổi đã trực.")
        is_wrong = len(turns) > MOST_TURNS or any(
            turn is None or not EARLIEST_DAY <= turn.day <= self.today for turn in turns
        )
        if is_wrong:
            raise ValidationError("Chỉ xác nhận được những buổi đến hết hôm nay. Chọn lại.")

    @property
    def confirmed(self) -> list[Turn]:
        """The turns of a valid form, each once."""
        texts = dict.fromkeys(self.turns.data or ())
        return [turn for turn in map(_read_turn, texts) if turn is not None]


def turn_value(post_id: int, day: date, half_day: HalfDay) -> str:
    """Write a turn as `ConfirmForm` reads it."""
    return f"{post_id}_{day.isoformat()}_{half_day.value}"


def _read_turn(text: str) -> Turn | None:
    found = TURN_PATTERN.fullmatch(text)
    if found is None:
        return None
    try:
        day = date.fromisoformat(found[2])
    except ValueError:
        return None
    return Turn(post_id=int(found[1]), day=day, half_day=HalfDay(found[3]), is_performed=True)
