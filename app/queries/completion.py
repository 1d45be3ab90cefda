"""Who can do enough skills alone to complete, and what has been completed."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from app.access.scope import WardScope
from app.queries.kept_answers import LEARNING_KINDS, KeptAnswers
from app.queries.settings import get_settings
from app.queries.skills import count_reached, latest_assessments
from models import EndReason, Mentee, Person, SkillAssessment, db
from models.enums import SkillLevel


class ReadyMentee(NamedTuple):
    """An open mentee who does enough skills alone, and how many."""

    mentee_id: int
    full_name: str
    reached: int


class Completion(NamedTuple):
    """How far somebody is: skills done alone, and how many complete."""

    reached: int
    needed: int

    @property
    def is_reached(self) -> bool:
        """Whether the condition of the setting is met."""
        return self.reached >= self.needed


class _Asked(NamedTuple):
    """What the number of those who may complete depends on, beside what is recorded."""

    wards: frozenset[int] | None
    day: date


# Of every ward's leader, whose home page asks.
MOST_KEPT = 512
MADE_OF = LEARNING_KINDS | {"mentees", "persons", "settings"}
KEPT: KeptAnswers[_Asked, int] = KeptAnswers(MOST_KEPT, MADE_OF)


def count_ready(scope: WardScope, day: date) -> int:
    """Return how many open mentees of the scope meet the condition in force on a day."""
    return KEPT.answer(
        _Asked(scope.ward_ids, day),
        lambda: len(list_ready(scope, day, get_settings(day).skills_to_complete)),
    )


def get_completion(scope: WardScope, person_id: int, day: date, needed: int) -> Completion:
    """Return how far a person whom the scope has shown is, as of a day."""
    return Completion(count_reached(scope, [person_id], day).get(person_id, 0), needed)


def list_ready(scope: WardScope, day: date, needed: int) -> list[ReadyMentee]:
    """Return the open mentees of the scope who meet the condition on a day, by name."""
    learning = select(Mentee.person_id).where(scope.limit(Mentee.ward_id), Mentee.is_open_on(day))
    # Few have ever been seen to do so many; only theirs are put in order.
    may_be = (
        select(Mentee.person_id)
        .join(SkillAssessment, SkillAssessment.mentee_id == Mentee.id)
        .where(Mentee.person_id.in_(learning), SkillAssessment.level == SkillLevel.ABLE)
        .group_by(Mentee.person_id)
        .having(func.count() >= needed)
    )
    latest = latest_assessments(day, Mentee.person_id.in_(may_be))
    reached = (
        select(latest.c.person_id, func.count().label("reached"))
        .where(latest.c.level == SkillLevel.ABLE)
        .group_by(latest.c.person_id)
        .having(func.count() >= needed)
        .subquery()
    )
    statement = (
        select(Mentee.id, Person.full_name, reached.c.reached)
        .join(Person, Person.id == Mentee.person_id)
        .join(reached, reached.c.person_id == Mentee.person_id)
        .where(scope.limit(Mentee.ward_id), Mentee.is_open_on(day))
        .order_by(Person.sort_key, Mentee.id)
    )
    return [ReadyMentee(*row) for row in db.session.execute(statement)]


def has_completed(scope: WardScope, mentee_id: int) -> bool:
    """Say whether a spell as mentee of the scope ended with a completing reason."""
    statement = (
        select(EndReason.is_completion)
        .join(Mentee, Mentee.end_reason_id == EndReason.id)
        .where(Mentee.id == mentee_id, scope.limit(Mentee.ward_id))
    )
    return bool(db.session.scalar(statement))
