"""What the address of an audit page says: the day, and which findings or wards to show."""

from collections.abc import Sequence
from datetime import date

from wtforms import SelectField, StringField, ValidationError

from app import clock
from app.comparison_wording import SINCE_TOO_LATE
from app.finding_wording import RULE_LABELS, SEVERITY_LABELS, STATUS_LABELS
from app.forms.base import BaseForm, DayField, parse_day
from app.forms.options import options
from app.queries.wards import WardCard
from app.worklist.choosing import FindingChoice, WardChoice, WardOrder
from graphs.findings import Rule, Severity, WardStatus

EARLIEST_DAY = date(2000, 1, 1)
LATEST_DAY = date(2099, 12, 31)
LONGEST_SEARCH = 100
ANY = ("", "Tất cả")
LEVELS = tuple(Severity)
WITHOUT_LEADER = "chua-co"
ORDER_LABELS = {
    WardOrder.URGENCY: "Việc gấp trước",
    WardOrder.NAME: "Tên",
    WardOrder.WAITING: "Người chờ nhiều trước",
}


class DayRefusedError(ValueError):
    """The day cannot be asked about; the message says why, to a person."""


def read_day(text: str) -> date:
    """Return the day written as yyyy-mm-dd or dd/mm/yyyy, from 2000 to 2099.

    Raises `DayRefusedError` with a Vietnamese sentence for anything else.
    """
    day = _iso_day(text) or parse_day(text)
    if day is None:
        raise DayRefusedError("Ngày chưa đúng. Nhập dạng 31/03/2026 hoặc 2026-03-31.")
    if day < EARLIEST_DAY:
        raise DayRefusedError("Ngày này sớm quá. Chọn một ngày từ 01/01/2000.")
    if day > LATEST_DAY:
        raise DayRefusedError("Ngày này xa quá. Chọn một ngày đến 31/12/2099.")
    return day


class AsOfDayField(DayField):
    """The day that figures are shown for, at most today; empty is today.

    Another program may write yyyy-mm-dd.
    """

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the day; keep what was typed when it is refused."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = read_day(text) if text else None
        if self.data is not None and self.data > clock.today():
            self.data = None
            raise DayRefusedError("Ngày này chưa tới. Chọn hôm nay hoặc một ngày trước đó.")


class DayChoiceForm(BaseForm):
    """The day to show figures for."""

    ngay = AsOfDayField("Số liệu đến ngày")

    class Meta(BaseForm.Meta):
        """A form that only reads needs no protection."""

        csrf = False

    @property
    def day(self) -> date:
        """The chosen day; today where none was chosen or the chosen one was refused."""
        return self.ngay.data or clock.today()

    @property
    def is_past(self) -> bool:
        """Whether the figures are those of a past day, for which there is nothing to do."""
        return self.day != clock.today()


class SinceChoiceForm(DayChoiceForm):
    """The day to show figures for, and the earlier one to compare them with, if any."""

    tu = AsOfDayField("So với ngày")

    def validate_tu(self, field: AsOfDayField) -> None:
        """Refuse a day after the one that figures are shown for."""
        if field.data is not None and field.data > self.day:
            raise ValidationError(SINCE_TOO_LATE)


class ComparisonForm(SinceChoiceForm):
    """Two days to compare, and one ward of several; one that is not offered counts as none."""

    xa = SelectField("Xã, phường", validate_choice=False)

    def __init__(self, *, wards: Sequence[WardCard], **values: object) -> None:
        super().__init__(**values)
        self.xa.choices = options([ANY, *((ward.code, ward.full_name) for ward in wards)])
        if len(wards) <= 1:
            del self.xa

    @property
    def since(self) -> date | None:
        """The earlier day; None where none was chosen or the chosen one was refused."""
        return None if self.tu.errors else self.tu.data

    @property
    def ward_code(self) -> str:
        """The ward that is looked at alone, or nothing."""
        return _offered(self.xa) if "xa" in self else ""


class FindingChoiceForm(DayChoiceForm):
    """Which findings to show; a value that is not offered counts as none."""

    viec = SelectField("Loại việc", validate_choice=False)
    muc = SelectField("Mức", validate_choice=False)
    xa = SelectField("Xã, phường", validate_choice=False)

    def __init__(self, *, wards: Sequence[WardCard], **values: object) -> None:
        super().__init__(**values)
        self.viec.choices = options([ANY, *((rule, RULE_LABELS[rule]) for rule in Rule)])
        self.muc.choices = options([ANY, *((level, SEVERITY_LABELS[level]) for level in LEVELS)])
        self.xa.choices = options([ANY, *((ward.code, ward.full_name) for ward in wards)])
        if len(wards) <= 1:
            del self.xa

    @property
    def chosen(self) -> FindingChoice:
        """What the address asks for."""
        rule, severity = _offered(self.viec), _offered(self.muc)
        return FindingChoice(
            rule=Rule(rule) if rule else None,
            severity=Severity(severity) if severity else None,
            ward=_offered(self.xa) if "xa" in self else "",
        )


class WardChoiceForm(DayChoiceForm):
    """Which wards to show, and in which order; a value that is not offered counts as none."""

    q = StringField("Tìm theo tên")
    status = SelectField("Tình trạng", name="tinh-trang", validate_choice=False)
    cause = SelectField("Nguyên nhân chính", name="nguyen-nhan", validate_choice=False)
    account = SelectField("Tài khoản", name="tai-khoan", validate_choice=False)
    order = SelectField("Sắp xếp", name="sap-xep", validate_choice=False)

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.status.choices = options([ANY, *STATUS_LABELS.items()])
        self.cause.choices = options([ANY, *((rule, RULE_LABELS[rule]) for rule in Rule)])
        self.account.choices = options([ANY, (WITHOUT_LEADER, "Chưa có tài khoản Bí thư Đoàn")])
        self.order.choices = options(ORDER_LABELS.items())

    @property
    def chosen(self) -> WardChoice:
        """What the address asks for."""
        status, cause = _offered(self.status), _offered(self.cause)
        return WardChoice(
            words=(self.q.data or "")[:LONGEST_SEARCH],
            status=WardStatus(status) if status else None,
            cause=Rule(cause) if cause else None,
            order=WardOrder(_offered(self.order) or WardOrder.URGENCY),
            without_leader=_offered(self.account) == WITHOUT_LEADER,
        )


def _offered(field: SelectField) -> str:
    offered = [value for value, *_ in field.iter_choices()]
    return str(field.data) if field.data in offered else ""


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
