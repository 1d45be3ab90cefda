"""The audit on a terminal and for scripts."""

import sys
from datetime import date

import click
import orjson
from flask.cli import ScriptInfo, with_appcontext

from app import clock
from app.cli.outcome import one_sentence_for_failures
from app.cli.ward_option import ward_scope
from app.comparison_wording import SINCE_TOO_LATE, say_changes
from app.finding_wording import RULE_LABELS, STATUS_LABELS, say
from app.formatting import format_day, format_number, format_share
from app.forms.audit_choice import DayRefusedError, read_day
from app.queries.audit import audit_scope
from app.queries.comparison import compare_days
from app.worklist.as_json import audit_as_json
from graphs.audit import AuditReport
from graphs.findings import Rule, WardStatus


@click.command("audit")
@click.option("--as-of", "day_text", metavar="D", help="Ngày: 2026-03-31 hoặc 31/03/2026.")
@click.option("--since", "since_text", metavar="D", help="So với ngày nào; viết như --as-of.")
@click.option("--ward", "ward_code", metavar="CODE", help="Chỉ một xã, phường (mã 5 số).")
@click.option(
    "--format", "output", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@click.pass_context
@with_appcontext
@one_sentence_for_failures()
def command(
    context: click.Context,
    day_text: str | None,
    since_text: str | None,
    ward_code: str | None,
    output: str,
) -> None:
    """Rà soát mạng lưới: tình trạng từng xã, phường và những việc cần làm."""
    scope = ward_scope(ward_code)
    day = clock.today() if day_text is None else _day(day_text, "--as-of")
    since = None if since_text is None else _since(since_text, day)
    report = audit_scope(scope, day)
    comparison = None if since is None else compare_days(scope, since, day)
    # Addresses can only be made as if somebody asked for a page.
    flask_app = context.ensure_object(ScriptInfo).load_app()
    with flask_app.test_request_context():
        values = audit_as_json(scope, report, names_in=scope)
        if comparison is not None:
            values["since"] = comparison.as_dict()
        if output == "json":
            sys.stdout.buffer.write(orjson.dumps(values, option=orjson.OPT_INDENT_2) + b"\n")
        else:
            click.echo(_as_table(report, [finding["message"] for finding in values["findings"]]))
            if comparison is not None:
                click.echo("\n" + "\n".join(say_changes(comparison)))


def _day(text: str, option: str) -> date:
    try:
        return read_day(text)
    except DayRefusedError as error:
        raise click.UsageError(f"{option}: {error}") from error


def _since(text: str, day: date) -> date:
    since = _day(text, "--since")
    if since > day:
        raise click.UsageError(f"--since: {SINCE_TOO_LATE}")
    return since


def _as_table(report: AuditReport, messages: list[str]) -> str:
    """Figures first, then the wards that are not covered, then what is to be done."""
    return "\n".join(
        (
            f"Rà soát mạng lưới Đại sứ số, số liệu đến {format_day(report.as_of)}",
            "",
            *_figures(report),
            "",
            *_wards(report),
            "",
            f"Việc cần làm: {len(messages)}",
            *(
                f"  {finding.severity:<8} {message}"
                for finding, message in zip(report.findings, messages, strict=True)
            ),
        )
    )


def _figures(report: AuditReport) -> list[str]:
    totals = report.totals
    lines = (
        ("Xã, phường đã đủ", format_share(totals.wards_covered, totals.wards)),
        ("Thiếu người", format_share(totals.wards_critical, totals.wards)),
        ("Cần chú ý", format_share(totals.wards_warning, totals.wards)),
        ("Chưa có dữ liệu", format_share(totals.wards_no_data, totals.wards)),
        ("Có nhân sự hỗ trợ, trên giấy", format_share(totals.wards_with_support, totals.wards)),
        (
            "Có nhân sự hỗ trợ, thực chất",
            format_share(totals.wards_with_support_in_fact, totals.wards),
        ),
        ("Mentor (không kể tạm nghỉ)", format_number(totals.mentors)),
        (
            f"Đủ {report.thresholds.floor} người học, trên giấy",
            format_share(totals.mentors_meeting_floor, totals.mentors),
        ),
        (
            f"Đủ {report.thresholds.floor} người học, thực chất",
            format_share(totals.mentors_meeting_floor_in_fact, totals.mentors),
        ),
        ("Người học", format_number(totals.mentees)),
        ("Người đang chờ mentor", format_number(totals.mentees_waiting)),
        ("Lượt hỗ trợ từ đầu năm", format_number(totals.sessions)),
        ("Người được hỗ trợ lần đầu trong năm", format_number(totals.people_helped)),
    )
    return [f"  {label:<38} {value}" for label, value in lines]


def _wards(report: AuditReport) -> list[str]:
    lines = [f"  {'Mã':<6} {'Xã, phường':<24} {'Tình trạng':<16} Nguyên nhân chính"]
    for ward in report.wards:
        if ward.status in {WardStatus.CRITICAL, WardStatus.WARNING} or len(report.wards) == 1:
            cause = ward.primary_cause
            reason = say(RULE_LABELS[cause]) if isinstance(cause, Rule) else ""
            status = say(STATUS_LABELS[ward.status])
            lines.append(f"  {ward.code:<6} {ward.name:<24} {status:<16} {reason}".rstrip())
    return lines
