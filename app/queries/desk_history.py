"""What the desks did up to a day: since when there is anything, and what for in the year so far."""

from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, cast, func, select, union_all

from app import clock
from app.access.scope import WardScope
from app.queries.desk_figures import RankedEntry
from models import DeskDay, DeskTopic, HelpSession, Obstacle, Procedure, db
from models.enums import TopicKind

CATALOGUES: dict[TopicKind, type[Procedure | Obstacle]] = {
    TopicKind.PROCEDURE: Procedure,
    TopicKind.OBSTACLE: Obstacle,
}
TOPICS = {
    TopicKind.PROCEDURE: HelpSession.procedure_id,
    TopicKind.OBSTACLE: HelpSession.obstacle_id,
}


def first_session_day(scope: WardScope) -> date | None:
    """Return the day of the first help session ever, None where there was none."""
    statement = select(func.min(DeskDay.service_date)).where(scope.limit(DeskDay.ward_id))
    return db.session.scalar(statement)


def rank_topics_of_year(scope: WardScope, kind: TopicKind, day: date) -> list[RankedEntry]:
    """Return every topic that sessions name from 1 January to the day, the most named first."""
    catalogue = CATALOGUES[kind]
    parts = union_all(_of_whole_months(scope, kind, day), _of_running_month(scope, kind, day))
    named = parts.subquery()
    sessions = cast(func.sum(named.c.sessions), Integer)
    statement = (
        select(catalogue.label, sessions)
        .join(named, named.c.topic_id == catalogue.id)
        .group_by(catalogue.id, catalogue.label, catalogue.position)
        .order_by(sessions.desc(), catalogue.position, catalogue.id)
    )
    return [RankedEntry(*row) for row in db.session.execute(statement)]


def _of_whole_months(scope: WardScope, kind: TopicKind, day: date) -> Select[*tuple[Any, ...]]:
    first, running = date(day.year, 1, 1), day.replace(day=1)
    return _tallied(scope, kind).where(DeskTopic.month >= first, DeskTopic.month < running)


def _of_running_month(scope: WardScope, kind: TopicKind, day: date) -> Select[*tuple[Any, ...]]:
    """Nothing is dated later than today; on a past day the rest of its month does not count yet."""
    running = day.replace(day=1)
    if day >= clock.today():
        return _tallied(scope, kind).where(DeskTopic.month == running)
    topic = TOPICS[kind]
    return (
        select(topic.label("topic_id"), func.count(HelpSession.id).label("sessions"))
        .where(
            scope.limit(HelpSession.ward_id),
            HelpSession.service_date.between(running, day),
            topic.is_not(None),
        )
        .group_by(topic)
    )


def _tallied(scope: WardScope, kind: TopicKind) -> Select[*tuple[Any, ...]]:
    return select(DeskTopic.topic_id.label("topic_id"), DeskTopic.sessions.label("sessions")).where(
        DeskTopic.kind == kind, scope.limit(DeskTopic.ward_id)
    )
