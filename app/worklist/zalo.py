"""Texts to copy into Zalo: figures, what to do first and a link; nobody's name."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from flask import url_for

from app.access.scope import WardScope
from app.finding_wording import RULE_LABELS, STATUS_LABELS, say
from app.formatting import format_day, format_number, format_share
from app.queries.audit import audit_scope
from app.queries.wards import WardCard, list_wards
from app.texts import _
from app.worklist.choosing import (
    WardChoice,
    WardOrder,
    choose_wards,
    count_by_rule,
    count_urgent,
)
from graphs.audit import AuditedWard, AuditReport, is_deciding
from graphs.findings import Finding, WardStatus

# As many as somebody reads in a chat.
TASKS = 3


class WardMessage(NamedTuple):
    """A ward, and what to send to those who work there."""

    card: WardCard
    status: WardStatus
    text: str


def ward_messages(scope: WardScope, report: AuditReport) -> list[WardMessage]:
    """Return a text for each ward of a report, those that need it most first."""
    wards = choose_wards(report.wards, list_wards(scope), WardChoice(order=WardOrder.URGENCY))
    by_ward: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_ward[finding.ward].append(finding)
    return [
        WardMessage(
            card,
            ward.status,
            _of_ward(report, ward, card, by_ward[card.code], ward_link(card.code)),
        )
        for card, ward in wards
    ]


def ward_link(code: str) -> str:
    """Return the whole address of a ward's page, as a chat needs it."""
    return url_for("wards.show", code=code, _external=True)


def ward_text(report: AuditReport, ward: AuditedWard, card: WardCard, link: str) -> str:
    """Return the state of one ward of a report, and where its page is."""
    own = [finding for finding in report.findings if finding.ward == ward.code]
    return _of_ward(report, ward, card, own, link)


def _of_ward(
    report: AuditReport, ward: AuditedWard, card: WardCard, findings: list[Finding], link: str
) -> str:
    title = _("Đại sứ số – %(ward)s", ward=card.full_name)
    if ward.status is WardStatus.NO_DATA:
        return _lines(
            title,
            _day(report),
            _("Chưa có dữ liệu. Bước đầu tiên: nhập danh sách mentor."),
            _see(link),
        )
    return _lines(
        title,
        _day(report),
        _("Tình trạng: %(status)s", status=say(STATUS_LABELS[ward.status])),
        *_ward_figures(report, ward),
        *_tasks(findings),
        _see(link),
    )


def own_ward_text(scope: WardScope, day: date) -> str | None:
    """Return the state on a day of the one ward of a scope; None where there are several."""
    if scope.only_ward_id is None:
        return None
    report = audit_scope(scope, day)
    card = list_wards(scope)[0]
    return ward_text(report, report.wards[0], card, ward_link(card.code))


def province_text(report: AuditReport, link: str) -> str:
    """Return the state of all wards of a report, and where they are seen."""
    totals = report.totals
    with_support = format_share(totals.wards_with_support, totals.wards)
    in_fact = format_share(totals.wards_with_support_in_fact, totals.wards)
    return _lines(
        _("Mạng lưới Đại sứ số tỉnh Gia Lai"),
        _day(report),
        _("• Đã đủ: %(share)s xã, phường", share=format_share(totals.wards_covered, totals.wards)),
        _(
            "• Thiếu người: %(critical)s; cần chú ý: %(warning)s; chưa có dữ liệu: %(no_data)s",
            critical=totals.wards_critical,
            warning=totals.wards_warning,
            no_data=totals.wards_no_data,
        ),
        _("• Có nhân sự hỗ trợ, trên giấy: %(share)s xã, phường", share=with_support),
        _("• Có nhân sự hỗ trợ, thực chất: %(share)s xã, phường", share=in_fact),
        *_mentor_lines(
            report,
            totals.mentors,
            totals.mentors_meeting_floor,
            totals.mentors_meeting_floor_in_fact,
        ),
        _mentee_line(totals.mentees, totals.mentees_waiting),
        _desk_line(totals.sessions, totals.people_helped),
        *_tasks(report.findings),
        _see(link),
    )


def _ward_figures(report: AuditReport, ward: AuditedWard) -> Iterable[str]:
    figures = ward.figures
    yield from _mentor_lines(
        report,
        figures.mentors,
        figures.mentors_meeting_floor,
        figures.mentors_meeting_floor_in_fact,
    )
    yield _mentee_line(figures.mentees, figures.waiting)
    yield _support_line(report, ward)
    yield _desk_line(figures.sessions, figures.people_helped)


def _support_line(report: AuditReport, ward: AuditedWard) -> str:
    posts = ward.figures.support_posts
    if posts == 0:
        return str(_("• Nhân sự hỗ trợ: chưa có"))
    days = report.thresholds.desk_days
    if ward.figures.has_support_in_fact:
        return str(
            _(
                "• Nhân sự hỗ trợ: %(count)s người, có hoạt động trong %(days)s ngày qua",
                count=posts,
                days=days,
            )
        )
    return str(
        _(
            "• Nhân sự hỗ trợ: %(count)s người, chưa có hoạt động trong %(days)s ngày qua",
            count=posts,
            days=days,
        )
    )


def _mentor_lines(report: AuditReport, mentors: int, on_paper: int, in_fact: int) -> Iterable[str]:
    if mentors == 0:
        yield _("• Mentor: chưa có")
        return
    yield _("• Mentor: %(count)s người", count=format_number(mentors))
    yield _(
        "• Đủ %(floor)s người học, trên giấy: %(on_paper)s; thực chất: %(in_fact)s",
        floor=report.thresholds.floor,
        on_paper=format_share(on_paper, mentors),
        in_fact=format_share(in_fact, mentors),
    )


def _mentee_line(mentees: int, waiting: int) -> str:
    return str(
        _(
            "• Người học: %(count)s người, %(waiting)s người đang chờ mentor",
            count=format_number(mentees),
            waiting=format_number(waiting),
        )
    )


def _desk_line(sessions: int, people: int) -> str:
    return str(
        _(
            "• Hỗ trợ từ đầu năm: %(sessions)s lượt; %(people)s người lần đầu trong năm",
            sessions=format_number(sessions),
            people=format_number(people),
        )
    )


def _tasks(findings: Iterable[Finding]) -> Iterable[str]:
    findings = list(findings)
    deciding = [finding for finding in findings if is_deciding(finding)]
    if deciding:
        yield _tasks_head(deciding)
        for rule, count in count_by_rule(deciding)[:TASKS]:
            yield f"- {say(RULE_LABELS[rule])}: {format_number(count)}"
    else:
        yield _("Không còn việc nào cần làm.")
    # With these the text comes to as many as the work list, which counts both.
    if notices := len(findings) - len(deciding):
        yield _("Ngoài ra: %(count)s việc nên xem", count=format_number(notices))


def _tasks_head(deciding: list[Finding]) -> str:
    count, urgent = format_number(len(deciding)), count_urgent(deciding)
    if urgent == 0:
        return str(_("Việc cần làm: %(count)s, không có việc gấp", count=count))
    return str(
        _(
            "Việc cần làm: %(count)s, trong đó %(urgent)s việc gấp",
            count=count,
            urgent=format_number(urgent),
        )
    )


def _see(link: str) -> str:
    return str(_("Xem: %(link)s", link=link))


def _day(report: AuditReport) -> str:
    return str(_("Số liệu đến %(day)s", day=format_day(report.as_of)))


def _lines(*lines: str) -> str:
    return "\n".join(lines)
