"""The forms of an activity: entering one, correcting it, saying that a planned one was held."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

from wtforms import IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.forms.base import BaseForm, CreatingForm, DayField, EditingForm, required_day
from app.forms.options import options
from app.forms.plain_text import at_most, or_none, without_secrets
from app.queries.activities import ActivityDetail
from app.queries.catalogues_for_forms import Choice, GroupChoice, TagChoice
from app.services.activity_writing import ActivityDetails, Attendance
from app.wording import ACTIVITY_KIND_LABELS
from models.enums import ActivityKind

EARLIEST_DAY = date(2020, 1, 1)
AHEAD = timedelta(days=400)
MOST_TURNS = 100_000
LONGEST_TOPIC, LONGEST_NOTE = 200, 1000
HELD, PLANNED = "da-dien-ra", "du-kien"
GROUP = "group_"

Form = TypeVar("Form", bound="TurnsFields")


class ActivityLists(NamedTuple):
    """What the forms of a ward's activity offer."""

    hosts: Sequence[Choice]
    people: Sequence[Choice]
    groups: Sequence[GroupChoice | Choice]
    tags: Sequence[TagChoice]


class TurnsFields(BaseForm):
    """How many came, of these by group, and who of them is known. Made by `with_groups`."""

    group_names: Sequence[str] = ()

    turns = IntegerField(
        "Số lượt tham gia",
        [Optional(), NumberRange(0, MOST_TURNS)],
        description="Mỗi người đến một lần là một lượt.",
        render_kw={"maxlength": 6},
    )
    people = SelectMultipleField(
        "Người học đã đến",
        [Optional()],
        coerce=int,
        description="Chọn những người đang học trong mạng lưới, nếu biết.",
    )

    def __init__(self, *, lists: ActivityLists, **values: object) -> None:
        super().__init__(**values)
        self.people.choices = options(lists.people)

    @property
    def groups(self) -> list[IntegerField]:
        """The fields that ask for the turns of each target group."""
        return [self[name] for name in self.group_names]

    @property
    def is_unfolded(self) -> bool:
        """Whether the fold with the groups holds an answer or an error."""
        return any(field.data or field.errors for field in self.groups)

    @property
    def attendance(self) -> Attendance:
        """The typed values of a valid form."""
        return Attendance(
            turns=self.turns.data or 0,
            group_turns={
                int(field.short_name.removeprefix(GROUP)): field.data
                for field in self.groups
                if field.data
            },
            person_ids=frozenset(self.people.data or ()),
        )

    @property
    def is_held(self) -> bool:
        """Whether the form tells of something that took place."""
        return True

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  # as WTForms has it
        """Check the turns against what else was said of something that was held."""
        is_valid = super().validate(extra_validators)
        return self._counts() and is_valid

    def _counts(self) -> bool:
        if not self.is_held or self.turns.errors:
            return True
        if self.turns.data is None:
            return _refuse(self.turns, "Nhập số lượt tham gia; không có ai đến thì nhập 0.")
        more = [field for field in self.groups if (field.data or 0) > self.turns.data]
        for field in more:
            _refuse(field, f"Nhiều hơn số lượt tham gia ({self.turns.data}). Xem lại hai số này.")
        if len(self.people.data or ()) > self.turns.data:
            return _refuse(
                self.turns, "Ít hơn số người được chọn ở dưới. Mỗi người là ít nhất một lượt."
            )
        return not more


