"""What happens if a mentor leaves, on a terminal and for scripts."""

import sys
from collections import Counter
from collections.abc import Iterable

import click
import orjson
from flask.cli import with_appcontext

from app import clock
from app.access.scope import WardScope
from app.cli.outcome import RefusedError, one_sentence_for_failures
from app.errors import OutOfScopeError, SpellEndedError
from app.finding_wording import label_rules
from app.formatting import format_day, format_number
from app.planning.departure import (
    closed,
    departure_as_json,
    opened,
    say_move,
    say_unplaced,
)
from app.queries.departure import Departure, plan_leaving
from app.rule_wording import describe_broken_rule
from graphs.audit import AuditReport
from graphs.findings import Finding
from graphs.planning.plan import PlanStatus
from graphs.planning.rows import Reach

EVERYWHERE = WardScope.everywhere()
PROOFS = {
    PlanStatus.OPTIMAL: "đề xuất đã chứng minh là tốt nhất",
    PlanStatus.FEASIBLE: "đề xuất tốt, chưa chứng minh hết là tốt nhất",
    PlanStatus.NOTHING_TO_DO: "không ai chuyển sang mentor khác",
}


@click.command("leave")
@click.argument("mentor_id", type=click.IntRange(min=1), metavar="MENTOR_ID")
@click.option(
    "--reach",
    type=click.Choice([reach.value for reach in Reach]),
    default=Reach.BORDER.value,
    show_default=True,
    help="Tìm mentor mới cho người học ở đâu: trong cùng xã, phường (ward), cả nơi giáp ranh"
    " (border), toàn tỉnh (province).",
)
@click.option(
    "--format", "output", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@with_appcontext
@one_sentence_for_failures()
def command(mentor_id: int, reach: str, output: str) -> None:
    """Nếu một mentor nghỉ: ai bơ vơ, việc gì phát sinh, ai nên sang mentor nào; chưa ghi gì."""
    try:
        departure = plan_leaving(EVERYWHERE, mentor_id, clock.today(), Reach(reach))
    except OutOfScopeError as error:
        raise click.UsageError(f"Không có mentor mang số {mentor_id}.") from error
    except SpellEndedError as error:
        raise RefusedError(describe_broken_rule(error)) from error
    if output == "json":
        values = departure_as_json(departure)
        sys.stdout.buffer.write(orjson.dumps(values, option=orjson.OPT_INDENT_2) + b"\n")
    else:
        click.echo("\n".join(_departure_table(departure)))


def _departure_table(departure: Departure) -> list[str]:
    """Who is left behind first, then where they go, then what is found because of it."""
    plan, day = departure.plan, format_day(departure.as_of)
    return [
        f"Nếu mentor {departure.mentor.id} nghỉ từ {day}: {PROOFS[plan.plan.status]}",
        f"  Mất mentor          {format_number(len(plan.orphans))}{_besides(departure)}",
        f"  Có mentor mới       {format_number(len(plan.plan.moves))}",
        *(
            f"  {move.ward:<6} người học {move.mentee} → mentor {move.to_mentor}:"
            f" {say_move(departure, move)}"
            for move in plan.plan.moves
        ),
        *(
            f"  {row.ward:<6} người học {row.mentee}: {say_unplaced(departure, row)}"
            for row in plan.unplaced
        ),
        "Nếu chưa ghép lại",
        *_changed(departure, departure.left),
        "Nếu ghép lại như trên",
        *_changed(departure, departure.settled),
    ]


def _besides(departure: Departure) -> str:
    counts = (
        (len(departure.resting), "người đang tạm nghỉ"),
        (len(departure.beyond), "người ở nơi khác"),
    )
    return "".join(f", thêm {format_number(count)} {who}" for count, who in counts if count)


def _changed(departure: Departure, after: AuditReport) -> list[str]:
    lines = [
        *_rule_lines("phát sinh", opened(departure, after)),
        *_rule_lines("hết", closed(departure, after)),
    ]
    return lines or ["  không có việc nào phát sinh hay hết"]


def _rule_lines(word: str, findings: Iterable[Finding]) -> list[str]:
    labels = label_rules()
    counts = Counter((finding.ward, labels[finding.rule]) for finding in findings)
    return [f"  {ward:<6} {word}: {label} ({count})" for (ward, label), count in counts.items()]
