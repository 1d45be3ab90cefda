"""The curriculum, and what people can do of it on a day."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from models import Account, Mentee, Mentor, Person, Skill, SkillAssessment, db
from models.enums import AssessmentSource, SkillLevel


class SkillRow(NamedTuple):
    """One item of the curriculum."""

    id: int
    label: str
    is_active: bool


class SkillState(NamedTuple):
    """What somebody can do of a skill: since which day that is said, and who says so."""

    level: SkillLevel
    on: date
    said_by: AssessmentSource


class AssessmentLine(NamedTuple):
    """One assessment of a history; names are those of the wards that the scope has."""

    skill: str
    level: SkillLevel
    on: date
    said_by: AssessmentSource
    mentor: str | None
    author: str | None
    entered_at: datetime


StateKey = tuple[int, int]


def list_skills(scope: WardScope, person_id: int | None = None) -> list[SkillRow]:
    """Return the curriculum in the office's order: what is in use.

    With a person, also what is archived and was assessed of that person.
    """
    del scope  # the curriculum is the same for every ward
    is_wanted: ColumnElement[bool] = Skill.is_active.is_(True)
    if person_id is not None:
        was_assessed = (
            exists()
            .where(SkillAssessment.skill_id == Skill.id, SkillAssessment.deleted_at.is_(None))
            .where(SkillAssessment.mentee_id == Mentee.id, Mentee.person_id == person_id)
        )
        is_wanted = or_(Skill.is_active, was_assessed)
    statement = (
        select(Skill.id, Skill.label, Skill.is_active)
        .where(is_wanted)
        .order_by(Skill.position, Skill.id)
    )
    return [SkillRow(*row) for row in db.session.execute(statement)]


def latest_assessments(day: date, is_wanted: ColumnElement[bool]) -> Subquery:
    """Return what is said last about each skill of each person up to a day.

    `is_wanted` narrows the assessments or the `Mentee` spells in which they were made. Columns:
    person_id, skill_id, level, service_date, said_by.
    """
    newest = func.row_number().over(
        partition_by=(Mentee.person_id, SkillAssessment.skill_id),
        order_by=(SkillAssessment.service_date.desc(), SkillAssessment.id.desc()),
    )
    ranked = (
        select(
            Mentee.person_id,
            SkillAssessment.skill_id,
            SkillAssessment.level,
            SkillAssessment.service_date,
            SkillAssessment.said_by,
            newest.label("place"),
        )
        .join(Mentee, Mentee.id == SkillAssessment.mentee_id)
        .where(SkillAssessment.service_date <= day, SkillAssessment.deleted_at.is_(None))
        .where(is_wanted)
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1).subquery()


def skill_states(
    scope: WardScope, person_ids: Collection[int], day: date
) -> dict[StateKey, SkillState]:
    """Return by person and skill what people whom the scope has shown can do as of a day.

    What was never assessed is missing, which is not «chưa».
    """
    del scope
    if not person_ids:
        return {}
    latest = latest_assessments(day, Mentee.person_id.in_(person_ids))
    statement: Select[Any] = select(
        latest.c.person_id, latest.c.skill_id, latest.c.level, latest.c.service_date,
        latest.c.said_by,
    )  # fmt: skip
    return {
        (person_id, skill_id): SkillState(*state)
        for person_id, skill_id, *state in db.session.execute(statement)
    }


def count_reached(scope: WardScope, person_ids: Collection[int], day: date) -> dict[int, int]:
    """Return how many skills people whom the scope has shown do alone as of a day; never 0."""
    reached: dict[int, int] = {}
    for (person_id, _skill), state in skill_states(scope, person_ids, day).items():
        if state.level is SkillLevel.ABLE:
            reached[person_id] = reached.get(person_id, 0) + 1
    return reached


def list_assessments(scope: WardScope, person_id: int) -> list[AssessmentLine]:
    """Return all that was said about a person whom the scope has shown, the latest first."""
    teacher = aliased(Person)
    statement: Select[*tuple[Any, ...]] = (
        select(
            Skill.label,
            SkillAssessment.level,
            SkillAssessment.service_date,
            SkillAssessment.said_by,
            teacher.full_name,
            Account.display_name,
            SkillAssessment.entered_at,
            SkillAssessment.ward_id,
        )
        .join(Mentee, Mentee.id == SkillAssessment.mentee_id)
        .join(Skill, Skill.id == SkillAssessment.skill_id)
        .outerjoin(Mentor, Mentor.id == SkillAssessment.mentor_id)
        .outerjoin(teacher, teacher.id == Mentor.person_id)
        .outerjoin(Account, Account.id == SkillAssessment.entered_by_id)
        .where(Mentee.person_id == person_id)
        .order_by(SkillAssessment.service_date.desc(), SkillAssessment.id.desc())
    )
    lines = [
        (AssessmentLine._make(line), scope.includes(ward_id))
        for *line, ward_id in db.session.execute(statement)
    ]
    return [
        line if is_named else line._replace(mentor=None, author=None) for line, is_named in lines
    ]
