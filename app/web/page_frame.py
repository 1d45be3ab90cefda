"""What the common layout shows around every page: navigation, reader, notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from flask import flash, get_flashed_messages, request, url_for

from app.access.current import Reader, current_reader
from app.access.policy import Permission
from app.queries.demonstration import is_demonstration_site
from app.web.addresses import known_address
from app.web.shortcuts import shortcuts
from app.wording import role_label
from models.enums import Role


class Entry(NamedTuple):
    """One entry of the navigation of a role."""

    label: str
    endpoint: str
    icon: str


class NavigationLink(NamedTuple):
    """One entry of the navigation as a page shows it."""

    label: str
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class FrameReader:
    """Who is signed in; whoever logs sessions has a key for what waits in the browser.

    Who may see people finds them from every page.
    """

    display_name: str
    ward_name: str
    role_label: str
    outbox_key: str
    finds_people: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A message after an action, with its way back, its next step, and another, done at once."""

    text: str
    kind: str = "success"
    undo_url: str | None = None
    next_url: str | None = None
    next_label: str | None = None
    choice_url: str | None = None
    choice_label: str | None = None


NAVIGATION: dict[Role, tuple[Entry, ...]] = {
    Role.WARD_LEADER: (
        Entry("Việc cần làm", "work_list.index", "list-check"),
        Entry("Mentor", "mentors.index", "person-badge"),
        Entry("Người học", "mentees.index", "people"),
        Entry("Ghép cặp", "pairing.index", "link-45deg"),
        Entry("Xã của tôi", "wards.own", "house"),
    ),
    Role.SUPPORT: (
        Entry("Ghi hỗ trợ", "help_sessions.create", "pencil-square"),
        Entry("Hôm nay", "help_sessions.index", "calendar-check"),
        Entry("Chờ chuyển", "handoffs.index", "person-plus"),
        Entry("Lịch trực", "duty.index", "calendar-week"),
        Entry("Thống kê", "desk_figures.index", "bar-chart"),
    ),
    Role.PROVINCE: (
        Entry("Tổng quan", "province.index", "house"),
        Entry("Bản đồ", "province_map.index", "map"),
        Entry("Rà soát", "audit.index", "clipboard-check"),
        Entry("Kế hoạch", "plans.index", "signpost-split"),
        Entry("Mentor", "mentors.index", "person-badge"),
    ),
    Role.ADMIN: (
        Entry("Tài khoản", "accounts.index", "person-gear"),
        Entry("Danh mục", "catalogues.index", "list-ul"),
        Entry("Cài đặt", "settings.index", "sliders"),
        Entry("Nhật ký", "change_log.index", "journal-text"),
        Entry("Hệ thống", "system.index", "hdd"),
    ),
}

# Areas without an entry of their own, and the entries from whose pages they are reached.
REACHED_FROM = dict.fromkeys(
    (
        "activities", "activity_calendar", "activity_numbers", "charts", "class_sheets",
        "contact_sheets", "contacts", "desk_figures", "follow_ups", "funnel", "handoffs", "mentees",
        "mentorships", "pairing", "periods", "reports", "roster_changes", "roster_doubles",
        "roster_headings", "roster_imports", "roster_rows", "session_lists", "skill_classes",
        "support_posts", "target_sheets", "targets", "ward_requests", "weekly_topics", "work_list",
    ),
    ("province.index", "wards.own"),
)  # fmt: skip

PRECEDENCE = (Role.WARD_LEADER, Role.SUPPORT, Role.PROVINCE, Role.ADMIN)


def main_role(reader: Reader) -> Role | None:
    """Return the role whose navigation and home page a reader of several roles gets."""
    held = {grant.role for grant in reader.grants}
    return next((role for role in PRECEDENCE if role in held), None)


def notify(  # noqa: PLR0913  # each of them is what a message may offer
    text: str,
    *,
    kind: str = "success",
    undo_batch_id: int | None = None,
    next_url: str | None = None,
    next_label: str | None = None,
    choice_url: str | None = None,
    choice_label: str | None = None,
) -> None:
    """Keep a message for the next page; `undo_batch_id` offers to take the action back.

    `next_url` is a page; to `choice_url` a button posts, for what needs no page of its own.
    """
    undo_url = None
    if undo_batch_id is not None:
        undo_url = url_for("history.undo", batch_id=undo_batch_id)
    flash(
        {
            "text": text,
            "kind": kind,
            "undo_url": undo_url,
            "next_url": next_url,
            "next_label": next_label,
            "choice_url": choice_url,
            "choice_label": choice_label,
        }  # type: ignore[arg-type]  # Flask keeps any value that JSON can carry
    )


def frame_context() -> dict[str, Any]:
    """Return the values that every template may use."""
    reader = current_reader()
    return {
        "navigation": _navigation(reader),
        "reader": None if reader is None else _frame_reader(reader),
        "is_demonstration": (
            is_demonstration_site() if reader is None else reader.is_on_demonstration
        ),
        "shortcuts": shortcuts,
        "notices": [Notice(**cast("dict[str, Any]", kept)) for kept in get_flashed_messages()],
    }


def first_page(reader: Reader) -> str | None:
    """Return the address where a reader's work begins; None for an account without a role."""
    return next((link.url for link in _navigation(reader)), None)


def _navigation(reader: Reader | None) -> list[NavigationLink]:
    role = None if reader is None else main_role(reader)
    current = _current_endpoint(NAVIGATION.get(role, ()))  # type: ignore[arg-type]
    return [
        NavigationLink(
            entry.label,
            known_address(entry.endpoint),
            entry.icon,
            entry.endpoint == current,
        )
        for entry in NAVIGATION.get(role, ())  # type: ignore[arg-type]
    ]


def _current_endpoint(entries: Iterable[Entry]) -> str | None:
    """Return the one entry that the page belongs to.

    That is its own, else the first of its area, else the one below whose address it lies, else
    the one from which its area is reached.
    """
    own, area = request.endpoint, f"{request.blueprint}."
    entries = list(entries)
    endpoints = [entry.endpoint for entry in entries if entry.endpoint.startswith(area)]
    if own in endpoints:
        return own
    endpoints += [entry.endpoint for entry in entries if _lies_below(entry.endpoint)]
    from_there = REACHED_FROM.get(request.blueprint or "", ())
    endpoints += [entry.endpoint for entry in entries if entry.endpoint in from_there]
    return next(iter(endpoints), None)


def _lies_below(endpoint: str) -> bool:
    """Whether the page lies below another one: `/ke-hoach/vung-trang` below `/ke-hoach`."""
    address = f"{request.script_root}{request.path}"
    return address.startswith(known_address(endpoint).rstrip("/") + "/")


def _frame_reader(reader: Reader) -> FrameReader:
    role = main_role(reader)
    names = dict.fromkeys(grant.ward_name for grant in reader.grants if grant.ward_name)
    outbox_key = reader.browser_key if reader.holds(Permission.LOG_SESSIONS) else ""
    finds_people = reader.holds(Permission.VIEW_PEOPLE)
    words = reader.display_name, ", ".join(names), role_label(role)
    return FrameReader(*words, outbox_key, finds_people)
