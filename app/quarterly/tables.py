"""The tables of a quarterly report, the same in .docx and .xlsx."""

from collections import Counter
from typing import NamedTuple

from app.exchange.figure_workbook import Cell
from app.finding_wording import RULE_LABELS, STATUS_LABELS
from app.formatting import format_number
from app.quarterly.words import NOT_REPORTED
from app.reports.figures import ReportFigures, ReportWard
from app.wording import ACTIVITY_KIND_LABELS
from graphs.findings import Rule, WardStatus
from models.enums import ActivityKind

# What is done about each cause; the order is that of the rules.
MEASURES = {
    Rule.WARD_WITHOUT_SUPPORT: "Cử nhân sự hỗ trợ tại Trung tâm Phục vụ hành chính công",
    Rule.WARD_WITHOUT_MENTOR: "Vận động, đăng ký mentor đầu tiên",
    Rule.WARD_SHORT_OF_CAPACITY: "Bổ sung mentor cho người đang chờ",
    Rule.MENTOR_BELOW_FLOOR: "Ghép người đang chờ, vận động thêm người học",
    Rule.SUPPORT_ON_PAPER: "Đôn đốc trực và ghi lượt hỗ trợ",
    Rule.MENTOR_ON_PAPER: "Đôn đốc buổi hướng dẫn và ghi lại",
    Rule.HANDOFF_PENDING: "Ghép người mà quầy hỗ trợ đã chuyển sang",
    Rule.MENTEE_WAITING: "Ghép người đang chờ với mentor",
    Rule.MENTORSHIP_DORMANT: "Nhắc mentor gặp lại người học",
    Rule.MENTOR_OVER_CAPACITY: "San bớt người học cho mentor khác",
    Rule.WARD_SILENT: "Nhắc xã, phường nhập số liệu",
}
IMPORT_MEASURE = "Hướng dẫn nhập danh sách ban đầu"


class ReportTable(NamedTuple):
    """A table: title, headings, rows, and how wide its columns are to each other."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[int, ...]
    numbers_from: int = 1
    last_words: int = 0


def network_table(figures: ReportFigures) -> ReportTable:
    """The network at the cut-off beside the previous one."""
    floor = figures.settings["floor"]
    lines = (
        ("Mentor đang hoạt động", "mentors"),
        ("Mentor tạm nghỉ", "mentors_paused"),
        (f"Mentor đủ {floor} người học, trên giấy", "mentors_meeting_floor"),
        (f"Mentor đủ {floor} người học, thực chất", "mentors_meeting_floor_in_fact"),
        ("Người học", "mentees"),
        ("Người học đang chờ mentor", "mentees_waiting"),
        ("Cặp hướng dẫn đang mở", "mentorships_open"),
        ("Cặp lâu chưa gặp", "mentorships_dormant"),
        ("Xã, phường có nhân sự hỗ trợ, trên giấy", "wards_with_support"),
        ("Xã, phường có nhân sự hỗ trợ, thực chất", "wards_with_support_in_fact"),
        ("Xã, phường đã đủ", "wards_covered"),
        ("Xã, phường chưa có dữ liệu", "wards_no_data"),
    )
    then, now = figures.totals_before, figures.totals
    rows = ((label, then[key], now[key], _change(now[key] - then[key])) for label, key in lines)
    headings = ("Chỉ tiêu", "Kỳ trước", "Kỳ này", "Tăng, giảm")
    return ReportTable("Mạng lưới so với kỳ trước", headings, tuple(rows), (9, 3, 3, 3))


def desk_table(figures: ReportFigures) -> ReportTable:
    """What counts in the period at the desks beside the previous period."""
    lines = (
        ("Lượt hỗ trợ", "sessions"),
        ("Người được hỗ trợ lần đầu trong năm", "people"),
        ("Lượt người dân tự làm", "by_oneself"),
        ("Lượt làm cùng", "together"),
        ("Lượt làm thay", "on_behalf"),
        ("Hỏi lại: vẫn tự làm được", "still_able"),
        ("Hỏi lại: cần giúp thêm", "needs_help"),
    )
    before = figures.desk_before
    rows = []
    for label, key in lines:
        now: int = getattr(figures.desk, key)
        then: int | None = None if before is None else getattr(before, key)
        rows.append((label, then, now, None if then is None else _change(now - then)))
    headings = ("Chỉ tiêu", "Kỳ trước", "Kỳ này", "Tăng, giảm")
    return ReportTable("Hỗ trợ người dân so với kỳ trước", headings, tuple(rows), (9, 3, 3, 3))


def activity_table(figures: ReportFigures) -> ReportTable:
    """What was held of each kind in the period; turns and people stand beside each other."""
    rows = tuple(
        (
            ACTIVITY_KIND_LABELS[ActivityKind(one.kind)],
            one.held,
            one.wards,
            one.turns,
            one.people,
            one.hosts,
        )
        for one in figures.activities
    )
    headings = (
        "Hoạt động",
        "Số buổi",
        "Xã, phường",
        "Lượt tham gia",
        "Người của mạng lưới",
        "Mentor chủ trì",
    )
    return ReportTable("Hoạt động đã tổ chức trong kỳ", headings, rows, (7, 3, 4, 4, 4, 4))


def movement_table(figures: ReportFigures) -> ReportTable:
    """The network's part in what others lead, people once for each movement."""
    rows = tuple((one.label, one.people, one.activities) for one in figures.movements)
    title = "Phần tham gia của mạng lưới trong các phong trào khác"
    return ReportTable(title, ("Phong trào", "Người", "Buổi"), rows, (8, 3, 3))


