"""What is to be done besides the findings of the audit: calls some weeks after people learned."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from app.access.current import may, require_reader
from app.access.policy import Permission
from app.finding_wording import SEVERITY_LABELS, SEVERITY_SIGNS
from app.queries.completion import count_ready
from app.queries.follow_ups import CallCounts, count_due_calls
from app.queries.ward_requests import RequestCounts, count_requests_to_do
from app.texts import _
from app.worklist.items import WorkItem
from graphs.findings import Severity


@dataclass(frozen=True, slots=True)
class Reminder:
    """A line of a work list that stands for no finding; a page shows it like one."""

    message: str
    level: Severity
    action_label: str
    action_url: str
    ward_name: str = ""
    since_text: str = ""
    preview: None = None

    @property
    def sign(self) -> str:
        """The mark before the sentence."""
        return SEVERITY_SIGNS[self.level]

    @property
    def severity(self) -> str:
        """The code that styles the line."""
        return self.level.value

    @property
    def severity_label(self) -> str:
        """The word for the severity."""
        return SEVERITY_LABELS[self.level]


def remind_of_calls(day: date) -> list[Reminder]:
    """Return the line about the calls that the reader of this request has to make, if any."""
    if not may(Permission.FOLLOW_UP):
        return []
    reader = require_reader()
    scope = reader.scope_for(Permission.FOLLOW_UP)
    counts = count_due_calls(scope, reader.scope_for(Permission.VIEW_PEOPLE), day)
    return [_told(counts)] if counts.due else []


def remind_of_requests() -> list[Reminder]:
    """Return the line about requests of bordering wards that wait for the reader, if any."""
    if not may(Permission.ASK_NEIGHBOURS):
        return []
    counts = count_requests_to_do(require_reader().scope_for(Permission.ASK_NEIGHBOURS))
    return [_told_of_requests(counts)] if any(counts) else []


def remind_of_completions(day: date) -> list[Reminder]:
    """Return the line about who does enough skills alone to complete, for who looks after wards.

    The province sees the figures; whom to ask first is their leaders' to know.
    """
    if not may(Permission.EDIT_PEOPLE):
        return []
    scope = require_reader().scope_for(Permission.EDIT_PEOPLE)
    count = 0 if scope.is_everywhere else count_ready(scope, day)
    if not count:
        return []
    message = _("%(count)s người học đã tự làm được đủ kỹ năng: ghi hoàn thành.", count=count)
    url = url_for("skill_classes.index")
    return [Reminder(message, Severity.NOTICE, _("Xem những người này"), url)]


def among(items: list[WorkItem], reminders: list[Reminder]) -> list[WorkItem | Reminder]:
    """Put reminders before the findings that are as urgent."""
    ranks = {severity.value: rank for rank, severity in enumerate(Severity)}
    lines: list[WorkItem | Reminder] = [*reminders, *items]
    return sorted(lines, key=lambda line: ranks[line.severity])


def _told_of_requests(counts: RequestCounts) -> Reminder:
    parts = []
    if counts.to_answer:
        parts.append(
            _("%(count)s lời nhờ của xã giáp ranh đang chờ trả lời.", count=counts.to_answer)
        )
    if counts.to_fulfil:
        parts.append(
            _(
                "%(count)s lời nhờ đã được nhận: ghép người học hoặc xếp lịch.",
                count=counts.to_fulfil,
            )
        )
    url = url_for("ward_requests.index")
    return Reminder(" ".join(parts), Severity.WARNING, _("Xem lời nhờ"), url)


def _told(counts: CallCounts) -> Reminder:
    message = _("%(count)s người cần gọi hỏi: «Bác còn tự làm được không?»", count=counts.due)
    if counts.overdue:
        message += " " + _("Quá hạn: %(count)s người.", count=counts.overdue)
    level = Severity.WARNING if counts.overdue else Severity.NOTICE
    return Reminder(message, level, _("Gọi hỏi"), url_for("follow_ups.index"))
