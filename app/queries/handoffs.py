"""What became of those who were handed on from the desk."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from app.access.scope import WardScope
from app.queries.hand_on_outcomes import HandoffState, outcomes
from app.queries.settings import get_settings
from app.queries.standings import mentee_standings
from models import EndReason, Handoff, HelpSession, Mentee, Mentor, Mentorship, Person, Ward, db
from models.enums import FollowUpAnswer

Rows = Select[*tuple[Any, ...]]
Told = ReadOnlyColumnCollection[str, ColumnElement[Any]]

WITHOUT_MENTOR = (HandoffState.WAITING, HandoffState.PAUSED)


class HandoffRow(NamedTuple):
    """A person handed on; `since` is the day from which the state holds.

    `phone` is E.164 and to be masked; `mentor` is a name, of an open mentorship only, and None
    where neither side of the pair is in the scope; `mentor_ward` is named where it is another one.
    `is_here` says whether the person still learns in the scope.
    """

    mentee_id: int
    full_name: str
    birth_year: int | None
    phone: str | None
    ward_name: str
    handed_on: date
    state: HandoffState
    since: date
    met_on: date | None
    answer: FollowUpAnswer | None
    mentor: str | None
    mentor_ward: str | None
    end_reason: str | None
    is_here: bool


class Chosen(NamedTuple):
    """The hand-ons that are wanted: by the day of their session, the state, and whether met.

    None is any; `answers` are those given when somebody called, `states` where people stand.
    """

    first_day: date
    last_day: date
    states: tuple[HandoffState, ...] = tuple(HandoffState)
    has_met: bool | None = None
    answers: tuple[FollowUpAnswer, ...] | None = None


def list_waiting(scope: WardScope, day: date, *, at_most: int) -> list[HandoffRow]:
    """Return those who still have no mentor on a day, the longest wait first, the paused last."""
    people, told = _each_once(scope, day)
    waiting = people.where(told.state.in_(WITHOUT_MENTOR))
    statement = waiting.order_by(told.handed_on, told.handoff_id).limit(at_most)
    return _by_wait(scope, _rows(scope, statement), day)


def list_settled(scope: WardScope, day: date, *, offset: int, size: int) -> list[HandoffRow]:
    """Return those who got a mentor or ended, the latest change first; one part of the list."""
    people, told = _each_once(scope, day)
    settled = people.where(told.state.not_in(WITHOUT_MENTOR))
    statement = settled.order_by(told.since.desc(), told.handoff_id.desc())
    return _rows(scope, statement.offset(offset).limit(size))


def count_settled(scope: WardScope, day: date) -> int:
    """Return how many of those handed on got a mentor or ended."""
    people, told = _each_once(scope, day)
    return _count(people.where(told.state.not_in(WITHOUT_MENTOR)))


def list_chosen(
    scope: WardScope, day: date, chosen: Chosen, *, offset: int, size: int
) -> list[HandoffRow]:
    """Return one part of the hand-ons that are wanted, the latest first; each session once."""
    hand_ons, told = _chosen(scope, day, chosen)
    statement = hand_ons.order_by(told.handed_on.desc(), told.handoff_id.desc())
    return _rows(scope, statement.offset(offset).limit(size))


def count_chosen(scope: WardScope, day: date, chosen: Chosen) -> int:
    """Return how many hand-ons `list_chosen` tells of."""
    return _count(_chosen(scope, day, chosen)[0])


def find_open_mentee(scope: WardScope, person_id: int) -> Mentee | None:
    """Return the spell as mentee in the scope that a person has not ended, for writing."""
    return db.session.scalar(
        select(Mentee).where(
            Mentee.person_id == person_id, scope.limit(Mentee.ward_id), Mentee.ended_on.is_(None)
        )
    )


def on_the_list_since(scope: WardScope, handoff_id: int) -> date | None:
    """Return since when a person who was handed on had been on the ward's list before, or None."""
    statement = (
        select(Mentee.started_on)
        .join(Handoff, Handoff.mentee_id == Mentee.id)
        .where(Handoff.id == handoff_id, scope.limit(Handoff.ward_id))
        .where(Mentee.batch_id.is_distinct_from(Handoff.batch_id))
    )
    return db.session.scalar(statement)


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


def _each_once(scope: WardScope, day: date) -> tuple[Rows, Told]:
    """Each mentee spell once, by its latest hand-on."""
    later = aliased(Handoff)
    statement, told = _people(scope, day)
    is_superseded = (
        select(later.id)
        .where(later.mentee_id == told.handed_on_id, later.id > told.handoff_id)
        .exists()
    )
    return statement.where(~is_superseded), told


def _chosen(scope: WardScope, day: date, chosen: Chosen) -> tuple[Rows, Told]:
    """Each hand-on that followed a session of the days."""
    statement, told = _people(scope, day)
    conditions = [
        HelpSession.service_date.between(chosen.first_day, chosen.last_day),
        told.state.in_(chosen.states),
    ]
    if chosen.has_met is not None:
        conditions.append(told.met_on.is_not(None) if chosen.has_met else told.met_on.is_(None))
    if chosen.answers is not None:
        conditions.append(told.answer.in_(chosen.answers))
    of_sessions = statement.join(HelpSession, HelpSession.id == told.help_session_id)
    return of_sessions.where(*conditions), told


def _people(scope: WardScope, day: date) -> tuple[Rows, Told]:
    """The hand-ons with names, as far as the scope reaches."""
    told = outcomes(scope, day)
    teacher, elsewhere = aliased(Person), aliased(Ward)
    is_known = or_(scope.limit(Mentor.ward_id), scope.limit(Mentee.ward_id))
    is_of_other_ward = and_(is_known, Mentor.ward_id != told.c.ward_id)
    statement: Rows = (
        select(
            told.c.mentee_id,
            Person.full_name,
            Person.birth_year,
            Person.phone,
            Ward.name,
            told.c.handed_on,
            told.c.state,
            told.c.since,
            told.c.met_on,
            told.c.answer,
            case((is_known, teacher.full_name)),
            case((is_of_other_ward, elsewhere.name)),
            EndReason.label,
            Mentee.ward_id,
        )
        .select_from(told)
        .join(Mentee, Mentee.id == told.c.mentee_id)
        .join(Person, Person.id == Mentee.person_id)
        .join(Ward, Ward.id == told.c.ward_id)
        .outerjoin(EndReason, EndReason.id == Mentee.end_reason_id)
        .outerjoin(Mentorship, Mentorship.id == told.c.mentorship_id)
        .outerjoin(Mentor, Mentor.id == Mentorship.mentor_id)
        .outerjoin(teacher, teacher.id == Mentor.person_id)
        .outerjoin(elsewhere, elsewhere.id == Mentor.ward_id)
    )
    return statement, told.c


def _rows(scope: WardScope, statement: Rows) -> list[HandoffRow]:
    rows = [HandoffRow._make(row) for row in db.session.execute(statement)]
    return [
        row._replace(state=HandoffState(row.state), is_here=scope.includes(row.is_here))
        for row in rows
    ]


def _count(statement: Rows) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def _by_wait(scope: WardScope, rows: list[HandoffRow], day: date) -> list[HandoffRow]:
    """Tell each waiting person's own clock, where the spell is in the scope; sort by it."""
    standings = mentee_standings(scope, [row.mentee_id for row in rows], day, get_settings(day))
    since = {id_: standing.waiting_since for id_, standing in standings.items()}
    dated = [row._replace(since=since.get(row.mentee_id) or row.since) for row in rows]
    return sorted(dated, key=lambda row: (row.state is HandoffState.PAUSED, row.since))
