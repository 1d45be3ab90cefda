"""What the tallies of the desks say: by day and by topic, for one ward or all of them at once."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from app.access.scope import WardScope
from app.queries.desk_figures import RankedEntry
from models import DeskDay, DeskTopic, Obstacle, Procedure, db
from models.enums import HelpMode, TopicKind

CATALOGUES: dict[TopicKind, type[Procedure | Obstacle]] = {
    TopicKind.PROCEDURE: Procedure,
    TopicKind.OBSTACLE: Obstacle,
}


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


def rank_topics(
    scope: WardScope, kind: TopicKind, first_day: date, last_day: date, *, at_most: int
) -> list[RankedEntry]:
    """Return the procedures, or obstacles, that most sessions name in the months of two days."""
    catalogue = CATALOGUES[kind]
    sessions = func.sum(DeskTopic.sessions)
    is_within = DeskTopic.month.between(first_day.replace(day=1), last_day)
    statement = (
        select(catalogue.label, sessions)
        .join(DeskTopic, DeskTopic.topic_id == catalogue.id)
        .where(DeskTopic.kind == kind, is_within, scope.limit(DeskTopic.ward_id))
        .group_by(catalogue.id, catalogue.label, catalogue.position)
        .order_by(sessions.desc(), catalogue.position, catalogue.id)
        .limit(at_most)
    )
    return [RankedEntry(*row) for row in db.session.execute(statement)]
