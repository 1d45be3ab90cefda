"""The entry point of servers and of `flask --app wsgi`."""

import click

from app.factory import create_app
from config import Config

MINIMUM_KEY_LENGTH = 32


def _is_command() -> bool:
    """Say whether a command loads this module; a server does so outside any, or through `run`."""
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name != "run"


def _require_secret_key(config: Config) -> None:
    if len(config.secret_key or "") < MINIMUM_KEY_LENGTH:
        msg = (
            "SECRET_KEY chưa có hoặc quá ngắn. "
            "Đặt một chuỗi ngẫu nhiên từ 32 ký tự, ví dụ lấy bằng: "
            'python3 -c "import secrets; print(secrets.token_hex(32))"'
        )
        raise SystemExit(msg)


config = Config.from_environment()
if not _is_command():
    _require_secret_key(config)
app = create_app(config)
