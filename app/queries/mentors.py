"""Mentors: the list with its filters, one mentor's page, and the row to write to."""

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, not_, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.kept_standings import count_open, kept_mentor_standings, mentors_today
from app.queries.kept_statements import kept_statement, read_rows
from app.queries.people_filter import (
    FoundSpells,
    PeopleFilter,
    Window,
    find_spells,
    in_order_of_names,
    select_spells,
)
from app.queries.settings import SiteSettings
from app.queries.standings import last_contacts, mentor_standings
from graphs.standing import MentorStanding
from models import EndReason, Hamlet, Mentor, MentorCapacity, Pause, Person, Ward, db


class MentorState(StrEnum):
    """Which mentors a list shows; the value stands in the address. Without one: all open spells."""

    WORKING = "dang-kem"
    BELOW_FLOOR = "duoi-muc"
    OVER_CAPACITY = "qua-tai"
    HAS_ROOM = "con-cho"
    PAUSED = "tam-nghi"
    ENDED = "da-thoi"


class MentorLine(NamedTuple):
    """One line of the list; the figures are None once the spell has ended."""

    id: int
    full_name: str
    birth_year: int | None
    phone: str | None
    hamlet: str | None
    ward_name: str
    started_on: date
    ended_on: date | None
    is_paused: bool
    guided: int | None
    open_mentorships: int | None
    capacity: int | None
    last_contact_on: date | None


class MentorList(NamedTuple):
    """A window of a list; `has_more` says that words found `total` or more."""

    lines: tuple[MentorLine, ...]
    total: int
    has_more: bool


class MentorDetail(NamedTuple):
    """A mentor spell as its page shows it.

    `own_capacity` is None where the usual one holds; `standing` is None once the spell has ended.
    """

    id: int
    person_id: int
    ward_id: int
    ward_name: str
    started_on: date
    ended_on: date | None
    end_reason: str | None
    paused_until: date | None
    own_capacity: int | None
    standing: MentorStanding | None
    last_contact_on: date | None


def list_mentors(
    scope: WardScope, chosen: PeopleFilter, window: Window, day: date, settings: SiteSettings
) -> MentorList:
    """Return a window of the mentors as of a day, by given name, and how many there are.

    A fixed number of statements, whatever the window.
    """
    is_in_state = _is_in_state(chosen.state, day)
    if chosen.state in _JUDGED:
        # Only `graphs` knows what guided means: let it judge all candidates, then cut.
        candidates = select_spells(scope, Mentor, chosen, is_in_state)
        judged = kept_mentor_standings(scope, day)
        if judged is None:
            judged = mentor_standings(scope, candidates, day, settings)
        kept = [
            mentor_id
            for mentor_id in db.session.scalars(in_order_of_names(candidates, Mentor))
            if mentor_id in judged and _is_wanted(judged[mentor_id], chosen.state, settings.floor)
        ]
        offset = window.offset(len(kept))
        found = FoundSpells(kept[offset : offset + window.size], len(kept), has_more=False)
    else:
        spells = None if chosen.words or chosen.state else count_open(scope, day, chosen.ward_code)
        if spells is not None:
            window = window._replace(known_total=spells.mentors)
        found = find_spells(scope, Mentor, chosen, is_in_state, window)
    return MentorList(_lines(scope, found.ids, day, settings), found.total, found.has_more)


def get_mentor(scope: WardScope, mentor_id: int) -> Mentor:
    """Return a mentor spell for writing, locked until the transaction ends; 404 outside."""
    mentor = db.session.scalar(
        select(Mentor).where(Mentor.id == mentor_id, scope.limit(Mentor.ward_id)).with_for_update()
    )
    if mentor is None:
        raise OutOfScopeError(Mentor, mentor_id)
    return mentor


