"""The settings of the site in force on a day."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select

from models import Setting, db


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """Every setting of the office with its default; days are whole days, local dates.

    `floor_counts` is «completed» (completed mentees of the year count towards the floor) or
    «open» (open mentorships alone).
    """

    floor: int = 5
    floor_counts: str = "completed"
    default_capacity: int = 10
    contact_days: int = 30
    desk_days: int = 14
    waiting_days: int = 7
    silent_days: int = 30


def get_settings(day: date) -> SiteSettings:
    """Return the settings as they stood on a day."""
    statement = (
        select(Setting.key, Setting.value)
        .where(Setting.effective_on <= day)
        .order_by(Setting.effective_on, Setting.id)
    )
    latest = dict(db.session.execute(statement).tuples())
    known: dict[str, Any] = {
        field.name: _read(field.default, latest[field.name])
        for field in fields(SiteSettings)
        if field.name in latest
    }
    return SiteSettings(**known)


def _read(default: object, value: str) -> int | str:
    return int(value) if isinstance(default, int) else value
