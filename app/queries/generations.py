"""Generations of mentors: by whom a mentor was taught, and who of the taught became mentors."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, Subquery, func, or_, select
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from models import EndReason, Mentee, Mentor, Mentorship, Person, Ward, db

_LEARNER, _TEACHER = aliased(Person), aliased(Person)


class Kin(NamedTuple):
    """Who stands on the other side of a pairing that was completed, by their spell as mentor."""

    mentor_id: int
    full_name: str
    ward_name: str
    is_in_scope: bool


class Lineage(NamedTuple):
    """Which generation a mentor is of, the one who taught them, and whom they made mentors."""

    generation: int
    teacher: Kin | None
    successors: tuple[Kin, ...]


def holds_mentor_role(scope: WardScope, person_id: int, day: date) -> bool:
    """Say whether a person whom the scope has shown is, or will be, a mentor of any ward."""
    del scope  # one person is mentor of one ward at a time, whoever looks
    is_over = Mentor.ended_on <= day
    statement = select(Mentor.id).where(
        Mentor.person_id == person_id, or_(Mentor.ended_on.is_(None), ~is_over)
    )
    return db.session.scalar(statement.limit(1)) is not None


def get_lineage(scope: WardScope, person_id: int) -> Lineage:
    """Return the generation of a mentor whom the scope has shown, and the nearest kin.

    Whoever completed learning before becoming a mentor is one generation after who taught them
    last; everybody else is of the first. Kin of other wards are named with their ward, as both
    sides of a pair are, and nobody beyond them.
    """
    teacher, generation, learner = None, 1, person_id
    # Each step goes to an earlier beginning, so it ends.
    while (row := db.session.execute(_teacher_of(learner)).first()) is not None:
        learner, generation = row.person_id, generation + 1
        teacher = teacher or _kin(scope, row)
    found = db.session.execute(_successors_of(person_id)).all()
    return Lineage(generation, teacher, tuple(_kin(scope, row) for row in found))


def _kin(scope: WardScope, row: Any) -> Kin:  # noqa: ANN401  # a row of either statement
    return Kin(row.id, row.full_name, row.name, scope.includes(row.ward_id))


def _beginnings() -> Subquery:
    """Return the day on which each person first became a mentor."""
    return (
        select(Mentor.person_id, func.min(Mentor.started_on).label("day"))
        .where(Mentor.deleted_at.is_(None))
        .group_by(Mentor.person_id)
        .subquery()
    )


def _teacher_of(person_id: int) -> Select[*tuple[Any, ...]]:
    begun = _beginnings()
    return (
        select(Mentor.id, Mentor.person_id, Mentor.ward_id, _TEACHER.full_name, Ward.name)
        .join(Mentorship, Mentorship.mentor_id == Mentor.id)
        .join(EndReason, EndReason.id == Mentorship.end_reason_id)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(begun, begun.c.person_id == Mentee.person_id)
        .join(_TEACHER, _TEACHER.id == Mentor.person_id)
        .join(Ward, Ward.id == Mentor.ward_id)
        .where(Mentee.person_id == person_id, EndReason.is_completion)
        .where(Mentorship.ended_on <= begun.c.day)
        .order_by(Mentorship.ended_on.desc(), Mentorship.id.desc())
        .limit(1)
    )


def _successors_of(person_id: int) -> Select[*tuple[Any, ...]]:
    """Return whom a person taught to the end and who then first became a mentor, each once."""
    begun = _beginnings()
    taught = (
        select(Mentee.person_id)
        .join(Mentorship, Mentorship.mentee_id == Mentee.id)
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(EndReason, EndReason.id == Mentorship.end_reason_id)
        .join(begun, begun.c.person_id == Mentee.person_id)
        .where(Mentor.person_id == person_id, EndReason.is_completion)
        .where(Mentorship.deleted_at.is_(None), Mentorship.ended_on <= begun.c.day)
    )
    return (
        select(Mentor.id, Mentor.ward_id, _LEARNER.full_name, Ward.name)
        .join(begun, (begun.c.person_id == Mentor.person_id) & (begun.c.day == Mentor.started_on))
        .join(_LEARNER, _LEARNER.id == Mentor.person_id)
        .join(Ward, Ward.id == Mentor.ward_id)
        .where(Mentor.person_id.in_(taught))
        .order_by(_LEARNER.sort_key, Mentor.id)
    )
