"""Whom a mentor has guided and who has guided a mentee, with the last contact and the meetings."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.access.scope import WardScope
from app.queries.across_wards import Particulars, disclose
from app.queries.standings import last_contacts_of_pairings
from models import (
    Attendance,
    Contact,
    EndReason,
    Mentee,
    Mentor,
    Mentorship,
    Person,
    Ward,
    db,
)
from models.enums import PersonRole

MEETINGS_SHOWN = 10


class PairingLine(NamedTuple):
    """A pairing seen from one side: who stands on the other.

    `other_id` is the id of the other's spell; its page can be opened where `is_other_in_scope`.
    Elsewhere the birth year is None and the phone masked.
    """

    id: int
    other_id: int
    full_name: str
    birth_year: int | None
    phone: str | None
    ward_id: int
    ward_name: str
    started_on: date
    ended_on: date | None
    end_reason: str | None
    is_open: bool
    is_other_in_scope: bool
    last_contact_on: date | None


class Meeting(NamedTuple):
    """A contact: how many mentees attended, or, for a mentee, with whom it was."""

    service_date: date
    attended: int
    mentor_name: str
    note: str | None


class OpenPair(NamedTuple):
    """Who learns with whom."""

    id: int
    mentee: str
    mentor: str


def list_open_pairs(scope: WardScope, role: PersonRole, ids: Collection[int]) -> list[OpenPair]:
    """Return the open pairings of mentor or mentee spells of the scope, by the mentees' names."""
    if role is PersonRole.SUPPORT_POST:
        return []
    is_teacher = role is PersonRole.MENTOR
    side = Mentorship.mentor_id if is_teacher else Mentorship.mentee_id
    ward = Mentorship.mentor_ward_id if is_teacher else Mentorship.mentee_ward_id
    learner, teacher = aliased(Person), aliased(Person)
    statement = (
        select(Mentorship.id, learner.full_name, teacher.full_name)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(learner, learner.id == Mentee.person_id)
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(teacher, teacher.id == Mentor.person_id)
        .where(side.in_(ids), scope.limit(ward), Mentorship.ended_on.is_(None))
        .order_by(learner.sort_key, Mentorship.id)
    )
    return [OpenPair(*row) for row in db.session.execute(statement)]


def list_pairings_of_mentor(scope: WardScope, mentor_id: int, day: date) -> list[PairingLine]:
    """Return the mentees of a mentor of the scope: open pairings first, then the latest ended."""
    statement = _pairings(Mentorship.mentee_id, Mentee.ward_id).where(
        Mentorship.mentor_id == mentor_id, scope.limit(Mentorship.mentor_ward_id)
    )
    statement = statement.join(Mentee, Mentee.id == Mentorship.mentee_id).join(
        Person, Person.id == Mentee.person_id
    )
    return _lines(scope, statement.join(Ward, Ward.id == Mentee.ward_id), day)


def list_pairings_of_mentee(scope: WardScope, mentee_id: int, day: date) -> list[PairingLine]:
    """Return the mentors of a mentee of the scope: the present one first, then the latest."""
    statement = _pairings(Mentorship.mentor_id, Mentor.ward_id).where(
        Mentorship.mentee_id == mentee_id, scope.limit(Mentorship.mentee_ward_id)
    )
    statement = statement.join(Mentor, Mentor.id == Mentorship.mentor_id).join(
        Person, Person.id == Mentor.person_id
    )
    return _lines(scope, statement.join(Ward, Ward.id == Mentor.ward_id), day)


def list_meetings_of_mentor(scope: WardScope, mentor_id: int) -> list[Meeting]:
    """Return the latest contacts of a mentor of the scope."""
    return _meetings(scope.limit(Mentor.ward_id), Contact.mentor_id == mentor_id)


def list_meetings_of_mentee(scope: WardScope, mentee_id: int) -> list[Meeting]:
    """Return the latest contacts that a mentee of the scope attended."""
    attended = (
        select(Attendance.contact_id)
        .join(Mentorship, Mentorship.id == Attendance.mentorship_id)
        .where(Mentorship.mentee_id == mentee_id, scope.limit(Mentorship.mentee_ward_id))
    )
    return _meetings(Contact.id.in_(attended))


def _pairings(
    other_id: InstrumentedAttribute[int], other_ward: InstrumentedAttribute[int]
) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Mentorship.id,
            other_id,
            Person.full_name,
            Person.birth_year,
            Person.phone,
            other_ward,
            Ward.name,
            Mentorship.started_on,
            Mentorship.ended_on,
            EndReason.label,
        )
        .select_from(Mentorship)
        .outerjoin(EndReason, EndReason.id == Mentorship.end_reason_id)
    )


def _lines(scope: WardScope, statement: Select[*tuple[Any, ...]], day: date) -> list[PairingLine]:
    rows = db.session.execute(statement.order_by(Person.sort_key, Mentorship.id)).all()
    contacts = last_contacts_of_pairings(scope, [row.id for row in rows], day)
    lines = [
        _disclosed(
            scope,
            PairingLine._make(
                [
                    *row,
                    row.started_on <= day and (row.ended_on is None or row.ended_on > day),
                    scope.includes(row.ward_id),
                    contacts.get(row.id),
                ]
            ),
        )
        for row in rows
    ]
    ended = [line for line in lines if not line.is_open]
    ended.sort(key=lambda line: line.ended_on or line.started_on, reverse=True)
    return [line for line in lines if line.is_open] + ended


def _disclosed(scope: WardScope, line: PairingLine) -> PairingLine:
    known = Particulars(birth_year=line.birth_year, phone=line.phone)
    seen = disclose(scope, line.ward_id, known)
    return line._replace(birth_year=seen.birth_year, phone=seen.phone)


def _meetings(*conditions: ColumnElement[bool]) -> list[Meeting]:
    statement = (
        select(
            Contact.service_date,
            func.count(Attendance.id),
            Person.full_name,
            Contact.note,
        )
        .join(Mentor, Mentor.id == Contact.mentor_id)
        .join(Person, Person.id == Mentor.person_id)
        .outerjoin(Attendance, Attendance.contact_id == Contact.id)
        .where(*conditions)
        .group_by(Contact.id, Contact.service_date, Person.full_name, Contact.note)
        .order_by(Contact.service_date.desc(), Contact.id.desc())
        .limit(MEETINGS_SHOWN)
    )
    return [Meeting(*row) for row in db.session.execute(statement)]
