"""Ways from a page to the neighbouring tasks that have no place in the navigation."""

from typing import NamedTuple

from flask import url_for

from app.access.current import may
from app.access.policy import Permission
from app.texts import _
from app.web.addresses import known_address


class Shortcut(NamedTuple):
    """A task: its name, its page, who may do it, its icon, whether the page is a ward's."""

    label: str
    endpoint: str
    permission: Permission
    icon: str
    takes_ward: bool = True


class ShortcutLink(NamedTuple):
    """A task that the reader may go to."""

    label: str
    url: str
    icon: str


SHORTCUTS = {
    "import": Shortcut(
        "Nhập danh sách", "roster_imports.create", Permission.IMPORT_ROSTERS, "upload"
    ),
    "export": Shortcut(
        "Xuất cả danh sách", "roster_export.show", Permission.EXPORT_ROSTERS, "download"
    ),
    "contacts": Shortcut(
        "Ghi buổi hướng dẫn", "contacts.index", Permission.LOG_CONTACTS, "calendar-check"
    ),
    "sheets": Shortcut(
        "Phiếu hướng dẫn", "contact_sheets.index", Permission.LOG_CONTACTS, "printer"
    ),
    "class_sheets": Shortcut(
        "Phiếu điểm danh lớp học", "class_sheets.index", Permission.LOG_CONTACTS, "clipboard-check"
    ),
    "skills": Shortcut(
        "Kỹ năng của cả lớp", "skill_classes.index", Permission.LOG_CONTACTS, "clipboard-check"
    ),
    "topics": Shortcut(
        "Mỗi tuần một kỹ năng số",
        "weekly_topics.index",
        Permission.VIEW_PEOPLE,
        "calendar3",
        takes_ward=False,
    ),
    "pairing": Shortcut("Ghép cặp", "pairing.index", Permission.PAIR_PEOPLE, "link-45deg"),
    "pairs": Shortcut("Các cặp hướng dẫn", "mentorships.index", Permission.VIEW_PEOPLE, "list-ul"),
    "mentors": Shortcut("Mentor", "mentors.index", Permission.VIEW_PEOPLE, "person-badge"),
    "mentees": Shortcut("Người học", "mentees.index", Permission.VIEW_PEOPLE, "people"),
    "posts": Shortcut(
        "Nhân sự hỗ trợ", "support_posts.index", Permission.VIEW_PEOPLE, "person-gear"
    ),
    "charts": Shortcut(
        "Biểu đồ toàn tỉnh",
        "charts.province",
        Permission.VIEW_PROVINCE,
        "bar-chart",
        takes_ward=False,
    ),
    "desks": Shortcut(
        "Quầy của từng xã, phường",
        "desk_table.index",
        Permission.VIEW_PROVINCE,
        "list-ul",
        takes_ward=False,
    ),
    "drafts": Shortcut(
        "Lập kế hoạch ghép",
        "assignment_drafts.index",
        Permission.PAIR_PEOPLE,
        "check2-all",
        takes_ward=False,
    ),
    "plans": Shortcut(
        "Kế hoạch", "plans.index", Permission.VIEW_AUDIT, "signpost-split", takes_ward=False
    ),
    "work": Shortcut(
        "Việc cần làm", "work_list.index", Permission.VIEW_WORK_LIST, "list-check", takes_ward=False
    ),
    "activities": Shortcut(
        "Hoạt động", "activities.index", Permission.VIEW_ACTIVITIES, "calendar3"
    ),
    "calendar": Shortcut(
        "Lịch hoạt động", "activity_calendar.index", Permission.VIEW_ACTIVITIES, "calendar3"
    ),
    "activity_numbers": Shortcut(
        "Số liệu hoạt động, học tập",
        "activity_numbers.index",
        Permission.VIEW_ACTIVITIES,
        "bar-chart",
    ),
    "handoffs": Shortcut(
        "Chờ chuyển",
        "handoffs.index",
        Permission.VIEW_HANDOFFS,
        "person-plus",
        takes_ward=False,
    ),
    "follow_ups": Shortcut(
        "Gọi hỏi sau khi học",
        "follow_ups.index",
        Permission.FOLLOW_UP,
        "telephone",
        takes_ward=False,
    ),
    "sessions": Shortcut(
        "Danh sách lượt hỗ trợ", "session_lists.index", Permission.VIEW_SESSIONS, "list-ul"
    ),
    "day": Shortcut(
        "Lượt hỗ trợ hôm nay",
        "help_sessions.index",
        Permission.VIEW_SESSIONS,
        "calendar-check",
        takes_ward=False,
    ),
    "desk_figures": Shortcut(
        "Thống kê", "desk_figures.index", Permission.VIEW_SESSIONS, "bar-chart"
    ),
    "funnel": Shortcut(
        "Từ quầy đến tự làm được", "funnel.index", Permission.VIEW_SESSIONS, "funnel"
    ),
    "comparison": Shortcut("So với ngày trước", "comparison.index", Permission.VIEW_AUDIT, "clock"),
    "periods": Shortcut(
        "Kỳ báo cáo", "periods.index", Permission.VIEW_AUDIT, "calendar3", takes_ward=False
    ),
    "targets": Shortcut(
        "Chỉ tiêu", "targets.index", Permission.VIEW_AUDIT, "bar-chart", takes_ward=False
    ),
    "duty": Shortcut("Lịch trực", "duty.index", Permission.RECORD_DUTY, "calendar-week"),
    "requests": Shortcut(
        "Nhờ xã bạn",
        "ward_requests.index",
        Permission.VIEW_REQUESTS,
        "chat-dots",
        takes_ward=False,
    ),
    "history": Shortcut(
        "Việc đã làm", "history.index", Permission.UNDO_CHANGES, "undo", takes_ward=False
    ),
    "bin": Shortcut(
        "Thùng rác", "recycle_bin.index", Permission.UNDO_CHANGES, "undo", takes_ward=False
    ),
}


def shortcuts(*names: str, ward: str = "") -> list[ShortcutLink]:
    """Return the links of `SHORTCUTS` that the reader may follow, for a ward's code if given."""
    wanted = [SHORTCUTS[name] for name in names]
    return [
        ShortcutLink(_(way.label), _address(way, ward), way.icon)
        for way in wanted
        if may(way.permission)
    ]


def _address(way: Shortcut, ward: str) -> str:
    if ward and way.takes_ward:
        return url_for(way.endpoint, xa=ward)
    return known_address(way.endpoint)
