"""Makes backups and restores them."""

from datetime import datetime
from pathlib import Path

import click
from flask.cli import ScriptInfo, pass_script_info, with_appcontext

from app import clock
from app.access.scope import WardScope
from app.cli.outcome import RefusedError, one_sentence_for_failures, say_progress
from app.cli.site import SAVED_FOLDER
from app.exchange.backup_file import ENDING, BackupFault, BadBackupError, Manifest, remove_old
from app.formatting import format_number
from app.services.back_up_site import back_up_site
from app.services.restore_site import NotRestoredError, RestoreFault, restore_site

EVERYWHERE = WardScope.everywhere()
PREFIX, SAVED_PREFIX = "sao-luu-", "truoc-khi-phuc-hoi-"

FAULTS = {
    BackupFault.NO_BACKUP: "Tệp này không phải bản sao lưu của chương trình. Chọn tệp khác.",
    BackupFault.DAMAGED: "Bản sao lưu bị hỏng hoặc đã bị sửa. Dùng bản khác; dữ liệu hiện có"
    " vẫn nguyên.",
    BackupFault.NEWER: "Bản sao lưu do phiên bản mới hơn của chương trình tạo. Nâng cấp chương"
    " trình rồi phục hồi lại.",
    BackupFault.TOO_LARGE: "Không đủ chỗ trên ổ đĩa để mở bản sao lưu. Dọn bớt rồi phục hồi lại.",
    BackupFault.ROWS_MISSING: "Số dòng trong bản sao lưu không khớp với bản kê của nó. Dùng bản"
    " khác; dữ liệu hiện có vẫn nguyên.",
}
REFUSALS = {
    RestoreFault.HAS_DATA: "Trang đang có dữ liệu. Muốn thay bằng bản sao lưu thì thêm --replace;"
    " dữ liệu hiện có được sao lưu trước.",
    RestoreFault.IN_USE: "Cơ sở dữ liệu đang có chương trình khác dùng. Dừng trang và các lệnh"
    " khác rồi phục hồi lại.",
    RestoreFault.UNSOUND: "Bản sao lưu có dữ liệu sai nên không phục hồi:",
}


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Ghi đè tệp đã có.")
@click.option(
    "--keep",
    type=click.IntRange(1, 10_000),
    help="Khi FILE là thư mục: giữ ngần này bản mới nhất, xóa các bản cũ hơn.",
)
@with_appcontext
@one_sentence_for_failures()
def back_up(file: Path, keep: int | None, *, replace: bool) -> None:
    """Sao lưu mọi dữ liệu vào FILE (.zip); trang vẫn chạy. FILE là thư mục thì tự đặt tên."""
    target = file / f"{PREFIX}{_stamp()}{ENDING}" if file.is_dir() else file
    if keep is not None and not file.is_dir():
        raise click.UsageError("--keep: chỉ dùng khi FILE là một thư mục đã có.")
    if target.exists() and not replace:
        raise RefusedError(f"Đã có tệp {target}. Đặt tên khác hoặc thêm --replace.")
    say_progress("Đang sao lưu …")
    try:
        manifest = back_up_site(EVERYWHERE, target)
    except OSError as error:
        raise RefusedError(f"Không ghi được {target}: {error.strerror}.") from error
    if keep is not None:
        remove_old(file, PREFIX, keep)
    click.echo(f"Đã sao lưu {_rows(manifest.counts)} dòng vào {target}.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Thay dữ liệu hiện có (được sao lưu trước).")
@with_appcontext
@pass_script_info
@one_sentence_for_failures()
def restore(script: ScriptInfo, file: Path, *, replace: bool) -> None:
    """Phục hồi từ bản sao lưu FILE. Dừng trang trước; mọi người phải đăng nhập lại."""
    folder = Path(script.load_app().instance_path) / SAVED_FOLDER
    saved = folder / f"{SAVED_PREFIX}{_stamp()}{ENDING}"
    say_progress("Đang kiểm tra bản sao lưu …")
    try:
        restored = restore_site(EVERYWHERE, file, replace=replace, saved=saved)
    except BadBackupError as error:
        raise RefusedError(FAULTS[error.fault]) from error
    except NotRestoredError as error:
        raise RefusedError("\n".join([REFUSALS[error.fault], *error.problems])) from error
    except OSError as error:
        raise RefusedError(f"Không phục hồi được: {error.strerror}.") from error
    if restored.saved is not None:
        click.echo(f"Dữ liệu trước đó đã được sao lưu vào {restored.saved}.")
    click.echo(f"Đã phục hồi bản sao lưu lúc {_made_at(restored.manifest)}. Số dòng đã kiểm tra:")
    for table, count in restored.counts.items():
        if count:
            click.echo(f"  {table}: {format_number(count)}")


def _stamp() -> str:
    return clock.local_time(clock.now()).strftime("%Y%m%d-%H%M%S")


def _made_at(manifest: Manifest) -> str:
    made_at = datetime.fromisoformat(manifest.made_at)
    return clock.local_time(made_at).strftime("%H:%M:%S ngày %d/%m/%Y")


def _rows(counts: dict[str, int]) -> str:
    return format_number(sum(counts.values()))