def learning_table(figures: ReportFigures) -> ReportTable:
    """What was learnt in the period; none of the lines is a part of another."""
    learnt = figures.learning
    rows: tuple[tuple[Cell, ...], ...] = ()
    if learnt is not None:
        rows = (
            ("Người học tự làm được thêm ít nhất một kỹ năng", learnt.people_reaching),
            ("Kỹ năng mới tự làm được (lượt kỹ năng)", learnt.skills_reached),
            ("Người học hoàn thành", learnt.completed),
            ("Có tài khoản VNeID: người học tự báo", learnt.vneid_self_reported),
            ("Có tài khoản VNeID: cán bộ đã xem trên máy", learnt.vneid_seen),
        )
    return ReportTable("Kết quả học tập trong kỳ", ("Chỉ tiêu", "Kỳ này"), rows, (8, 2))


def gap_table(figures: ReportFigures) -> ReportTable:
    """The primary causes of the wards that are not covered, how many wards, and the measure."""
    counts = Counter(ward.primary_cause for ward in figures.wards)
    rows: list[tuple[Cell, ...]] = [
        (RULE_LABELS[rule], counts[rule.value], measure)
        for rule, measure in MEASURES.items()
        if counts[rule.value]
    ]
    if counts[WardStatus.NO_DATA.value]:
        label = STATUS_LABELS[WardStatus.NO_DATA]
        rows.append((label, counts[WardStatus.NO_DATA.value], IMPORT_MEASURE))
    headings = ("Nguyên nhân chính", "Số xã, phường", "Biện pháp")
    return ReportTable("Tồn tại theo nguyên nhân chính", headings, tuple(rows), (6, 3, 8), 3)


def ranked_table(figures: ReportFigures) -> ReportTable:
    """The obstacles that were named most in the period."""
    rows = tuple((one.label, one.sessions) for one in figures.obstacles)
    title = "Vướng mắc của người dân gặp nhiều nhất"
    return ReportTable(title, ("Vướng mắc", "Lượt"), rows, (5, 1))


def ward_table(figures: ReportFigures) -> ReportTable:
    """Every ward: what is not known is said in words and never 0."""
    headings = (
        "STT",
        "Xã, phường",
        "Tình trạng",
        "Nguyên nhân chính",
        "Mentor",
        "Đủ chuẩn: giấy/thực",
        "Người học",
        "Đang chờ",
        "Hỗ trợ: giấy/thực",
        "Lượt trong kỳ",
        "Người lần đầu",
    )
    rows = (_ward_row(number, ward) for number, ward in enumerate(figures.wards, start=1))
    shares = (11, 27, 22, 40, 17, 19, 15, 15, 20, 20, 20)
    return ReportTable("Tình hình từng xã, phường", headings, tuple(rows), shares, 4)


def _ward_row(number: int, ward: ReportWard) -> tuple[Cell, ...]:
    known = ward.has_data
    cause = ward.primary_cause
    desk = (ward.sessions, ward.people) if ward.has_reported else (NOT_REPORTED, NOT_REPORTED)
    network: tuple[Cell, ...] = (
        ward.mentors,
        f"{ward.mentors_meeting_floor}/{ward.mentors_meeting_floor_in_fact}",
        ward.mentees,
        ward.waiting,
        f"{_yes(ward.has_support)}/{_yes(ward.has_support_in_fact)}",
    )
    return (
        number,
        ward.name,
        STATUS_LABELS[WardStatus(ward.status)],
        RULE_LABELS[Rule(cause)] if known and cause else None,
        *(network if known else (None,) * len(network)),
        *(desk if known or ward.has_reported else (NOT_REPORTED, NOT_REPORTED)),
    )


def _yes(is_so: bool) -> str:  # noqa: FBT001  # a cell, not a switch
    return "có" if is_so else "chưa"


def _change(difference: int) -> str:
    if difference == 0:
        return "0"
    sign = "+" if difference > 0 else "−"
    return f"{sign}{format_number(abs(difference))}"
