"""Commands: one group per area."""

from flask import Flask

GROUPS: tuple[object, ...] = ()


def register(flask_app: Flask) -> None:
    """Register every group of commands."""
    for group in GROUPS:
        flask_app.cli.add_command(group)
