"""Plans on a terminal and for scripts."""

import sys

import click
import orjson
from flask.cli import AppGroup

from app import clock
from app.access.scope import WardScope
from app.cli.outcome import one_sentence_for_failures
from app.formatting import format_day, format_number
from app.planning.recruitment import recruitment_as_json, say_recruits
from app.queries.recruitment import Recruitment, recruit_for
from graphs.planning.rows import Reach

EVERYWHERE = WardScope.everywhere()
NEARBY = (Reach.WARD.value, Reach.BORDER.value)

group = AppGroup("plan", help="Kế hoạch cho mạng lưới.")


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


def _as_table(recruitment: Recruitment) -> list[str]:
    """The totals and what is proven first, then the wards that need somebody."""
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
    ]
