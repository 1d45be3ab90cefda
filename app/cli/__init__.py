"""Commands: one group per area."""

from click import Command
from flask import Flask

GROUPS: tuple[Command, ...] = ()


def register(flask_app: Flask) -> None:
    """Register every group of commands."""
    for group in GROUPS:
        flask_app.cli.add_command(group)
