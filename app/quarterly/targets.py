"""What a quarterly report tells of the targets: a table, how wards fare, what the words mean."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from app.formatting import format_day, format_number
from app.pace import Pace, PaceState
from app.pace_wording import TargetState, pace_sentence
from app.quarterly.tables import ReportTable
from app.reports.figures import ReportFigures, TargetOfPeriod
from app.wording import TARGET_INDICATOR_LABELS
from models.enums import TargetIndicator

TITLE = "Thực hiện chỉ tiêu đến ngày chốt"
HEADINGS = ("Nội dung", "Hạn", "Chỉ tiêu", "Đã đạt", "Còn thiếu", "Nhận định")
REACHED, KEPT, BEHIND, OVERDUE, UNKNOWN = (
    "đã đạt",
    "đang kịp tiến độ",
    "đang chậm tiến độ",
    "đã quá hạn mà chưa đạt",
    "chưa đủ dữ liệu để nhận định",
)


def province_targets(figures: ReportFigures) -> tuple[TargetOfPeriod, ...]:
    """Return the targets of the whole province."""
    return tuple(one for one in figures.targets if one.ward_code is None)


def ward_targets(figures: ReportFigures, code: str) -> tuple[TargetOfPeriod, ...]:
    """Return the targets of one ward."""
    return tuple(one for one in figures.targets if one.ward_code == code)


def target_table(targets: Sequence[TargetOfPeriod], figures: ReportFigures) -> ReportTable:
    """Each target with what is reached and missing at the cut-off, and how its pace is judged."""
    rows = tuple(_row(one, date.fromisoformat(figures.as_of)) for one in targets)
    return ReportTable(TITLE, HEADINGS, rows, (12, 11, 7, 6, 8, 18), numbers_from=2, last_words=1)


def place_table(figures: ReportFigures) -> ReportTable:
    """The same of the province and of every ward, with the place in front."""
    table = target_table(figures.targets, figures)
    rows = tuple(
        (one.ward_code or "", one.ward_name or "Toàn tỉnh", *row)
        for one, row in zip(figures.targets, table.rows, strict=True)
    )
    headings = ("Mã xã", "Địa bàn", *table.headings)
    return ReportTable(table.title, headings, rows, (3, 6, *table.shares))


def wards_text(figures: ReportFigures) -> str:
    """Say how many targets of wards are reached, on the way or behind; empty without any."""
    day = date.fromisoformat(figures.as_of)
    of_wards = [one for one in figures.targets if one.ward_code is not None]
    if not of_wards:
        return ""
    counts = Counter(_verdict(_state(one).pace(day)) for one in of_wards)
    parts = [
        f"{format_number(counts[verdict])} chỉ tiêu {verdict}"
        for verdict in (REACHED, KEPT, BEHIND, OVERDUE, UNKNOWN)
        if counts[verdict]
    ]
    wards = len({one.ward_code for one in of_wards})
    return (
        f"{format_number(wards)} xã, phường có chỉ tiêu riêng, tổng số"
        f" {format_number(len(of_wards))} chỉ tiêu: {', '.join(parts)}."
    )


def definitions(figures: ReportFigures) -> tuple[str, ...]:
    """Say how the pace is judged, where the report tells of targets."""
    if not figures.targets:
        return ()
    return (
        (
            "Chỉ tiêu là số đang áp dụng vào ngày chốt số liệu. “Đang kịp tiến độ” khi mức tăng"
            " trung bình mỗi tuần trong 28 ngày trước ngày chốt không thấp hơn mức cần thêm mỗi"
            " tuần để đạt đúng hạn; nơi chưa có số liệu từ 28 ngày trước thì chưa nhận định."
        ),
    )


def _row(one: TargetOfPeriod, day: date) -> tuple[str | int | None, ...]:
    state = _state(one)
    pace = state.pace(day)
    return (
        TARGET_INDICATOR_LABELS[state.indicator],
        format_day(state.due_on),
        one.value,
        one.reached,
        None if pace is None else pace.missing,
        _judgement(state, pace, day),
    )


def _judgement(state: TargetState, pace: Pace | None, day: date) -> str:
    sentence = pace_sentence(state, day)
    if pace is None or pace.is_kept is None:
        return sentence
    verdict = _verdict(pace)
    return f"{verdict[0].upper()}{verdict[1:]}: {sentence[0].lower()}{sentence[1:]}"


def _verdict(pace: Pace | None) -> str:
    if pace is None:
        return UNKNOWN
    if pace.state is not PaceState.RUNNING:
        return REACHED if pace.state is PaceState.REACHED else OVERDUE
    if pace.is_kept is None:
        return UNKNOWN
    return KEPT if pace.is_kept else BEHIND


def _state(one: TargetOfPeriod) -> TargetState:
    due_on = date.fromisoformat(one.due_on)
    return TargetState(TargetIndicator(one.indicator), due_on, one.value, one.reached, one.gained)
