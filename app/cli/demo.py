"""Commands that put demonstration data on an empty site and take it off again."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup, ScriptInfo, pass_script_info

from app.access.scope import WardScope
from app.cli.outcome import RefusedError, one_sentence_for_failures
from app.demonstration.sign_ins import (
    SIGN_INS_FILE,
    DemoSignIn,
    remove_sign_ins,
    write_sign_ins,
)
from app.errors import RuleBrokenError
from app.formatting import format_number
from app.queries.wards import list_wards
from app.rule_wording import describe_broken_rule
from app.services.load_demonstration import DEFAULT_SIZE, Progress, load_demonstration
from app.services.remove_demonstration import remove_demonstration
from app.wording import ROLE_LABELS
from models.enums import Role

MOST = 5_000_000
COUNTED = {
    "persons": "người",
    "mentors": "lượt đăng ký mentor",
    "mentees": "lượt đăng ký người học",
    "support_posts": "nhân sự hỗ trợ",
    "mentorships": "cặp hướng dẫn",
    "contacts": "buổi hướng dẫn",
    "attendances": "lượt dự buổi hướng dẫn",
    "help_sessions": "lượt hỗ trợ",
    "handoffs": "lượt chuyển tiếp",
    "duty_turns": "lượt trực",
    "accounts": "tài khoản",
}

group = AppGroup("demo", help="Dữ liệu mẫu để xem thử, không phải người thật.")


@group.command("load")
@click.option(
    "--mentors",
    type=click.IntRange(0, MOST),
    default=DEFAULT_SIZE.mentors,
    help="Số mentor.",
    show_default=True,
)
@click.option(
    "--mentees",
    type=click.IntRange(0, MOST),
    default=DEFAULT_SIZE.mentees,
    help="Số người học.",
    show_default=True,
)
@click.option(
    "--sessions",
    type=click.IntRange(0, MOST),
    default=DEFAULT_SIZE.sessions,
    help="Số lượt hỗ trợ.",
    show_default=True,
)
@click.option(
    "--seed",
    type=int,
    default=1,
    help="Số gieo: cùng số, cùng ngày thì cùng dữ liệu.",
    show_default=True,
)
@pass_script_info
@one_sentence_for_failures()
def load(script: ScriptInfo, mentors: int, mentees: int, sessions: int, seed: int) -> None:
    """Nạp dữ liệu mẫu vào trang chưa có ai; chạy lại không đổi gì."""
    try:
        with progress_bar() as progress:
            sign_ins = load_demonstration(
                mentors=mentors, mentees=mentees, sessions=sessions, seed=seed, progress=progress
            )
    except RuleBrokenError as error:
        raise RefusedError(describe_broken_rule(error)) from error
    if not sign_ins:
        click.echo("Dữ liệu mẫu đã có sẵn, không đổi gì.")
        return
    path = sign_ins_path(script)
    write_sign_ins(path, sign_ins)
    click.echo(f"Đã nạp dữ liệu mẫu. Tài khoản để xem thử ghi ở {path}:")
    print_sign_ins(sign_ins)


@group.command("remove")
@pass_script_info
@one_sentence_for_failures()
def remove(script: ScriptInfo) -> None:
    """Xóa hẳn dữ liệu mẫu và các tài khoản mẫu; dữ liệu thật giữ nguyên."""
    removed = remove_demonstration()
    remove_sign_ins(sign_ins_path(script))
    if not removed.rows:
        click.echo("Trang không có dữ liệu mẫu.")
        return
    click.echo(f"Đã xóa dữ liệu mẫu: {_describe(removed.rows)}.")
    if removed.real_rows:
        click.echo(
            f"Trong đó do người thật ghi nhưng gắn với dữ liệu mẫu: {_describe(removed.real_rows)}."
        )


def print_sign_ins(sign_ins: Iterable[DemoSignIn]) -> None:
    """Print each account on a line: user name, password, and whose eyes it lends."""
    names = {ward.code: ward.full_name for ward in list_wards(WardScope.everywhere())}
    for sign_in in sign_ins:
        label = ROLE_LABELS[Role(sign_in.role)]
        place = f"{label}, {names[sign_in.ward_code]}" if sign_in.ward_code else label
        click.echo(f"  {sign_in.username:<24} {sign_in.password:<32} {place}")


def sign_ins_path(script: ScriptInfo) -> Path:
    """Return where the sign-ins are kept: in the instance folder."""
    return Path(script.load_app().instance_path) / SIGN_INS_FILE


def _describe(rows: dict[str, int]) -> str:
    named = [
        f"{format_number(rows[table])} {label}" for table, label in COUNTED.items() if table in rows
    ]
    others = sum(count for table, count in rows.items() if table not in COUNTED)
    return ", ".join([*named, *([f"{format_number(others)} dòng kèm theo"] if others else [])])


@contextmanager
def progress_bar() -> Iterator[Progress | None]:
    """Draw a bar on a terminal; elsewhere nothing is drawn."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=100, label="Đang nạp dữ liệu mẫu", file=sys.stderr) as bar:

        def move(done: int, total: int) -> None:
            bar.update(done * 100 // total - bar.pos)

        yield move
