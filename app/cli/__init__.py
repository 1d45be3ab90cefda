"""Commands: one group per area."""

from click import Command
from flask import Flask

from app.cli import accounts, check, demo, wards

GROUPS: tuple[Command, ...] = (accounts.group, check.command, demo.group, wards.group)


def register(flask_app: Flask) -> None:
    """Register every group of commands."""
    for group in GROUPS:
        flask_app.cli.add_command(group)
