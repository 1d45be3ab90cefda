"""What the tallies of the desks say by day, for one ward or all of them at once."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from app.access.scope import WardScope
from app.queries.session_bundles import bundled_sessions
from models import DeskDay, db
from models.enums import HelpMode


class DayTally(NamedTuple):
    """The help sessions (lượt) of a day that went one way; `people` of them were a first visit."""

    service_date: date
    mode: HelpMode
    sessions: int
    people: int


class DeskDays(NamedTuple):
    """Some days of desks; `bundled` of their sessions were noted many at once."""

    tallies: list[DayTally]
    bundled: int


def read_desk_days(scope: WardScope, first_day: date, last_day: date) -> DeskDays:
    """Return the tallies of the days `[first_day, last_day]` over the scope, in order of days.

    A day and mode without a session has no tally. One statement.
    """
    statement = (
        select(
            DeskDay.service_date,
            DeskDay.mode,
            func.sum(DeskDay.sessions),
            func.sum(DeskDay.people),
            bundled_sessions(scope, first_day, last_day).scalar_subquery(),
        )
        .where(scope.limit(DeskDay.ward_id), DeskDay.service_date.between(first_day, last_day))
        .group_by(DeskDay.service_date, DeskDay.mode)
        .order_by(DeskDay.service_date, DeskDay.mode)
    )
    rows = db.session.execute(statement).all()
    return DeskDays([DayTally(*row[:-1]) for row in rows], rows[0][-1] if rows else 0)
