"""The entry point of servers and of `flask --app wsgi`."""

import click

from app.access.secret_key import WeakSecretKeyError, require_secret_key
from app.factory import create_app
from config import Config


def _is_command() -> bool:
    """Say whether a command loads this module; a server does so outside any, or through `run`.

    `site serve` is a command too and asks for the key by itself.
    """
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name != "run"


def _refuse_weak_key(config: Config) -> None:
    try:
        require_secret_key(config.secret_key)
    except WeakSecretKeyError as error:
        raise SystemExit(str(error)) from error


config = Config.from_environment()
if not _is_command():
    _refuse_weak_key(config)
app = create_app(config)
