"""The made-up rows of learning as rows of the database; `demonstration_rows` writes them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.demonstration.learning import TOPICS
from app.demonstration.rows import WardRows
from models import Base, Mentee, Mentor, Skill, SkillAssessment, VneidConfirmation, WeeklyTopic
from models.learning import monday_of

WEEK = timedelta(days=7)


class Numbering(NamedTuple):
    """How numbers, codes and days of the made-up network read in the database."""

    id_of: Callable[[type[Base], int], int]
    ward_id: Callable[[str], int]
    code_id: Callable[[type[Base], str], int]
    period_id: Callable[[date], int]


def learning_rows(
    rows: WardRows, known: Numbering
) -> Iterator[tuple[type[Base], date, dict[str, Any]]]:
    """Yield the table, the day of entering and the values of each row of a ward."""
    for row in rows.assessments:
        yield (
            SkillAssessment,
            row.service_date,
            {
                "mentee_id": known.id_of(Mentee, row.mentee),
                "ward_id": known.ward_id(row.ward),
                "skill_id": known.code_id(Skill, row.skill),
                "level": row.level,
                "said_by": row.said_by,
                "mentor_id": known.id_of(Mentor, row.mentor),
                "service_date": row.service_date,
                "reported_in_id": known.period_id(row.service_date),
            },
        )
    for note in rows.confirmations:
        yield (
            VneidConfirmation,
            note.service_date,
            {
                "mentee_id": known.id_of(Mentee, note.mentee),
                "ward_id": known.ward_id(note.ward),
                "basis": note.basis,
                "service_date": note.service_date,
                "reported_in_id": known.period_id(note.service_date),
            },
        )


def add_topics(session: Session, today: date, stamp: dict[str, object]) -> None:
    """Add the topics of this week and of those before it."""
    topics = [
        {"monday": monday_of(today) - WEEK * weeks, "title": title, "body": body, **stamp}
        for weeks, (title, body) in enumerate(TOPICS)
    ]
    session.execute(insert(WeeklyTopic), topics)
