"""The form of many turns of help at once, for hours in which nobody could type."""

from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import NamedTuple, cast

from wtforms import Field, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.forms.base import CreatingForm, DayField, not_in_future, required_day
from app.forms.help_session import EARLIEST_DAY, WardChoice, id_or_none
from app.forms.options import options
from app.queries.desk_choices import Choice
from app.services.bundle_sessions import BundleDetails, BundleLine
from app.wording import HALF_DAY_LABELS, HELP_MODE_LABELS, HELP_RESULT_LABELS
from models.enums import HalfDay, HelpMode, HelpResult

LINES, SHOWN_LINES = 8, 4
# Lines that begin with what this desk does most.
FILLED_LINES = 3
MOST_AT_ONCE = 200
WHOLE_DAY, BY_HOURS = "ca-ngay", "theo-gio"
FIRST_HOUR, LAST_HOUR = 5, 22


class LineFields(NamedTuple):
    """The four fields of a line."""

    procedure: SelectField
    mode: SelectField
    sessions: IntegerField
    people: IntegerField

    @property
    def is_filled(self) -> bool:
        """Whether the line counts anything, or tries to."""
        return any(field.raw_data and field.raw_data[0] for field in (self.sessions, self.people))


def _mode_or_none(value: str | None) -> HelpMode | None:
    return HelpMode(value) if value else None


def _count_field(label: str, least: int) -> IntegerField:
    sentence = f"Nhập một số từ {least} đến {MOST_AT_ONCE}."
    limits = [Optional(), NumberRange(least, MOST_AT_ONCE, sentence)]
    return IntegerField(label, limits, render_kw={"maxlength": 3})


