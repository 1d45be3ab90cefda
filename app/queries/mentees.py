"""Mentees: the list with its filters, one mentee's page, and the row to write to."""

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, not_, or_, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.kept_standings import count_open, waiting_today
from app.queries.kept_statements import kept_statement, read_rows
from app.queries.people_filter import PeopleFilter, Window, count_spells, find_spells
from app.queries.settings import SiteSettings
from app.queries.standings import mentee_standings
from models import EndReason, Hamlet, Mentee, Mentor, Mentorship, Pause, Person, Ward, db


class MenteeState(StrEnum):
    """Which mentees a list shows; the value stands in the address. Without one: all open spells."""

    WAITING = "cho-mentor"
    LEARNING = "dang-hoc"
    PAUSED = "tam-nghi"
    COMPLETED = "hoan-thanh"
    LEFT = "da-thoi"


class MenteeLine(NamedTuple):
    """One line of the list; `waiting_days` is None for who does not wait."""

    id: int
    full_name: str
    birth_year: int | None
    phone: str | None
    hamlet: str | None
    ward_name: str
    started_on: date
    ended_on: date | None
    end_reason: str | None
    is_paused: bool
    mentor_name: str | None
    waiting_days: int | None


class MenteeList(NamedTuple):
    """A window of a list; `has_more` says that words found `total` or more."""

    lines: tuple[MenteeLine, ...]
    total: int
    has_more: bool


class MenteeDetail(NamedTuple):
    """A mentee spell as its page shows it."""

    id: int
    person_id: int
    ward_id: int
    ward_name: str
    started_on: date
    ended_on: date | None
    end_reason: str | None
    paused_until: date | None
    waiting_since: date | None


def list_mentees(
    scope: WardScope, chosen: PeopleFilter, window: Window, day: date, settings: SiteSettings
) -> MenteeList:
    """Return a window of the mentees as of a day, by given name, and how many there are.

    A fixed number of statements, whatever the window.
    """
    is_in_state = _is_in_state(chosen.state, day)
    spells = None if chosen.words or chosen.state else count_open(scope, day, chosen.ward_code)
    if spells is not None:
        window = window._replace(known_total=spells.mentees)
    found = find_spells(scope, Mentee, chosen, is_in_state, window)
    return MenteeList(_lines(scope, found.ids, day, settings), found.total, found.has_more)


def count_mentees(scope: WardScope, chosen: PeopleFilter, day: date) -> int:
    """Return how many mentees the filter finds as of a day."""
    if chosen == PeopleFilter(state=MenteeState.WAITING):
        spells = count_open(scope, day)
        if spells is not None:
            return spells.waiting
    return count_spells(scope, Mentee, chosen, _is_in_state(chosen.state, day))


def get_mentee(scope: WardScope, mentee_id: int) -> Mentee:
    """Return a mentee spell for writing, locked until the transaction ends; 404 outside."""
    mentee = db.session.scalar(
        select(Mentee).where(Mentee.id == mentee_id, scope.limit(Mentee.ward_id)).with_for_update()
    )
    if mentee is None:
        raise OutOfScopeError(Mentee, mentee_id)
    return mentee


def get_mentee_detail(
    scope: WardScope, mentee_id: int, day: date, settings: SiteSettings
) -> MenteeDetail:
    """Return a mentee spell as its page shows it as of a day; 404 outside the scope."""
    statement = (
        select(
            Mentee.id,
            Mentee.person_id,
            Mentee.ward_id,
            Ward.name,
            Mentee.started_on,
            Mentee.ended_on,
            EndReason.label,
            _paused_until(day),
        )
        .join(Ward, Ward.id == Mentee.ward_id)
        .outerjoin(EndReason, EndReason.id == Mentee.end_reason_id)
        .where(Mentee.id == mentee_id, scope.limit(Mentee.ward_id))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(Mentee, mentee_id)
    standing = mentee_standings(scope, [mentee_id], day, settings).get(mentee_id)
    return MenteeDetail._make([*row, standing.waiting_since if standing else None])


@kept_statement
def _is_in_state(state: str, day: date) -> ColumnElement[bool]:
    is_open: ColumnElement[bool] = Mentee.is_open_on(day)
    is_paused, is_paired = _is_paused(day), _is_paired(day)
    has_ended = Mentee.ended_on <= day
    has_completed = Mentee.end_reason_id.in_(select(EndReason.id).where(EndReason.is_completion))
    conditions: dict[str, ColumnElement[bool]] = {
        MenteeState.WAITING: and_(is_open, not_(is_paused), not_(is_paired)),
        MenteeState.LEARNING: and_(is_open, is_paired),
        MenteeState.PAUSED: and_(is_open, is_paused),
        MenteeState.COMPLETED: and_(has_ended, has_completed),
        MenteeState.LEFT: and_(has_ended, or_(Mentee.end_reason_id.is_(None), not_(has_completed))),
    }
    return conditions.get(state, is_open)


def _is_paired(day: date) -> ColumnElement[bool]:
    return exists().where(
        Mentorship.mentee_id == Mentee.id,
        Mentorship.is_open_on(day),
        Mentorship.deleted_at.is_(None),
    )


def _covers(day: date) -> ColumnElement[bool]:
    return and_(
        Pause.mentee_id == Mentee.id,
        Pause.started_on <= day,
        Pause.ended_on > day,
        Pause.deleted_at.is_(None),
    )


def _is_paused(day: date) -> ColumnElement[bool]:
    return exists().where(_covers(day))


def _paused_until(day: date) -> ColumnElement[Any]:
    return select(func.max(Pause.ended_on)).where(_covers(day)).correlate(Mentee).scalar_subquery()


def _lines(
    scope: WardScope, ids: list[int], day: date, settings: SiteSettings
) -> tuple[MenteeLine, ...]:
    waiting = waiting_today(scope, ids, day)
    if waiting is None:
        standings = mentee_standings(scope, ids, day, settings)
        waiting = {
            mentee_id: mentee.waiting_since
            for mentee_id, mentee in standings.items()
            if mentee.waiting_since
        }
    mentors = _mentor_names(ids, day)
    lines = []
    for row in read_rows(_line_statement(day), ids=ids):
        since = waiting.get(row.id)
        waiting_days = (day - since).days if since else None
        lines.append(MenteeLine._make([*row, mentors.get(row.id), waiting_days]))
    return tuple(lines)


def _mentor_names(ids: list[int], day: date) -> dict[int, str]:
    return dict(read_rows(_mentor_statement(day), ids=ids))


@kept_statement
def _mentor_statement(day: date) -> Select[int, str]:
    return (
        select(Mentorship.mentee_id, Person.full_name)
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(Person, Person.id == Mentor.person_id)
        .where(
            Mentorship.mentee_id.in_(bindparam("ids", expanding=True)), Mentorship.is_open_on(day)
        )
    )


@kept_statement
def _line_statement(day: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Mentee.id,
            Person.full_name,
            Person.birth_year,
            Person.phone,
            Hamlet.name,
            Ward.name,
            Mentee.started_on,
            Mentee.ended_on,
            EndReason.label,
            _is_paused(day),
        )
        .join(Person, Person.id == Mentee.person_id)
        .join(Ward, Ward.id == Mentee.ward_id)
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .outerjoin(EndReason, EndReason.id == Mentee.end_reason_id)
        .where(Mentee.id.in_(bindparam("ids", expanding=True)))
        .order_by(Person.sort_key, Mentee.id)
    )
