"""What changed between two days, said in Vietnamese."""

from collections.abc import Iterator

from app.finding_wording import STATUS_LABELS, say
from app.formatting import format_day, format_number
from graphs.comparison import Comparison, WardChange
from graphs.findings import WardStatus
from graphs.movement import Movement

SINCE_TOO_LATE = "Ngày so sánh phải trước hoặc trùng ngày của số liệu."


def say_changes(comparison: Comparison) -> Iterator[str]:
    """Return lines for a terminal: wards won and lost first, then people, pairs and findings."""
    then, now = format_day(comparison.then), format_day(comparison.now)
    yield f"Thay đổi từ {then} đến {now}"
    yield f"  Xã, phường mới đủ: {format_number(len(comparison.wards_won))}"
    yield f"  Xã, phường không còn đủ: {format_number(len(comparison.wards_lost))}"
    yield from (f"    {_say_ward(ward)}" for ward in comparison.wards)
    yield f"  Mentor: {_say_movement(comparison.mentors)}"
    yield f"  Người học: {_say_movement(comparison.mentees)}"
    yield f"  Nhân sự hỗ trợ: {_say_movement(comparison.support_staff)}"
    pairs = comparison.mentorships
    begun, ended, completed = map(format_number, pairs)
    yield f"  Cặp đang học: {begun} cặp mới, {ended} cặp đã kết thúc ({completed} cặp học xong)"
    opened, closed = comparison.findings_opened, comparison.findings_closed
    yield f"  Việc cần làm: {format_number(len(opened))} mới, {format_number(len(closed))} đã hết"


def _say_movement(movement: Movement) -> str:
    joined, left, moved = map(format_number, movement)
    return f"{joined} người vào, {left} người ra, {moved} người chuyển nơi"


def _say_ward(ward: WardChange) -> str:
    return f"{ward.code} {ward.name}: {_say_status(ward.then)} → {_say_status(ward.now)}"


def _say_status(status: WardStatus | None) -> str:
    return "không có trong danh sách" if status is None else say(STATUS_LABELS[status])