def get_mentor_detail(
    scope: WardScope, mentor_id: int, day: date, settings: SiteSettings
) -> MentorDetail:
    """Return a mentor spell as its page shows it as of a day; 404 outside the scope."""
    statement = (
        select(
            Mentor.id,
            Mentor.person_id,
            Mentor.ward_id,
            Ward.name,
            Mentor.started_on,
            Mentor.ended_on,
            EndReason.label,
            _paused_until(day),
            _own_capacity(day),
        )
        .join(Ward, Ward.id == Mentor.ward_id)
        .outerjoin(EndReason, EndReason.id == Mentor.end_reason_id)
        .where(Mentor.id == mentor_id, scope.limit(Mentor.ward_id))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(Mentor, mentor_id)
    standings = mentor_standings(scope, [mentor_id], day, settings)
    contacts = last_contacts(scope, [mentor_id], day)
    return MentorDetail._make([*row, standings.get(mentor_id), contacts.get(mentor_id)])


_JUDGED = {MentorState.BELOW_FLOOR, MentorState.OVER_CAPACITY, MentorState.HAS_ROOM}


@kept_statement
def _is_in_state(state: str, day: date) -> ColumnElement[bool]:
    is_open: ColumnElement[bool] = Mentor.is_open_on(day)
    is_paused = _is_paused(day)
    conditions: dict[str, ColumnElement[bool]] = {
        MentorState.WORKING: and_(is_open, not_(is_paused)),
        MentorState.PAUSED: and_(is_open, is_paused),
        MentorState.ENDED: Mentor.ended_on <= day,
    }
    return conditions.get(state, is_open)


def _is_wanted(standing: MentorStanding, state: str, floor: int) -> bool:
    if standing.is_paused:
        return False
    if state == MentorState.BELOW_FLOOR:
        return standing.guided < floor
    if state == MentorState.OVER_CAPACITY:
        return standing.open_mentorships > standing.row.capacity
    return standing.spare > 0


def _is_paused(day: date) -> ColumnElement[bool]:
    return exists().where(
        Pause.mentor_id == Mentor.id,
        Pause.started_on <= day,
        Pause.ended_on > day,
        Pause.deleted_at.is_(None),
    )


def _paused_until(day: date) -> ColumnElement[Any]:
    return (
        select(func.max(Pause.ended_on))
        .where(Pause.mentor_id == Mentor.id, Pause.started_on <= day, Pause.ended_on > day)
        .where(Pause.deleted_at.is_(None))
        .correlate(Mentor)
        .scalar_subquery()
    )


def _own_capacity(day: date) -> ColumnElement[Any]:
    return (
        select(MentorCapacity.capacity)
        .where(
            MentorCapacity.mentor_id == Mentor.id,
            MentorCapacity.effective_on <= day,
            MentorCapacity.deleted_at.is_(None),
        )
        .order_by(MentorCapacity.effective_on.desc(), MentorCapacity.id.desc())
        .limit(1)
        .correlate(Mentor)
        .scalar_subquery()
    )


def _lines(
    scope: WardScope, ids: list[int], day: date, settings: SiteSettings
) -> tuple[MentorLine, ...]:
    standings = mentors_today(scope, ids, day)
    if standings is None:
        standings = mentor_standings(scope, ids, day, settings)
    contacts = last_contacts(scope, ids, day)
    lines = []
    for row in read_rows(_line_statement(day), ids=ids):
        standing = standings.get(row.id)
        figures = (
            (standing.guided, standing.open_mentorships, standing.row.capacity)
            if standing
            else (None, None, None)
        )
        lines.append(MentorLine._make([*row, *figures, contacts.get(row.id)]))
    return tuple(lines)


@kept_statement
def _line_statement(day: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Mentor.id,
            Person.full_name,
            Person.birth_year,
            Person.phone,
            Hamlet.name,
            Ward.name,
            Mentor.started_on,
            Mentor.ended_on,
            _is_paused(day),
        )
        .join(Person, Person.id == Mentor.person_id)
        .join(Ward, Ward.id == Mentor.ward_id)
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .where(Mentor.id.in_(bindparam("ids", expanding=True)))
        .order_by(Person.sort_key, Mentor.id)
    )
