"""«Mỗi tuần một kỹ năng số»: the topics, by the Monday of their week."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from models import WeeklyTopic, db
from models.learning import monday_of


class TopicRow(NamedTuple):
    """A topic of a week; `edition` grows with each change."""

    id: int
    monday: date
    title: str
    body: str
    link: str | None
    edition: int

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + timedelta(days=6)


def list_topics(scope: WardScope) -> Sequence[TopicRow]:
    """Return all topics, the latest week first."""
    del scope  # topics are the same for every ward
    statement = select(*_COLUMNS).order_by(WeeklyTopic.monday.desc())
    return [TopicRow(*row) for row in db.session.execute(statement)]


def find_topic(scope: WardScope, day: date) -> TopicRow | None:
    """Return the topic of the week of a day, or None."""
    del scope
    statement = select(*_COLUMNS).where(WeeklyTopic.monday == monday_of(day))
    row = db.session.execute(statement).first()
    return None if row is None else TopicRow(*row)


def get_topic(scope: WardScope, topic_id: int) -> TopicRow:
    """Return a topic; raise `OutOfScopeError` when there is none."""
    del scope
    row = db.session.execute(select(*_COLUMNS).where(WeeklyTopic.id == topic_id)).first()
    if row is None:
        raise OutOfScopeError(WeeklyTopic, topic_id)
    return TopicRow(*row)


_COLUMNS = (
    WeeklyTopic.id,
    WeeklyTopic.monday,
    WeeklyTopic.title,
    WeeklyTopic.body,
    WeeklyTopic.link,
    WeeklyTopic.version,
)
