"""What the tallies of the desks say by day, for one ward or all of them at once."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from app.access.scope import WardScope
from models import DeskDay, db
from models.enums import HelpMode


class DayTally(NamedTuple):
    """The help sessions (lượt) of a day that went one way; `people` of them were a first visit."""

    service_date: date
    mode: HelpMode
    sessions: int
    people: int


def list_day_tallies(scope: WardScope, first_day: date, last_day: date) -> list[DayTally]:
    """Return the tallies of the days `[first_day, last_day]` over the scope, in order of days.

    A day and mode without a session has no tally.
    """
    statement = (
        select(
            DeskDay.service_date,
            DeskDay.mode,
            func.sum(DeskDay.sessions),
            func.sum(DeskDay.people),
        )
        .where(scope.limit(DeskDay.ward_id), DeskDay.service_date.between(first_day, last_day))
        .group_by(DeskDay.service_date, DeskDay.mode)
        .order_by(DeskDay.service_date, DeskDay.mode)
    )
    return [DayTally(*row) for row in db.session.execute(statement)]
