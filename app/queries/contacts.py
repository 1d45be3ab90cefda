"""Contacts: who could attend on a day, who was met when, and which mentors are due."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.across_wards import Particulars, disclose
from models import (
    Attendance,
    Contact,
    Hamlet,
    Mentee,
    Mentor,
    Mentorship,
    Pause,
    Person,
    Ward,
    db,
)

MOST_RECENT = 5


class Away(NamedTuple):
    """A mentor's pause: the day of return, and who stands in."""

    until: date
    substitute: str | None


class MentorCard(NamedTuple):
    """A mentor as the contact form names them."""

    id: int
    full_name: str
    ward_id: int
    ward_name: str
    away: Away | None


class Attendee(NamedTuple):
    """A mentorship that is valid on a day, by its mentee.

    Of a mentee outside the scope there are neither birth year nor hamlet, and the phone is masked.
    """

    id: int
    full_name: str
    birth_year: int | None
    hamlet: str | None
    phone: str | None
    ward_name: str
    is_in_scope: bool
    last_contact_on: date | None


class RecordedContact(NamedTuple):
    id: int
    service_date: date
    attendees: int
    note: str | None


class MentorRound(NamedTuple):
    """A mentor with the number of mentees now guided and the day of the last contact."""

    id: int
    full_name: str
    birth_year: int | None
    hamlet: str | None
    phone: str | None
    open_mentorships: int
    last_contact_on: date | None
    away: Away | None


def get_mentor_card(scope: WardScope, mentor_id: int, day: date) -> MentorCard:
    """Return a mentor of the scope, with the pause that a day falls into; else 404."""
    statement = (
        select(Mentor.id, Person.full_name, Mentor.ward_id, Ward.name)
        .join(Person, Person.id == Mentor.person_id)
        .join(Ward, Ward.id == Mentor.ward_id)
        .where(Mentor.id == mentor_id, scope.limit(Mentor.ward_id))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(Mentor, mentor_id)
    return MentorCard(*row, away=_away([mentor_id], day).get(mentor_id))


def valid_mentorship_ids(
    scope: WardScope, mentor_id: int, day: date, *, with_last_day: bool = True
) -> set[int]:
    """Return the mentorships of a mentor that a contact of a day may name.

    A contact may fall on the very day on which a mentorship ends; `with_last_day=False` leaves
    those out.
    """
    is_valid = _is_valid_on(day) if with_last_day else Mentorship.is_open_on(day)
    statement = select(Mentorship.id).where(
        Mentorship.mentor_id == mentor_id, scope.limit(Mentorship.mentor_ward_id), is_valid
    )
    return set(db.session.scalars(statement))


def list_attendees(scope: WardScope, mentor_id: int, day: date) -> list[Attendee]:
    """Return who could attend a contact of a mentor on a day, in Vietnamese order."""
    last = (
        select(Attendance.mentorship_id, func.max(Contact.service_date).label("day"))
        .join(Contact, Contact.id == Attendance.contact_id)
        .where(Contact.mentor_id == mentor_id)
        .group_by(Attendance.mentorship_id)
        .subquery()
    )
    statement = (
        select(
            Mentorship.id,
            Person.full_name,
            Person.birth_year,
            Hamlet.name,
            Person.phone,
            Mentorship.mentee_ward_id,
            Ward.name,
            last.c.day,
        )
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(Person, Person.id == Mentee.person_id)
        .join(Ward, Ward.id == Mentorship.mentee_ward_id)
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .outerjoin(last, last.c.mentorship_id == Mentorship.id)
        .where(
            Mentorship.mentor_id == mentor_id,
            scope.limit(Mentorship.mentor_ward_id),
            _is_valid_on(day),
        )
        .order_by(Person.sort_key, Mentorship.id)
    )
    rows = db.session.execute(statement).all()
    return [
        Attendee(
            pair_id,
            full_name,
            *disclose(scope, ward_id, Particulars(*particulars)),
            ward_name,
            scope.includes(ward_id),
            met_on,
        )
        for pair_id, full_name, *particulars, ward_id, ward_name, met_on in rows
    ]


def attendances_of_day(scope: WardScope, mentor_id: int, day: date) -> dict[int, set[int]]:
    """Return the contacts of a mentor on a day, with the mentorships that attended each."""
    statement = (
        select(Contact.id, Attendance.mentorship_id)
        .join(Attendance, Attendance.contact_id == Contact.id)
        .where(
            Contact.mentor_id == mentor_id,
            Contact.service_date == day,
            scope.limit(Contact.ward_id),
        )
    )
    met: dict[int, set[int]] = defaultdict(set)
    for contact_id, mentorship_id in db.session.execute(statement):
        met[contact_id].add(mentorship_id)
    return met


def list_recent_contacts(scope: WardScope, mentor_id: int) -> list[RecordedContact]:
    """Return the latest contacts of a mentor."""
    statement = (
        select(Contact.id, Contact.service_date, func.count(Attendance.id), Contact.note)
        .join(Attendance, Attendance.contact_id == Contact.id)
        .where(Contact.mentor_id == mentor_id, scope.limit(Contact.ward_id))
        .group_by(Contact.id, Contact.service_date, Contact.note)
        .order_by(Contact.service_date.desc(), Contact.id.desc())
        .limit(MOST_RECENT)
    )
    return [RecordedContact(*row) for row in db.session.execute(statement)]


def list_mentor_rounds(scope: WardScope, day: date) -> list[MentorRound]:
    """Return the mentors of the scope who guide somebody, longest without a contact first."""
    load = (
        select(Mentorship.mentor_id, func.count().label("load"))
        .where(scope.limit(Mentorship.mentor_ward_id), Mentorship.is_open_on(day))
        .group_by(Mentorship.mentor_id)
        .subquery()
    )
    last = (
        select(Contact.mentor_id, func.max(Contact.service_date).label("day"))
        .where(scope.limit(Contact.ward_id), Contact.service_date <= day)
        .group_by(Contact.mentor_id)
        .subquery()
    )
    statement = (
        select(
            Mentor.id,
            Person.full_name,
            Person.birth_year,
            Hamlet.name,
            Person.phone,
            load.c.load,
            last.c.day,
        )
        .join(load, load.c.mentor_id == Mentor.id)
        .join(Person, Person.id == Mentor.person_id)
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .outerjoin(last, last.c.mentor_id == Mentor.id)
        .where(scope.limit(Mentor.ward_id), Mentor.is_open_on(day))
        .order_by(last.c.day.is_not(None), last.c.day, Person.sort_key, Mentor.id)
    )
    rows = db.session.execute(statement).all()
    away = _away([row[0] for row in rows], day)
    return [MentorRound._make((*row, away.get(row[0]))) for row in rows]


def _is_valid_on(day: date) -> ColumnElement[bool]:
    return and_(
        Mentorship.started_on <= day,
        or_(Mentorship.ended_on.is_(None), Mentorship.ended_on >= day),
    )


def _away(mentor_ids: Collection[int], day: date) -> dict[int, Away]:
    substitute = aliased(Person)
    statement = (
        select(Pause.mentor_id, Pause.ended_on, substitute.full_name)
        .outerjoin(substitute, substitute.id == Pause.substitute_person_id)
        .where(Pause.mentor_id.in_(mentor_ids), Pause.started_on <= day, Pause.ended_on > day)
        .order_by(Pause.ended_on, Pause.id)
    )
    return {
        mentor_id: Away(until, name)
        for mentor_id, until, name in db.session.execute(statement)
        if mentor_id is not None
    }
