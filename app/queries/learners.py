"""Whose skills can be marked: mentees of a ward, those of a mentor, and who taught them when."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.across_wards import Particulars, disclose
from models import Hamlet, Mentee, Mentor, Mentorship, Person, db

_TEACHER = aliased(Person)


class Learner(NamedTuple):
    """A mentee as a class sheet names them, with the mentor of the day."""

    mentee_id: int
    person_id: int
    ward_id: int
    full_name: str
    hamlet: str | None
    mentor_id: int | None
    mentor_name: str | None
    started_on: date
    ended_on: date | None

    def learns_on(self, day: date) -> bool:
        """Say whether something of that day may be recorded: the last day counts, too."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


def list_learners(scope: WardScope, day: date, *, mentor_id: int | None = None) -> list[Learner]:
    """Return who learns on a day, in Vietnamese order: in the scope, or with one of its mentors.

    A mentor's mentees of other wards are there, too: whose mentor it is looks after the pair.
    """
    statement = _learners(day).where(Mentee.is_open_on(day))
    if mentor_id is None:
        statement = statement.where(scope.limit(Mentee.ward_id))
    else:
        statement = statement.where(
            Mentorship.mentor_id == mentor_id, scope.limit(Mentorship.mentor_ward_id)
        )
    return _read(scope, statement)


def find_learners(scope: WardScope, mentee_ids: Collection[int], day: date) -> dict[int, Learner]:
    """Return mentees by id with their mentor of a day.

    Raises `OutOfScopeError` if one is neither of the scope nor taught by one of its mentors.
    """
    taught = (
        exists()
        .where(Mentorship.mentee_id == Mentee.id, scope.limit(Mentorship.mentor_ward_id))
        .where(Mentorship.deleted_at.is_(None), _is_valid_on(day))
        .correlate(Mentee)
    )
    statement = _learners(day).where(
        Mentee.id.in_(mentee_ids), or_(scope.limit(Mentee.ward_id), taught)
    )
    found = {learner.mentee_id: learner for learner in _read(scope, statement)}
    missing = set(mentee_ids) - set(found)
    if missing:
        raise OutOfScopeError(Mentee, sorted(missing))
    return found


def _learners(day: date) -> Select[*tuple[Any, ...]]:
    with_mentor = and_(Mentorship.mentee_id == Mentee.id, _is_valid_on(day))
    return (
        select(
            Mentee.id,
            Mentee.person_id,
            Mentee.ward_id,
            Person.full_name,
            Hamlet.name,
            Mentor.id,
            _TEACHER.full_name,
            Mentee.started_on,
            Mentee.ended_on,
        )
        .join(Person, Person.id == Mentee.person_id)
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .outerjoin(Mentorship, with_mentor)
        .outerjoin(Mentor, Mentor.id == Mentorship.mentor_id)
        .outerjoin(_TEACHER, _TEACHER.id == Mentor.person_id)
        .order_by(Person.sort_key, Mentee.id, Mentorship.started_on.desc())
    )


def _is_valid_on(day: date) -> ColumnElement[bool]:
    return and_(
        Mentorship.started_on <= day,
        or_(Mentorship.ended_on.is_(None), Mentorship.ended_on >= day),
    )


def _read(scope: WardScope, statement: Select[*tuple[Any, ...]]) -> list[Learner]:
    """Return each mentee once: on the day of a change of mentors with the later one."""
    found: dict[int, Learner] = {}
    for mentee_id, person_id, ward_id, full_name, hamlet, *rest in db.session.execute(statement):
        seen = disclose(scope, ward_id, Particulars(hamlet=hamlet))
        learner = Learner(mentee_id, person_id, ward_id, full_name, seen.hamlet, *rest)
        found.setdefault(mentee_id, learner)
    return list(found.values())
