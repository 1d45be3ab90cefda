"""Prepares the site and serves it."""

import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
from flask import Flask
from flask.cli import AppGroup, ScriptInfo, pass_script_info
from waitress.server import BaseWSGIServer, create_server

from app import clock
from app.access.scope import WardScope
from app.access.secret_key import WeakSecretKeyError, require_secret_key
from app.cli.accounts import first_administrator_link
from app.cli.demo import print_sign_ins, progress_bar, sign_ins_path
from app.cli.outcome import RefusedError, one_sentence_for_failures, say_progress
from app.cli.reading_ahead import ReaderAhead
from app.database import Checkpointer, sqlite_file
from app.demonstration.sign_ins import SIGN_INS_FILE, DemoSignIn, read_sign_ins, write_sign_ins
from app.errors import RealDataError
from app.exchange.backup_file import ENDING, remove_old
from app.queries.accounts import has_administrator
from app.queries.demonstration import is_demonstration_site
from app.rule_wording import describe_broken_rule
from app.services.back_up_site import back_up_site
from app.services.load_demonstration import load_demonstration
from app.services.load_wards import load_wards
from app.services.upgrade_schema import is_behind, upgrade_schema
from models import db

LOCAL_ADDRESS = "http://127.0.0.1"
LARGEST_PORT = 65_535
SAVED_FOLDER, UPGRADE_PREFIX, UPGRADES_KEPT = "backups", "truoc-khi-nang-cap-", 5
# A browser keeps several idle connections open; sixteen threads serve the few that ask.
THREADS = 16
CONNECTIONS = 1000
IDLE_SECONDS = 60

port_option = click.option(
    "--port",
    type=click.IntRange(1, LARGEST_PORT),
    default=8000,
    envvar="PORT",
    show_default=True,
    help="Cổng của trang.",
)

group = AppGroup("site", help="Chuẩn bị trang và mở trang.")


@group.command("prepare")
@click.option("--demo/--no-demo", "with_demo", default=True, help="Có nạp dữ liệu mẫu hay không.")
@port_option
@pass_script_info
@one_sentence_for_failures()
def prepare(script: ScriptInfo, with_demo: bool, port: int) -> None:
    """Chuẩn bị cơ sở dữ liệu, 135 xã, phường và tài khoản; chạy lại không đổi gì."""
    say_progress("Đang kiểm tra cơ sở dữ liệu …")
    _back_up_before_upgrade(script)
    if upgrade_schema():
        say_progress("Đã chuẩn bị các bảng.")
    if load_wards():
        say_progress("Đã nạp danh sách xã, phường.")
    if with_demo:
        _prepare_demonstration(script)
    else:
        _prepare_for_first_administrator(port)


@group.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ của máy.")
@port_option
@pass_script_info
@one_sentence_for_failures()
def serve(script: ScriptInfo, host: str, port: int) -> None:
    """Mở trang cho đến khi nhận Ctrl+C hoặc tín hiệu dừng."""
    flask_app = script.load_app()
    try:
        require_secret_key(flask_app.config["SECRET_KEY"])
    except WeakSecretKeyError as error:
        raise RefusedError(str(error)) from error
    with _checkpoints(), _stopping_on_signals():
        _serve(flask_app, host, port)


def _back_up_before_upgrade(script: ScriptInfo) -> None:
    """Keep a SQLite file as it was before its schema is changed; a server has tools of its own."""
    if sqlite_file(db.engine) is None or not is_behind():
        return
    folder = Path(script.load_app().instance_path) / SAVED_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = clock.local_time(clock.now()).strftime("%Y%m%d-%H%M%S")
    saved = folder / f"{UPGRADE_PREFIX}{stamp}{ENDING}"
    try:
        back_up_site(WardScope.everywhere(), saved)
        remove_old(folder, UPGRADE_PREFIX, UPGRADES_KEPT)
    except OSError as error:
        raise RefusedError(
            f"Không sao lưu được trước khi nâng cấp: {error.strerror}. Dọn chỗ rồi chạy lại."
        ) from error
    click.echo(f"Đã sao lưu trước khi nâng cấp vào {saved}.", err=True)


def _prepare_demonstration(script: ScriptInfo) -> None:
    path = sign_ins_path(script)
    try:
        with progress_bar() as progress:
            sign_ins = load_demonstration(progress=progress)
    except RealDataError as error:
        click.echo(describe_broken_rule(error), err=True)
        return
    if sign_ins:
        write_sign_ins(path, sign_ins)
    _print_sign_ins(read_sign_ins(path))


def _print_sign_ins(sign_ins: list[DemoSignIn]) -> None:
    if not sign_ins:
        click.echo(
            f"Không còn tệp {SIGN_INS_FILE}. Muốn có lại tài khoản mẫu: chạy lệnh `demo remove` "
            "rồi chuẩn bị lại.",
            err=True,
        )
        return
    click.echo(f"Tài khoản để xem thử (cũng ghi trong {SIGN_INS_FILE}):")
    print_sign_ins(sign_ins)


def _prepare_for_first_administrator(port: int) -> None:
    if is_demonstration_site():
        click.echo("Trang đang có dữ liệu mẫu. Xóa bằng lệnh: demo remove", err=True)
    if not has_administrator(WardScope.everywhere(), today=clock.today()):
        click.echo("Mở liên kết này để tạo quản trị đầu tiên (dùng một lần, trong 7 ngày):")
        click.echo(first_administrator_link(f"{LOCAL_ADDRESS}:{port}"))


def open_server(flask_app: Flask, host: str, port: int) -> BaseWSGIServer:
    """Return a server that listens and does not answer yet; raise `RefusedError` if it cannot."""
    try:
        return create_server(
            flask_app,
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            # `select` knows no file numbers beyond 1023, which so many connections may reach.
            asyncore_use_poll=hasattr(select, "poll"),
            ident="",
            # A little more than the pages accept is answered by a page; the rest is not even read.
            max_request_body_size=2 * flask_app.config["MAX_CONTENT_LENGTH"],
            # Behind TLS a proxy says who is visiting, and `ProxyFix` reads it; else nobody may.
            clear_untrusted_proxy_headers=not flask_app.config["SESSION_COOKIE_SECURE"],
        )
    except OSError as error:
        raise RefusedError(f"Không mở được cổng {port} trên {host}: {error.strerror}.") from error


def _serve(flask_app: Flask, host: str, port: int) -> None:
    server = open_server(flask_app, host, port)
    ahead = ReaderAhead(flask_app)
    try:
        ahead.start()
        # Waitress lets the requests that are under way end when `SystemExit` is raised.
        server.run()
    finally:
        server.close()
        ahead.stop()


@contextmanager
def _checkpoints() -> Iterator[None]:
    path = sqlite_file(db.engine)
    if path is None:
        yield
        return
    checkpointer = Checkpointer(path)
    checkpointer.start()
    try:
        yield
    finally:
        db.engine.dispose()
        checkpointer.stop()


@contextmanager
def _stopping_on_signals() -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(0)

    previous = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
