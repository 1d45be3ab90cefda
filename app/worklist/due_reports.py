"""The quarter's report in a work list: when it is due, and what is still missing for it."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import url_for

from app.access.current import may, require_reader
from app.access.policy import Permission
from app.access.scope import WardScope
from app.formatting import format_day
from app.queries.period_entries import WardEntries, entries_by_ward
from app.queries.reporting_periods import PeriodRow, list_periods
from app.texts import _
from app.worklist.reminders import Reminder
from graphs.findings import Severity

# How long before it is due a report is in the list, and how long after, while it is not closed.
DAYS_BEFORE, DAYS_AFTER = 14, 30
URGENT_DAYS = 3


def remind_of_reports(day: date) -> list[Reminder]:
    """Return a line for each report that is due, for who reads the audit of some wards.

    Wards are told what they lack, up to the due day; the province also that a period is not closed.
    """
    if not may(Permission.VIEW_AUDIT):
        return []
    scope = require_reader().scope_for(Permission.VIEW_AUDIT)
    lines = [
        _told(period, entries_by_ward(scope, period.id), day, scope)
        for period in list_periods(scope, day)
        if not period.is_closed and _is_due(period, day, scope)
    ]
    return [line for line in lines if line is not None]


def _is_due(period: PeriodRow, day: date, scope: WardScope) -> bool:
    after = timedelta(days=DAYS_AFTER if scope.is_everywhere else 0)
    return period.due_on - timedelta(days=DAYS_BEFORE) <= day <= period.due_on + after


def _told(
    period: PeriodRow, wards: Sequence[WardEntries], day: date, scope: WardScope
) -> Reminder | None:
    missing = _missing(wards)
    if not missing and not scope.is_everywhere:
        return None
    message = _(
        "Báo cáo %(period)s: hạn gửi %(due)s, %(when)s. %(missing)s",
        period=period.label,
        due=format_day(period.due_on),
        when=_when((period.due_on - day).days),
        missing=missing or _("Xã, phường nào cũng đã có số liệu trong kỳ."),
    )
    is_urgent = (period.due_on - day).days <= URGENT_DAYS
    level = Severity.WARNING if is_urgent else Severity.NOTICE
    label = _("Xem kỳ báo cáo") if scope.is_everywhere else _("Xem còn thiếu gì")
    return Reminder(message, level, label, url_for("periods.show", code=period.code))


def _when(days: int) -> str:
    if days > 0:
        return _("còn %(days)s ngày", days=days)
    if days == 0:
        return _("đúng hôm nay")
    return _("đã quá %(days)s ngày mà kỳ chưa khóa", days=-days)


def _missing(wards: Sequence[WardEntries]) -> str:
    """Say what is missing: of one ward by kind, of several how many entered nothing."""
    if len(wards) == 1:
        return _missing_of_one(wards[0])
    silent = sum(not ward.anything for ward in wards)
    if not silent:
        return ""
    return _("%(silent)s/%(all)s xã, phường chưa nhập gì trong kỳ.", silent=silent, all=len(wards))


def _missing_of_one(ward: WardEntries) -> str:
    if not ward.anything:
        return _("Xã, phường chưa nhập gì trong kỳ này.")
    if not ward.sessions and not ward.contacts:
        return _("Trong kỳ chưa ghi lượt hỗ trợ và buổi hướng dẫn nào.")
    if not ward.sessions:
        return _("Trong kỳ chưa ghi lượt hỗ trợ nào.")
    return "" if ward.contacts else _("Trong kỳ chưa ghi buổi hướng dẫn nào.")