class SessionBundleForm(CreatingForm):
    """Which day and hours, and how many turns by procedure and by who did it; lines may stay empty.

    `ward` is asked of who works at several desks.
    """

    ward = RadioField("Xã, phường", [InputRequired("Chọn xã, phường.")], coerce=id_or_none)
    service_date = DayField("Ngày hỗ trợ", [InputRequired("Nhập ngày hỗ trợ.")])
    span = RadioField(
        "Vào lúc nào?",
        [InputRequired("Chọn buổi, hoặc cả ngày.")],
        choices=options(
            [
                *((half.value, label) for half, label in HALF_DAY_LABELS.items()),
                (WHOLE_DAY, "Cả ngày"),
                (BY_HOURS, "Theo giờ…"),
            ]
        ),
    )
    began_at = SelectField("Từ", [Optional()], coerce=id_or_none)
    ended_at = SelectField("Đến", [Optional()], coerce=id_or_none)
    outcome = RadioField(
        "Kết quả của các lượt này",
        [InputRequired("Chọn kết quả.")],
        coerce=HelpResult,
        choices=options(HELP_RESULT_LABELS.items()),
        description="Lượt có kết quả khác thì ghi vào một phiếu khác.",
    )

    def __init__(
        self,
        *,
        procedures: Sequence[Choice],
        wards: Sequence[WardChoice],
        today: date,
        **values: object,
    ) -> None:
        defaults: dict[str, object] = {"service_date": today, "outcome": HelpResult.DONE}
        for place, entry in enumerate(procedures[:FILLED_LINES]):
            defaults[f"procedure_{place}"] = entry.id
        super().__init__(**(defaults | values))
        self.today = today
        self._wards = wards
        self.ward.choices = options((ward.id, ward.label) for ward in wards)
        if len(wards) == 1:
            del self.ward
        for line in self.lines:
            line.procedure.choices = options([("", "Chọn thủ tục"), *procedures])
            line.mode.choices = options([("", "Chọn"), *HELP_MODE_LABELS.items()])
        hours = [(hour, f"{hour} giờ") for hour in range(FIRST_HOUR, LAST_HOUR + 1)]
        self.began_at.choices = self.ended_at.choices = options([("", "Chọn giờ"), *hours])

    @property
    def lines(self) -> list[LineFields]:
        """The lines, each with its fields."""
        return [
            LineFields(*(self[f"{name}_{place}"] for name in LineFields._fields))
            for place in range(LINES)
        ]

    @property
    def is_unfolded(self) -> bool:
        """Whether one of the lines behind the fold was used, and so has to be seen."""
        return any(line.is_filled for line in self.lines[SHOWN_LINES:])

    @property
    def ward_id(self) -> int:
        """The ward that was chosen, or the only one."""
        return cast("int", self.ward.data) if "ward" in self else self._wards[0].id

    @property
    def details(self) -> BundleDetails:
        """The typed values of a valid form."""
        halves = [half for half in HalfDay if half.value == self.span.data]
        by_hours = self.span.data == BY_HOURS
        return BundleDetails(
            service_date=required_day(self.service_date),
            result=self.outcome.data,
            lines=[
                BundleLine(
                    procedure_id=line.procedure.data,
                    mode=line.mode.data,
                    sessions=line.sessions.data or 0,
                    people=line.people.data or 0,
                )
                for line in self.lines
                if line.is_filled
            ],
            half_day=halves[0] if halves else None,
            began_at=time(self.began_at.data) if by_hours else None,
            ended_at=time(self.ended_at.data) if by_hours else None,
        )

    def validate_service_date(self, field: DayField) -> None:
        """Not in the future, and not before the programme can have begun."""
        not_in_future(self.today)(self, field)
        if field.data is not None and field.data < EARLIEST_DAY:
            raise ValidationError(f"Ngày này quá sớm. Chọn từ {EARLIEST_DAY:%d/%m/%Y} trở đi.")

    def validate_span(self, field: RadioField) -> None:
        """Hours come in pairs and in order; the hour fields alone may be left empty."""
        if field.data != BY_HOURS:
            return
        if self.began_at.data is None or self.ended_at.data is None:
            raise ValidationError("Chọn từ mấy giờ đến mấy giờ.")
        if self.began_at.data >= self.ended_at.data:
            raise ValidationError("Giờ kết thúc phải sau giờ bắt đầu.")

    def validate(self, extra_validators: object = None) -> bool:
        """Check the fields, then what the lines say together."""
        is_valid = super().validate(extra_validators)
        for field, sentence in self._faults():
            field.errors = [*field.errors, sentence]
            is_valid = False
        return bool(is_valid)

    def _faults(self) -> Iterator[tuple[Field, str]]:
        filled = [line for line in self.lines if line.is_filled]
        if not filled:
            yield self.lines[0].sessions, "Nhập số lượt ở ít nhất một dòng."
        total = 0
        for line in filled:
            yield from _line_faults(line)
            before, total = total, total + (line.sessions.data or 0)
            if before <= MOST_AT_ONCE < total and not line.sessions.errors:
                yield line.sessions, _too_many(total)


def _too_many(total: int) -> str:
    return (
        f"Đến dòng này đã {total} lượt; mỗi phiếu ghi gộp tối đa {MOST_AT_ONCE} lượt. Bớt lại,"
        " phần còn lại ghi ở phiếu sau."
    )


def _line_faults(line: LineFields) -> Iterator[tuple[Field, str]]:
    if line.procedure.data is None and not line.procedure.errors:
        yield line.procedure, "Chọn thủ tục của dòng này."
    if line.mode.data is None and not line.mode.errors:
        yield line.mode, "Chọn tự làm, làm cùng hay làm thay."
    if line.sessions.data is None and not line.sessions.errors:
        yield line.sessions, "Nhập số lượt của dòng này."
    elif (line.people.data or 0) > (line.sessions.data or 0) and not line.people.errors:
        yield line.people, "Số người lần đầu không thể nhiều hơn số lượt."


for _place in range(LINES):
    _number = _place + 1
    _procedure = SelectField(f"Dòng {_number}: thủ tục", [Optional()], coerce=id_or_none)
    _mode = SelectField(f"Dòng {_number}: ai thao tác", [Optional()], coerce=_mode_or_none)
    setattr(SessionBundleForm, f"procedure_{_place}", _procedure)
    setattr(SessionBundleForm, f"mode_{_place}", _mode)
    setattr(SessionBundleForm, f"sessions_{_place}", _count_field(f"Dòng {_number}: số lượt", 1))
    setattr(SessionBundleForm, f"people_{_place}", _count_field(f"Dòng {_number}: lần đầu", 0))
