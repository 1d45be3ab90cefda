"""The only source of the present: instants in UTC, days in Asia/Ho_Chi_Minh."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


def local_date(instant: datetime) -> date:
    """Return the day in Gia Lai on which an aware instant falls."""
    return instant.astimezone(LOCAL_ZONE).date()


def local_time(instant: datetime) -> datetime:
    """Return the same instant on Gia Lai's clock."""
    return instant.astimezone(LOCAL_ZONE)


def today() -> date:
    """Return the present day in Gia Lai."""
    return local_date(now())
