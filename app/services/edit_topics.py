"""Writes the topic of a week, and takes one away."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.errors import EditConflictError, OutOfScopeError
from app.formatting import format_day
from app.learning_errors import TopicTakenError
from app.services.transaction import Receipt, transaction
from models import WeeklyTopic, db
from models.learning import monday_of


@dataclass(frozen=True, slots=True)
class TopicDetails:
    """The week, by any of its days, and what is practised in it."""

    day: date
    title: str
    body: str
    link: str | None = None


def add_topic(
    scope: WardScope, details: TopicDetails, *, request_key: str | None = None
) -> Receipt:
    """Write the topic of a week that has none; raises `TopicTakenError` for another."""
    with transaction(scope, "topic_added", request_key=request_key) as unit:
        topic = WeeklyTopic()
        _describe(topic, details)
        db.session.add(topic)
        unit.about(topic)
    return unit.receipt


def edit_topic(
    scope: WardScope, topic_id: int, details: TopicDetails, *, seen_edition: int
) -> Receipt:
    """Change a topic; raises `EditConflictError` when it changed since `seen_edition`.

    Raises `TopicTakenError` for a week that has another one, `OutOfScopeError`.
    """
    with transaction(scope, "topic_edited") as unit:
        topic = _locked(topic_id)
        if topic.version != seen_edition:
            raise EditConflictError
        _describe(topic, details)
        unit.about(topic)
    return unit.receipt


def delete_topic(scope: WardScope, topic_id: int) -> Receipt:
    """Take a topic away, until the action is undone; raises `OutOfScopeError`."""
    with transaction(scope, "topic_deleted") as unit:
        topic = _locked(topic_id)
        topic.deleted_at = clock.now()
        unit.about(topic)
    return unit.receipt


def _describe(topic: WeeklyTopic, details: TopicDetails) -> None:
    monday = monday_of(details.day)
    same_week = select(WeeklyTopic.id).where(WeeklyTopic.monday == monday)
    with db.session.no_autoflush:
        other_id = db.session.scalar(same_week)
    if other_id not in {None, topic.id}:
        raise TopicTakenError(day=format_day(monday))
    topic.monday = monday
    topic.title = details.title
    topic.body = details.body
    topic.link = details.link


def _locked(topic_id: int) -> WeeklyTopic:
    topic = db.session.scalar(
        select(WeeklyTopic).where(WeeklyTopic.id == topic_id).with_for_update()
    )
    if topic is None:
        raise OutOfScopeError(WeeklyTopic, topic_id)
    return topic
