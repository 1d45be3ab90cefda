"""Mentorships: the rows that pairing and parting work on, and how the pages show them."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.across_wards import Particulars, disclose
from models import (
    Attendance,
    Contact,
    EndReason,
    Mentee,
    Mentor,
    Mentorship,
    Pause,
    Person,
    Ward,
    db,
)


class PairCard(NamedTuple):
    """A mentorship as its page shows it; `mentor_open` counts the mentor's open mentorships.

    Of a mentee of a ward outside the scope (`is_mentee_in_scope` False) the birth year is None, and
    there is no page.
    """

    id: int
    mentor_id: int
    mentor: str
    mentor_ward: str
    mentee_id: int
    mentee: str
    mentee_birth_year: int | None
    mentee_ward: str
    started_on: date
    ended_on: date | None
    end_reason: str | None
    mentor_open: int
    last_contact_on: date | None
    is_mentee_in_scope: bool


class NewPairs(NamedTuple):
    """What one pairing made: the mentor and the names of the mentees."""

    mentor_id: int
    mentor: str
    ward_id: int
    mentees: tuple[str, ...]


class ReasonChoice(NamedTuple):
    id: int
    label: str
    is_completion: bool


class Conflict(NamedTuple):
    """A mentorship that stands in the way of a new one."""

    mentee: str
    mentor: str
    ended_on: date | None


def lock_mentor(scope: WardScope, mentor_id: int) -> Mentor:
    """Return a mentor for writing, locked until the transaction ends; 404 outside the scope."""
    statement = (
        select(Mentor)
        .where(Mentor.id == mentor_id, scope.limit(Mentor.ward_id))
        .options(joinedload(Mentor.person))
        .with_for_update(of=Mentor)
    )
    mentor = db.session.scalar(statement)
    if mentor is None:
        raise OutOfScopeError(Mentor, mentor_id)
    return mentor


def load_mentees(scope: WardScope, mentee_ids: Collection[int]) -> list[Mentee]:
    """Return mentees for writing, in order of id; 404 if one is outside the scope."""
    wanted = set(mentee_ids)
    statement = (
        select(Mentee)
        .where(Mentee.id.in_(wanted), scope.limit(Mentee.ward_id))
        .options(joinedload(Mentee.person))
        .order_by(Mentee.id)
    )
    mentees = list(db.session.scalars(statement))
    if len(mentees) != len(wanted):
        raise OutOfScopeError(Mentee, sorted(wanted))
    return mentees


def get_mentorship(scope: WardScope, mentorship_id: int) -> Mentorship:
    """Return a mentorship for writing; only the mentor's ward may, for others it is a 404."""
    statement = select(Mentorship).where(
        Mentorship.id == mentorship_id, scope.limit(Mentorship.mentor_ward_id)
    )
    mentorship = db.session.scalar(statement)
    if mentorship is None:
        raise OutOfScopeError(Mentorship, mentorship_id)
    return mentorship


def get_end_reason(scope: WardScope, reason_id: int) -> EndReason:
    """Return a reason for which a mentorship may end; the catalogue is the same in every scope."""
    del scope
    statement = select(EndReason).where(EndReason.id == reason_id, EndReason.for_mentorship)
    reason = db.session.scalar(statement)
    if reason is None:
        raise OutOfScopeError(EndReason, reason_id)
    return reason


def list_end_reasons(scope: WardScope) -> list[ReasonChoice]:
    """Return the reasons for which a mentorship may end; the same in every scope."""
    del scope
    statement = (
        select(EndReason.id, EndReason.label, EndReason.is_completion)
        .where(EndReason.is_active, EndReason.for_mentorship)
        .order_by(EndReason.position, EndReason.id)
    )
    return [ReasonChoice(*row) for row in db.session.execute(statement)]


def list_conflicts(scope: WardScope, mentee_ids: Collection[int], day: date) -> dict[int, Conflict]:
    """Return, by mentee, a mentorship of the scope that has not ended by a day; open ones first."""
    learner, teacher = aliased(Person), aliased(Person)
    statement = (
        select(Mentorship.mentee_id, learner.full_name, teacher.full_name, Mentorship.ended_on)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(learner, learner.id == Mentee.person_id)
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(teacher, teacher.id == Mentor.person_id)
        .where(
            scope.limit(Mentorship.mentee_ward_id),
            Mentorship.mentee_id.in_(mentee_ids),
            or_(Mentorship.ended_on.is_(None), Mentorship.ended_on > day),
        )
        .order_by(Mentorship.ended_on.is_(None), Mentorship.id.desc())
    )
    return {row[0]: Conflict(*row[1:]) for row in db.session.execute(statement)}


