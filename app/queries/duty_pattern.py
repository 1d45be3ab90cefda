"""The weekly pattern of posts, and the days on which a desk is closed, for writing."""

from datetime import date, timedelta

from sqlalchemy import func, select

from app.access.scope import WardScope
from models import DutyHoliday, DutyPattern, SupportPost, db


def load_holidays(scope: WardScope, ward_id: int, day: date) -> list[DutyHoliday]:
    """Return the halves of a day on which a ward's desk is closed, for writing."""
    scope.require(ward_id)
    return list(
        db.session.scalars(
            select(DutyHoliday).where(DutyHoliday.ward_id == ward_id, DutyHoliday.day == day)
        )
    )


def load_patterns(scope: WardScope, post_id: int, day: date) -> list[DutyPattern]:
    """Return the halves of a post's weeks that are in force on a day or later, for writing."""
    return list(
        db.session.scalars(
            select(DutyPattern)
            .join(SupportPost, SupportPost.id == DutyPattern.support_post_id)
            .where(
                DutyPattern.support_post_id == post_id,
                scope.limit(SupportPost.ward_id),
                DutyPattern.ended_on.is_(None) | (DutyPattern.ended_on > day),
            )
            .order_by(DutyPattern.id)
        )
    )


def list_week_halves(scope: WardScope, post_id: int, day: date) -> list[int]:
    """Return the halves of the week that a post takes as of a day, in order."""
    return sorted(pattern.week_half for pattern in _in_force(scope, post_id, day))


def get_last_pattern_day(scope: WardScope, post_id: int, day: date) -> date | None:
    """Return the last day of the pattern in force on a day; None when it goes on, or differs."""
    ends = {pattern.ended_on for pattern in _in_force(scope, post_id, day)}
    end = ends.pop() if len(ends) == 1 else None
    return None if end is None else end - timedelta(days=1)


def _in_force(scope: WardScope, post_id: int, day: date) -> list[DutyPattern]:
    return [one for one in load_patterns(scope, post_id, day) if one.is_open_on(day)]


def get_pattern_edition(scope: WardScope, post_id: int) -> int:
    """Return a number above 0 that grows with each change of a post's weekly pattern."""
    statement = (
        select(func.sum(DutyPattern.version))
        .join(SupportPost, SupportPost.id == DutyPattern.support_post_id)
        .where(DutyPattern.support_post_id == post_id, scope.limit(SupportPost.ward_id))
    )
    return 1 + (db.session.scalar(statement, execution_options={"include_deleted": True}) or 0)
