"""Plans on a terminal and for scripts."""

import sys
from datetime import date

import click
import orjson
from flask.cli import AppGroup

from app import clock
from app.access.scope import WardScope
from app.cli.outcome import RefusedError, one_sentence_for_failures
from app.cli.ward_option import ward_scope
from app.errors import NetworkChangedError
from app.formatting import format_day, format_number
from app.planning.assignment import assignment_as_json, say_shortage, say_why
from app.planning.recruitment import recruitment_as_json, say_recruits
from app.queries.assignment import Assignment, assign_for
from app.queries.recruitment import Recruitment, recruit_for
from app.services.publish_plan import PublishedPlan, publish_plan
from graphs.planning.plan import Move, PlanStatus
from graphs.planning.rows import Reach

EVERYWHERE = WardScope.everywhere()
NEARBY = (Reach.WARD.value, Reach.BORDER.value)

group = AppGroup("plan", help="Kế hoạch cho mạng lưới.")
PROOFS = {
    PlanStatus.OPTIMAL: "đã chứng minh là tốt nhất",
    PlanStatus.FEASIBLE: "tốt, chưa chứng minh hết là tốt nhất",
    PlanStatus.NOTHING_TO_DO: "không có gì tốt hơn hiện nay",
}


@group.command("assign")
@click.option("--ward", "ward_code", metavar="CODE", help="Chỉ một xã, phường (mã 5 số).")
@click.option(
    "--reach",
    type=click.Choice([reach.value for reach in Reach]),
    default=Reach.BORDER.value,
    show_default=True,
    help="Ai được ghép với ai: cùng xã, phường (ward), cả nơi giáp ranh (border), toàn tỉnh"
    " (province). Với --ward chỉ người của xã, phường đó được ghép.",
)
@click.option(
    "--format", "output", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@click.option(
    "--publish", is_flag=True, help="Ghi ngay các cặp của kế hoạch; hoàn tác được 30 ngày."
)
@one_sentence_for_failures()
def assign(ward_code: str | None, reach: str, output: str, publish: bool) -> None:
    """Ghép ai với ai để nhiều mentor nhất đủ người học; chỉ đề xuất, trừ khi có --publish."""
    scope, today = ward_scope(ward_code), clock.today()
    published = _published(scope, today, Reach(reach)) if publish else None
    assignment = published.assignment if published else assign_for(scope, today, Reach(reach))
    if output == "json":
        values = assignment_as_json(assignment)
        if published is not None:
            values["published"] = _as_values(published)
        sys.stdout.buffer.write(orjson.dumps(values, option=orjson.OPT_INDENT_2) + b"\n")
        return
    click.echo("\n".join(_assignment_table(assignment)))
    if published is not None:
        click.echo(_say_published(published))


@group.command("recruit")
@click.option(
    "--reach",
    type=click.Choice(NEARBY),
    default=Reach.BORDER.value,
    show_default=True,
    help="Ai được kèm ai: trong cùng xã, phường (ward) hay cả nơi giáp ranh (border).",
)
@click.option(
    "--format", "output", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@one_sentence_for_failures()
def recruit(reach: str, output: str) -> None:
    """Cần tuyển thêm ít nhất bao nhiêu mentor, nhân sự hỗ trợ, và ở đâu."""
    recruitment = recruit_for(EVERYWHERE, clock.today(), Reach(reach))
    if output == "json":
        values = recruitment_as_json(recruitment)
        sys.stdout.buffer.write(orjson.dumps(values, option=orjson.OPT_INDENT_2) + b"\n")
    else:
        click.echo("\n".join(_as_table(recruitment)))


def _published(scope: WardScope, day: date, reach: Reach) -> PublishedPlan:
    try:
        return publish_plan(scope, day, reach)
    except NetworkChangedError as error:
        sentence = "Chưa công bố được: mạng lưới vừa thay đổi trong lúc tính. Chạy lại lệnh này."
        raise RefusedError(sentence) from error


def _as_values(published: PublishedPlan) -> dict[str, int] | None:
    """The unit of work that can be undone, and how many pairs it began."""
    if published.receipt is None:
        return None
    begun = len(published.assignment.plan.moves)
    return {"batch_id": published.receipt.batch_id, "mentorships_begun": begun}


def _say_published(published: PublishedPlan) -> str:
    begun = len(published.assignment.plan.moves)
    if published.receipt is None:
        return "Không có gì để ghi."
    return f"Đã ghi {format_number(begun)} cặp; hoàn tác ở «Việc đã làm» trong 30 ngày."


def _assignment_table(assignment: Assignment) -> list[str]:
    """What the plan reaches and what is proven first, then its moves, then what cannot be done."""
    plan, reached = assignment.plan, assignment.plan.objective
    before, after = reached.mentors_meeting_floor_before, reached.mentors_meeting_floor_after
    most = format_number(reached.upper_bound)
    return [
        f"Ghép cặp, tính đến {format_day(assignment.as_of)}: {PROOFS[plan.status]}",
        f"  Mentor đủ người học {_from_to(before, after)} (không thể quá {most})",
        f"  Người đang chờ      {_from_to(reached.waiting_before, reached.waiting_after)}",
        f"  Cặp phải đổi        {format_number(reached.pairs_changed)}",
        *(
            f"  {move.ward:<6} {_mentee_of(move)} → mentor {move.to_mentor}:"
            f" {say_why(assignment, move)}"
            for move in plan.moves
        ),
        *(
            f"  {row.ward:<6} {assignment.wards[row.ward]:<24} {say_shortage(row)}"
            for row in plan.impossible
        ),
    ]


def _from_to(before: int, after: int) -> str:
    return f"{format_number(before)} → {format_number(after)}"


def _mentee_of(move: Move) -> str:
    where = "đang chờ" if move.from_mentor is None else f"đang với mentor {move.from_mentor}"
    return f"người học {move.mentee} ({where})"


def _as_table(recruitment: Recruitment) -> list[str]:
    """The totals and what is proven first, then wards with too few people, and with too many."""
    plan = recruitment.plan
    proof = (
        "đã chứng minh là ít nhất"
        if plan.is_optimal
        else f"không thể ít hơn {format_number(plan.mentors_bound)}"
    )
    return [
        f"Tuyển thêm, tính đến {format_day(recruitment.as_of)}",
        f"  Mentor              {format_number(plan.mentors)} ({proof})",
        f"  Nhân sự hỗ trợ      {format_number(plan.support)}",
        f"  Chưa có dữ liệu     {format_number(len(plan.without_data))} xã, phường (không tính)",
        *(
            f"  {row.ward:<6} {recruitment.names[row.ward]:<24} {say_recruits(row)}"
            for row in plan.wards
        ),
        *(
            f"  {row.ward:<6} {recruitment.names[row.ward]:<24} {say_shortage(row)}"
            for row in recruitment.surplus
        ),
    ]