class Absences(NamedTuple):
    """Until when people are away: a mentor, and mentees by id."""

    mentor: date | None
    mentees: dict[int, date]


def list_absences(
    scope: WardScope, mentor_id: int, mentee_ids: Collection[int], day: date
) -> Absences:
    """Return who of a mentor and some mentees of the scope is away on a day, and until when."""
    statement = (
        select(Pause.mentee_id, Pause.ended_on)
        .outerjoin(Mentor, Mentor.id == Pause.mentor_id)
        .outerjoin(Mentee, Mentee.id == Pause.mentee_id)
        .where(
            or_(
                (Pause.mentor_id == mentor_id) & scope.limit(Mentor.ward_id),
                Pause.mentee_id.in_(mentee_ids) & scope.limit(Mentee.ward_id),
            ),
            Pause.started_on <= day,
            Pause.ended_on > day,
        )
    )
    mentor, mentees = None, {}
    for mentee_id, until in db.session.execute(statement):
        if mentee_id is None:
            mentor = until
        else:
            mentees[mentee_id] = until
    return Absences(mentor, mentees)


def last_contact_day(scope: WardScope, mentorship_id: int) -> date | None:
    """Return the latest day on which the two of a mentorship met, or None."""
    return db.session.scalar(
        select(func.max(Contact.service_date))
        .join(Attendance, Attendance.contact_id == Contact.id)
        .where(Attendance.mentorship_id == mentorship_id, scope.limit(Contact.ward_id))
    )


def get_pair_card(scope: WardScope, mentorship_id: int, day: date) -> PairCard:
    """Return a mentorship that the scope may end, as its page shows it; else 404."""
    teacher, learner = aliased(Person), aliased(Person)
    teaching, learning = aliased(Ward), aliased(Ward)
    other = aliased(Mentorship)
    open_count = (
        select(func.count())
        .select_from(other)
        .where(other.mentor_id == Mentorship.mentor_id, other.is_open_on(day))
        .scalar_subquery()
    )
    statement = (
        select(
            Mentorship.id,
            Mentorship.mentor_id,
            teacher.full_name,
            teaching.name,
            Mentorship.mentee_id,
            learner.full_name,
            learner.birth_year,
            learning.name,
            Mentorship.started_on,
            Mentorship.ended_on,
            EndReason.label,
            open_count,
            Mentorship.mentee_ward_id,
        )
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(teacher, teacher.id == Mentor.person_id)
        .join(teaching, teaching.id == Mentorship.mentor_ward_id)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(learner, learner.id == Mentee.person_id)
        .join(learning, learning.id == Mentorship.mentee_ward_id)
        .outerjoin(EndReason, EndReason.id == Mentorship.end_reason_id)
        .where(Mentorship.id == mentorship_id, scope.limit(Mentorship.mentor_ward_id))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(Mentorship, mentorship_id)
    *facts, mentee_ward_id = row
    is_in_scope = scope.includes(mentee_ward_id)
    card = PairCard._make((*facts, last_contact_day(scope, mentorship_id), is_in_scope))
    known = disclose(scope, mentee_ward_id, Particulars(card.mentee_birth_year))
    return card._replace(mentee_birth_year=known.birth_year)


def get_new_pairs(scope: WardScope, batch_id: int) -> NewPairs | None:
    """Return what a pairing made; None once it was taken back."""
    teacher, learner = aliased(Person), aliased(Person)
    statement = (
        select(
            Mentorship.mentor_id, teacher.full_name, Mentorship.mentor_ward_id, learner.full_name
        )
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(teacher, teacher.id == Mentor.person_id)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(learner, learner.id == Mentee.person_id)
        .where(Mentorship.batch_id == batch_id, scope.limit(Mentorship.mentor_ward_id))
        .order_by(learner.sort_key, Mentorship.id)
    )
    rows = db.session.execute(statement).all()
    if not rows:
        return None
    return NewPairs(*rows[0][:3], mentees=tuple(row[3] for row in rows))