class ActivityFields(TurnsFields):
    """What is asked about an activity; `today` and the lists are handed in by the page."""

    kind = RadioField(
        "Loại hoạt động",
        [InputRequired("Chọn loại hoạt động.")],
        coerce=ActivityKind,
        choices=options(ACTIVITY_KIND_LABELS.items()),
    )
    service_date = DayField("Ngày", [InputRequired("Nhập ngày.")])
    topic = StringField(
        "Nội dung",
        [InputRequired("Nhập nội dung."), at_most(LONGEST_TOPIC), without_secrets],
        description="Ví dụ: Cài VNeID, nộp hồ sơ trực tuyến.",
        render_kw={"maxlength": LONGEST_TOPIC},
    )
    place = StringField(
        "Địa điểm",
        [at_most(LONGEST_TOPIC), without_secrets],
        filters=[or_none],
        description="Ví dụ: Nhà văn hóa thôn 2.",
        render_kw={"maxlength": LONGEST_TOPIC},
    )
    hosts = SelectMultipleField(
        "Mentor chủ trì", [Optional()], coerce=int, description="Có thể chọn nhiều người."
    )
    movements = SelectMultipleField("Thuộc phong trào", [Optional()], coerce=int)
    teams = SelectMultipleField("Đội, tổ thực hiện", [Optional()], coerce=int)
    note = TextAreaField(
        "Ghi chú",
        [at_most(LONGEST_NOTE), without_secrets],
        filters=[or_none],
        description="Không ghi số CCCD, mật khẩu hay mã OTP của ai.",
        render_kw={"maxlength": LONGEST_NOTE},
    )

    def __init__(self, *, lists: ActivityLists, today: date, **values: object) -> None:
        super().__init__(lists=lists, **values)
        self.today = today
        self.hosts.choices = options(lists.hosts)
        self.movements.choices = options(
            (tag.id, tag.label) for tag in lists.tags if not tag.is_team
        )
        self.teams.choices = options((tag.id, tag.label) for tag in lists.tags if tag.is_team)

    @property
    def details(self) -> ActivityDetails:
        """The typed values of a valid form."""
        return ActivityDetails(
            kind=self.kind.data,
            service_date=required_day(self.service_date),
            topic=self.topic.data or "",
            place=self.place.data,
            note=self.note.data,
            mentor_ids=frozenset(self.hosts.data or ()),
            tag_ids=frozenset({*(self.movements.data or ()), *(self.teams.data or ())}),
            attended=self.attendance if self.is_held else None,
        )

    def validate_service_date(self, field: DayField) -> None:
        """What was held is no day to come; what is planned is not years away."""
        if field.data is None:
            return
        if self.is_held and field.data > self.today:
            msg = "Ngày này chưa tới. Chọn ngày khác, hoặc ghi là hoạt động dự kiến."
            raise ValidationError(msg)
        if field.data > self.today + AHEAD:
            raise ValidationError("Ngày này quá xa. Chọn một ngày trong vòng một năm tới.")
        if field.data < EARLIEST_DAY:
            raise ValidationError(f"Ngày này quá sớm. Chọn từ {EARLIEST_DAY:%d/%m/%Y} trở đi.")


class NewActivityForm(ActivityFields, CreatingForm):
    """An activity that took place, or that is planned."""

    state = RadioField(
        "Hoạt động này",
        [InputRequired("Chọn đã diễn ra hay dự kiến.")],
        choices=options([(HELD, "Đã diễn ra"), (PLANNED, "Dự kiến")]),
    )

    @property
    def is_held(self) -> bool:
        """Whether it took place already."""
        return bool(self.state.data == HELD)


class EditActivityForm(ActivityFields, EditingForm):
    """An activity as it stands; the version tells whether somebody else was faster."""

    was_held = False

    def __init__(
        self, *, activity: ActivityDetail, lists: ActivityLists, today: date, **values: object
    ) -> None:
        self.was_held = activity.is_held
        stored = {
            "kind": activity.kind,
            "service_date": activity.service_date,
            "topic": activity.topic,
            "place": activity.place,
            "note": activity.note,
            "turns": activity.turns,
            "hosts": [host.id for host in activity.hosts],
            "people": [person.id for person in activity.people],
            "movements": [tag.id for tag in activity.tags],
            "teams": [tag.id for tag in activity.tags],
            "version": str(activity.edition),
        }
        by_group = {f"{GROUP}{row.group_id}": row.turns for row in activity.group_turns}
        super().__init__(lists=lists, today=today, **{**stored, **by_group, **values})

    @property
    def is_held(self) -> bool:
        """Whether it took place; only confirming a planned one changes that."""
        return self.was_held


class ConfirmActivityForm(TurnsFields, CreatingForm):
    """How many came to what was planned."""


def with_groups(form_class: type[Form], groups: Sequence[GroupChoice | Choice]) -> type[Form]:
    """Return a form class that asks for the turns of each of these target groups, too."""
    fields: dict[str, object] = {
        f"{GROUP}{group.id}": IntegerField(
            group.label, [Optional(), NumberRange(0, MOST_TURNS)], render_kw={"maxlength": 6}
        )
        for group in groups
    }
    names = tuple(fields)
    return type(form_class.__name__, (form_class,), {**fields, "group_names": names})


def _refuse(field: IntegerField, sentence: str) -> bool:
    field.errors = [*field.errors, sentence]
    return False
