"""The shipped list of wards."""

import click
from flask.cli import AppGroup

from app.cli.outcome import one_sentence_for_failures
from app.services.load_wards import load_wards

group = AppGroup("wards", help="Danh sách 135 xã, phường.")


@group.command("load")
@one_sentence_for_failures()
def load() -> None:
    """Nạp các xã, phường còn thiếu; chạy lại không đổi gì."""
    added = load_wards()
    click.echo(f"Đã thêm {added} xã, phường." if added else "Đã có đủ các xã, phường.")
