"""Rosters in and out, for scripts and for the operator."""

import sys
import tempfile
from pathlib import Path
from typing import Any

import click
import orjson
from flask.cli import AppGroup

from app.access.scope import WardScope
from app.cli.outcome import RefusedError, one_sentence_for_failures, say_progress
from app.errors import OutOfScopeError, RuleBrokenError
from app.exchange.errors import ExchangeError
from app.exchange.records import Problem, Severity
from app.exchange.roster_workbook import write_roster
from app.formatting import format_number
from app.queries.roster_export import list_roster_rows
from app.queries.wards import get_ward
from app.roster.plan import RosterPlan
from app.rule_wording import describe_broken_rule
from app.services.import_roster import ImportReport, import_roster

EVERYWHERE = WardScope.everywhere()
SIGNS = {Severity.ERROR: "LỖI", Severity.WARNING: "Lưu ý"}

ward_option = click.option(
    "--ward", "ward_code", metavar="CODE", help="Xã, phường của mọi dòng (mã 5 số)."
)

group = AppGroup("roster", help="Danh sách mentor, người học, nhân sự hỗ trợ.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@ward_option
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi gì.")
@click.option("--only-good", is_flag=True, help="Nhập các dòng đúng, bỏ các dòng lỗi.")
@click.option(
    "--format", "output", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@one_sentence_for_failures()
def import_file(
    file: Path, ward_code: str | None, dry_run: bool, only_good: bool, output: str
) -> None:
    """Nhập một tệp danh sách (.xlsx, .xls, .ods, .csv). Nhập lại cùng tệp không đổi gì."""
    ward_id = None if ward_code is None else _ward_id(ward_code)
    say_progress(f"Đang đọc {file.name}…")
    try:
        report = import_roster(
            EVERYWHERE,
            file.read_bytes(),
            file.name,
            ward_id=ward_id,
            is_dry_run=dry_run,
            only_good=only_good,
            progress=_say_written,
        )
    except ExchangeError as error:
        _print_unusable(file, error.message, output, dry_run=dry_run)
        raise RefusedError(error.message) from error
    except RuleBrokenError as error:
        raise RefusedError(describe_broken_rule(error)) from error
    if output == "json":
        _print_json(_as_json(file, report, dry_run=dry_run))
    else:
        _print_table(file, report, dry_run=dry_run)
    if report.plan.has_errors:
        raise click.exceptions.Exit(1)


@group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--ward", "ward_code", metavar="CODE", help="Chỉ một xã, phường (mã 5 số).")
@one_sentence_for_failures()
def export_file(file: Path, ward_code: str | None) -> None:
    """Ghi danh sách ra tệp .xlsx; tệp cũ cùng tên được thay. Nhập lại tệp này không đổi gì."""
    if not file.parent.is_dir():
        raise click.UsageError(f"Không có thư mục {file.parent}.")
    scope = EVERYWHERE if ward_code is None else EVERYWHERE.narrowed_to(_ward_id(ward_code))
    rows = list_roster_rows(scope)
    _write_whole(file, write_roster(rows))
    click.echo(f"Đã ghi {len(rows)} dòng vào {file}.")


def _say_written(done: int, whole: int) -> None:
    say_progress(f"Đã ghi {format_number(done)} trên {format_number(whole)} vai trò…")


def _ward_id(code: str) -> int:
    try:
        return get_ward(EVERYWHERE, code).id
    except OutOfScopeError as error:
        raise click.BadParameter(f"không có xã, phường mã {code}.", param_hint="--ward") from error


def _write_whole(file: Path, content: bytes) -> None:
    """Put the file in place in one step, so that a full disk leaves no half of it."""
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".tmp", delete=False) as temporary:
        path = Path(temporary.name)
        try:
            temporary.write(content)
            temporary.close()
            path.replace(file)
        except OSError:
            path.unlink(missing_ok=True)
            raise


def _as_json(file: Path, report: ImportReport, *, dry_run: bool) -> dict[str, Any]:
    return {
        "file": file.name,
        "dry_run": dry_run,
        "written": report.is_written,
        "counts": report.plan.counts._asdict(),
        "problems": [_problem_as_json(problem) for problem in report.plan.problems],
    }


def _problem_as_json(problem: Problem) -> dict[str, str | int | None]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "heading": problem.heading,
        "severity": problem.severity.value,
        "message": problem.message,
    }


def _print_unusable(file: Path, message: str, output: str, *, dry_run: bool) -> None:
    if output == "json":
        problem = dict.fromkeys(("sheet", "row", "column", "heading"))
        _print_json(
            {
                "file": file.name,
                "dry_run": dry_run,
                "written": False,
                "counts": RosterPlan((), (), (), (), (), ()).counts._asdict(),
                "problems": [{**problem, "severity": "error", "message": message}],
            }
        )


def _print_json(values: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(values, option=orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.flush()


def _print_table(file: Path, report: ImportReport, *, dry_run: bool) -> None:
    counts = report.plan.counts
    for note in report.plan.notes:
        click.echo(note)
    for problem in report.plan.problems:
        is_error = problem.severity is Severity.ERROR
        click.echo(f"{SIGNS[problem.severity]}: {problem.place}: {problem.message}", err=is_error)
    click.echo(
        f"{file.name}: {counts.rows} dòng; {counts.created} mới, {counts.unchanged} đã có, "
        f"{counts.duplicate} trùng trong tệp, {counts.rejected} lỗi."
    )
    made = (
        f"{counts.mentors} mentor, {counts.mentees} người học, {counts.support_posts} nhân sự hỗ "
        f"trợ, {counts.mentorships} cặp"
    )
    if report.is_written:
        click.echo(f"Đã nhập {made}.")
    elif dry_run:
        click.echo(f"Chỉ kiểm tra, chưa ghi gì. Nếu nhập sẽ có thêm {made}.")
    elif report.plan.has_errors:
        hint = "Chưa ghi gì. Sửa các dòng lỗi, hoặc thêm --only-good để nhập các dòng đúng."
        click.echo(hint, err=True)
    else:
        click.echo("Không có gì mới, không đổi gì.")
