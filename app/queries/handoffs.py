"""What became of those who were handed on from the desk."""

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from app.queries.settings import get_settings
from app.queries.standings import mentee_standings
from models import EndReason, Handoff, Mentee, Mentor, Mentorship, Person, Ward, db


class HandoffState(StrEnum):
    """Where a person who was handed on stands."""

    WAITING = "waiting"
    PAUSED = "paused"
    PAIRED = "paired"
    COMPLETED = "completed"
    LEFT = "left"


class HandoffRow(NamedTuple):
    """A person handed on; `since` is the day from which the state holds.

    `phone` is E.164 and to be masked; `mentor` is a name, of an open mentorship only.
    """

    mentee_id: int
    full_name: str
    birth_year: int | None
    phone: str | None
    ward_name: str
    handed_on: date
    state: HandoffState
    since: date
    mentor: str | None
    end_reason: str | None


def list_waiting(scope: WardScope, day: date, *, at_most: int) -> list[HandoffRow]:
    """Return those who still have no mentor on a day, the longest wait first, the paused last."""
    statement = (
        _of_people(scope, day)
        .where(~_is_settled(day))
        .order_by(Handoff.handed_on, Handoff.id)
        .limit(at_most)
    )
    rows = _rows(statement)
    standings = mentee_standings(scope, [row.mentee_id for row in rows], day, get_settings(day))
    waiting = [_dated(row, standings[row.mentee_id].waiting_since) for row in rows]
    return sorted(waiting, key=lambda row: (row.state is HandoffState.PAUSED, row.since))


def list_settled(scope: WardScope, day: date, *, offset: int, size: int) -> list[HandoffRow]:
    """Return those who got a mentor or ended, the latest change first; one part of the list."""
    statement = (
        _of_people(scope, day)
        .where(_is_settled(day))
        .order_by(_since(day).desc(), Handoff.id.desc())
        .offset(offset)
        .limit(size)
    )
    return _rows(statement)


def count_settled(scope: WardScope, day: date) -> int:
    """Return how many of those handed on got a mentor or ended."""
    people = _of_people(scope, day).where(_is_settled(day)).subquery()
    return db.session.scalar(select(func.count()).select_from(people)) or 0


def find_open_mentee(scope: WardScope, person_id: int) -> Mentee | None:
    """Return the spell as mentee in the scope that a person has not ended, for writing."""
    return db.session.scalar(
        select(Mentee).where(
            Mentee.person_id == person_id, scope.limit(Mentee.ward_id), Mentee.ended_on.is_(None)
        )
    )


def find_present_mentor(scope: WardScope, mentee_id: int) -> str | None:
    """Return the name of the mentor with whom a mentee of the scope learns, or None."""
    statement = (
        select(Person.full_name)
        .join(Mentor, Mentor.person_id == Person.id)
        .join(Mentorship, Mentorship.mentor_id == Mentor.id)
        .where(
            Mentorship.mentee_id == mentee_id,
            scope.limit(Mentorship.mentee_ward_id),
            Mentorship.ended_on.is_(None),
        )
    )
    return db.session.scalar(statement)


def _of_people(scope: WardScope, day: date) -> Select[*tuple[Any, ...]]:
    """Each mentee spell once, by its latest hand-on, with the mentor of the day."""
    teacher, later = aliased(Person), aliased(Handoff)
    is_superseded = (
        select(later.id).where(later.mentee_id == Handoff.mentee_id, later.id > Handoff.id).exists()
    )
    is_present = and_(Mentorship.mentee_id == Mentee.id, Mentorship.is_open_on(day))
    statement: Select[*tuple[Any, ...]] = (
        select(
            Mentee.id,
            Person.full_name,
            Person.birth_year,
            Person.phone,
            Ward.name,
            Handoff.handed_on,
            _state(day),
            _since(day),
            teacher.full_name,
            EndReason.label,
        )
        .select_from(Handoff)
        .join(Mentee, Mentee.id == Handoff.mentee_id)
        .join(Person, Person.id == Mentee.person_id)
        .join(Ward, Ward.id == Handoff.ward_id)
        .outerjoin(EndReason, EndReason.id == Mentee.end_reason_id)
        .outerjoin(Mentorship, is_present)
        .outerjoin(Mentor, Mentor.id == Mentorship.mentor_id)
        .outerjoin(teacher, teacher.id == Mentor.person_id)
        .where(scope.limit(Handoff.ward_id), ~is_superseded)
    )
    return statement


def _rows(statement: Select[*tuple[Any, ...]]) -> list[HandoffRow]:
    rows = [HandoffRow._make(row) for row in db.session.execute(statement)]
    return [row._replace(state=HandoffState(row.state)) for row in rows]


def _is_settled(day: date) -> ColumnElement[bool]:
    return or_(_has_ended(day), Mentorship.id.is_not(None))


def _has_ended(day: date) -> ColumnElement[bool]:
    # Said in full, since the opposite is asked for, too.
    return and_(Mentee.ended_on.is_not(None), Mentee.ended_on <= day)


def _state(day: date) -> ColumnElement[str]:
    return case(
        (and_(_has_ended(day), EndReason.is_completion), HandoffState.COMPLETED),
        (_has_ended(day), HandoffState.LEFT),
        (Mentorship.id.is_not(None), HandoffState.PAIRED),
        else_=HandoffState.WAITING,
    )


def _since(day: date) -> ColumnElement[date]:
    return case(
        (_has_ended(day), Mentee.ended_on),
        (Mentorship.id.is_not(None), Mentorship.started_on),
        else_=Handoff.handed_on,
    )


def _dated(row: HandoffRow, waiting_since: date | None) -> HandoffRow:
    """Tell a waiting person's own clock; who is paused does not wait."""
    if waiting_since is None:
        return row._replace(state=HandoffState.PAUSED)
    return row._replace(since=waiting_since)
