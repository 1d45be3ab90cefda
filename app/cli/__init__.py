"""Commands: one group per area."""

from click import Command
from flask import Flask

from app.cli import (
    accounts,
    audit,
    backup,
    check,
    demo,
    plan,
    plan_leave,
    report,
    roster,
    site,
    wards,
)

GROUPS: tuple[Command, ...] = (
    accounts.group,
    audit.command,
    backup.back_up,
    backup.restore,
    check.command,
    demo.group,
    plan.group,
    report.group,
    roster.group,
    site.group,
    wards.group,
)


def register(flask_app: Flask) -> None:
    """Register every group of commands."""
    plan.group.add_command(plan_leave.command)
    for group in GROUPS:
        flask_app.cli.add_command(group)
