"""The settings of the site in force on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple
from zlib import crc32

from sqlalchemy import Date, bindparam, select

from app import clock
from app.access.scope import WardScope
from graphs.rows import FloorCounts, Thresholds
from models import Account, Setting, db


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """Every setting of the office with its default; days are whole days, local dates.

    `floor_counts` is «completed» (completed mentees of the year count towards the floor) or
    «open» (open mentorships alone). `report_…` is the head and the foot of the quarterly report, of
    several lines where the document has several.
    """

    floor: int = 5
    floor_counts: str = "completed"
    default_capacity: int = 10
    contact_days: int = 30
    desk_days: int = 14
    waiting_days: int = 7
    silent_days: int = 30
    skills_to_complete: int = 5
    report_issuer: str = "BCH TỈNH GIA LAI"
    report_office: str = "TỈNH ĐOÀN GIA LAI"
    report_symbol: str = "BC/TĐTN"
    report_city: str = "Gia Lai"
    report_signer: str = "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN"
    report_recipients: str = "Sở Khoa học và Công nghệ;\nThường trực Tỉnh Đoàn;\nLưu: VT."

    @property
    def thresholds(self) -> Thresholds:
        """What the audit needs of the settings."""
        return Thresholds(
            floor=self.floor,
            floor_counts=FloorCounts(self.floor_counts),
            contact_days=self.contact_days,
            desk_days=self.desk_days,
            waiting_days=self.waiting_days,
            silent_days=self.silent_days,
        )


class WrittenSetting(NamedTuple):
    """What somebody wrote last about a setting; `edition` is another number after each change."""

    value: str
    effective_on: date
    edition: int


class SettingRow(NamedTuple):
    """One dated value; `username` is None where it was set by a command."""

    key: str
    value: str
    effective_on: date
    username: str | None


# Written once: most pages ask, and building it took longer than running it.
_SET_BY_DAY = (
    select(Setting.key, Setting.value)
    .where(Setting.effective_on <= bindparam("day", type_=Date()))
    .order_by(Setting.effective_on, Setting.id)
)


def get_settings(day: date) -> SiteSettings:
    """Return the settings as they stood on a day."""
    rows = db.session.connection().execute(_SET_BY_DAY, {"day": day})
    return _site_settings(dict(rows.all()))


def settings_by_day(scope: WardScope, days: Sequence[date]) -> dict[date, SiteSettings]:
    """Return the settings as they stood on each of the days; one query."""
    del scope  # the settings are the same for every ward
    statement = select(Setting.effective_on, Setting.key, Setting.value).order_by(
        Setting.effective_on, Setting.id
    )
    rows = db.session.execute(statement).all()
    return {
        day: _site_settings({key: value for since, key, value in rows if since <= day})
        for day in days
    }


def _site_settings(latest: Mapping[str, str]) -> SiteSettings:
    known: dict[str, Any] = {
        field.name: _read(field.default, latest[field.name])
        for field in fields(SiteSettings)
        if field.name in latest
    }
    return SiteSettings(**known)


def _read(default: object, value: str) -> int | str:
    return int(value) if isinstance(default, int) else value


def get_written_setting(scope: WardScope, key: str) -> WrittenSetting:
    """Return the value of a setting that was written last; the one of the program without any.

    The values have no version: one that is taken back is gone. What stands there is the edition.
    """
    del scope  # the settings are the same for every ward
    statement = (
        select(Setting.effective_on, Setting.value)
        .where(Setting.key == key)
        .order_by(Setting.set_at, Setting.id)
    )
    rows = [(day, value) for day, value in db.session.execute(statement)]
    day, value = rows[-1] if rows else (clock.today(), str(getattr(SiteSettings(), key)))
    return WrittenSetting(value, day, crc32(repr(sorted(rows)).encode()))


def list_setting_values(scope: WardScope) -> list[SettingRow]:
    """Return every dated value that was ever set, the latest day first."""
    del scope  # the settings are the same for every ward
    statement = (
        select(Setting.key, Setting.value, Setting.effective_on, Account.username)
        .outerjoin(Account, Account.id == Setting.set_by_id)
        .order_by(Setting.effective_on.desc(), Setting.id.desc())
    )
    return [SettingRow(*row) for row in db.session.execute(statement)]
