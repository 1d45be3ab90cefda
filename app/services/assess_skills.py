"""Records what mentees can do: one person's skills, or one skill of a whole class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.formatting import format_day
from app.learning_errors import NoMentorThenError, NothingMarkedError, NotLearningThenError
from app.queries.learners import Learner, find_learners
from app.services.reporting_periods import period_counting
from app.services.transaction import Receipt, transaction
from models import Mentee, SkillAssessment, db
from models.enums import AssessmentSource, SkillLevel


class Mark(NamedTuple):
    """What a mentee can do of a skill, by their ids."""

    mentee_id: int
    skill_id: int
    level: SkillLevel


@dataclass(frozen=True, slots=True)
class Assessment:
    """A day, who says so, and what is said."""

    on: date
    said_by: AssessmentSource
    marks: Sequence[Mark]


def assess_skills(
    scope: WardScope, assessment: Assessment, *, request_key: str | None = None
) -> Receipt:
    """Record every mark as a row of its own; what was said before stays.

    A mentor who says so is the one of the day. The receipt is about the first mentee. Raises
    `NothingMarkedError`, `NotLearningThenError`, `NoMentorThenError`, and `OutOfScopeError` for who
    is neither of the scope nor taught by one of its mentors.
    """
    mentee_ids = {mark.mentee_id for mark in assessment.marks}
    kind = "skills_assessed" if len(mentee_ids) == 1 else "class_assessed"
    with transaction(scope, kind, request_key=request_key) as unit:
        if not assessment.marks:
            raise NothingMarkedError
        learners = find_learners(scope, mentee_ids, assessment.on)
        _refuse(assessment, learners)
        period_id = period_counting(assessment.on)
        db.session.add_all(
            _row(assessment, mark, learners[mark.mentee_id], period_id) for mark in assessment.marks
        )
        first = assessment.marks[0].mentee_id
        unit.about(db.session.get_one(Mentee, first), ward_id=learners[first].ward_id)
    return unit.receipt


def _refuse(assessment: Assessment, learners: dict[int, Learner]) -> None:
    for learner in learners.values():
        if not learner.learns_on(assessment.on):
            raise NotLearningThenError(name=learner.full_name, day=format_day(assessment.on))
    alone = [one.full_name for one in learners.values() if one.mentor_id is None]
    if alone and assessment.said_by is AssessmentSource.MENTOR:
        raise NoMentorThenError(names=", ".join(alone), day=format_day(assessment.on))


def _row(assessment: Assessment, mark: Mark, learner: Learner, period_id: int) -> SkillAssessment:
    is_of_mentor = assessment.said_by is AssessmentSource.MENTOR
    return SkillAssessment(
        mentee_id=mark.mentee_id,
        ward_id=learner.ward_id,
        skill_id=mark.skill_id,
        level=mark.level,
        said_by=assessment.said_by,
        mentor_id=learner.mentor_id if is_of_mentor else None,
        service_date=assessment.on,
        reported_in_id=period_id,
    )
