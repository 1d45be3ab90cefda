"""Mentees in lists: with filters, in any order, a window or all of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, not_, or_, select

from app.access.scope import WardScope
from app.queries.kept_standings import count_open, waiting_today
from app.queries.kept_statements import kept_statement, read_rows, read_scoped
from app.queries.list_order import Order, sorted_by_figures
from app.queries.people_filter import (
    PeopleFilter,
    count_spells,
    counted_window,
    find_spells,
    list_spell_ids,
    select_spells,
)
from app.queries.settings import SiteSettings
from app.queries.standings import Chosen, mentee_standings
from app.queries.windows import FoundLines, Window
from models import EndReason, Hamlet, Mentee, Mentor, Mentorship, Pause, Person, Ward


class MenteeState(StrEnum):
    """Which mentees a list shows; the value stands in the address. Without one: all open spells."""

    WAITING = "cho-mentor"
    LEARNING = "dang-hoc"
    PAUSED = "tam-nghi"
    COMPLETED = "hoan-thanh"
    LEFT = "da-thoi"


class Figure(StrEnum):
    """What a list may be in order of beside its columns; the value stands in the address."""

    MENTOR = "mentor"
    WAITING_SINCE = "cho-tu"


class MenteeLine(NamedTuple):
    """One line of the list; nobody waits whose `waiting_since` is None."""

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
    waiting_since: date | None
    waiting_days: int | None
    tags: tuple[str, ...] = ()


def list_mentees(
    scope: WardScope, chosen: PeopleFilter, window: Window, day: date, settings: SiteSettings
) -> FoundLines[MenteeLine]:
    """Return a window of the mentees as of a day, and how many there are.

    A fixed number of statements, whatever the window.
    """
    if window.order.column in set(Figure):
        found = window.cut(list_mentee_ids(scope, chosen, window.order, day, settings))
    else:
        window = counted_window(scope, Mentee, chosen, window, day)
        found = find_spells(scope, Mentee, chosen, _is_in_state(chosen.state, day), window)
    return found.shown_as(list_mentee_lines(scope, found.ids, day, settings))


def list_mentee_ids(
    scope: WardScope, chosen: PeopleFilter, order: Order, day: date, settings: SiteSettings
) -> list[int]:
    """Return the ids of all mentees that a filter finds as of a day, in order."""
    is_in_state = _is_in_state(chosen.state, day)
    ids = list_spell_ids(scope, Mentee, chosen, is_in_state, order)
    figures: Mapping[int, date | str] = {}
    if order.column == Figure.WAITING_SINCE:
        candidates = select_spells(scope, Mentee, chosen, is_in_state)
        figures = _waiting_since(scope, ids, candidates, day, settings)
    if order.column == Figure.MENTOR:
        figures = dict(read_scoped(scope, _mentor_order, day))
    return sorted_by_figures(ids, figures, order)


def list_mentee_lines(
    scope: WardScope, ids: Sequence[int], day: date, settings: SiteSettings
) -> list[MenteeLine]:
    """Return the lines of mentees of the scope, in the order of the ids; a few statements."""
    waiting = _waiting_since(scope, ids, ids, day, settings)
    mentors = _mentor_names(ids, day)
    rows = {row.id: row for row in read_scoped(scope, _line_statement, day, ids=list(ids))}
    lines = []
    for mentee_id in ids:
        since = waiting.get(mentee_id)
        days = (day - since).days if since else None
        found = mentors.get(mentee_id), since, days, ()
        lines.append(MenteeLine._make([*rows[mentee_id], *found]))
    return lines


def count_mentees(scope: WardScope, chosen: PeopleFilter, day: date) -> int:
    """Return how many mentees the filter finds as of a day."""
    if chosen == PeopleFilter(state=MenteeState.WAITING):
        spells = count_open(scope, day)
        if spells is not None:
            return spells.waiting
    return count_spells(scope, Mentee, chosen, _is_in_state(chosen.state, day))


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


def _is_paused(day: date) -> ColumnElement[bool]:
    return exists().where(
        Pause.mentee_id == Mentee.id,
        Pause.started_on <= day,
        Pause.ended_on > day,
        Pause.deleted_at.is_(None),
    )


def _waiting_since(
    scope: WardScope, ids: Sequence[int], chosen: Chosen, day: date, settings: SiteSettings
) -> dict[int, date]:
    """Return since when those wait who do; `chosen` are the same ids, or a select of many."""
    waiting = waiting_today(scope, ids, day)
    if waiting is not None:
        return waiting
    standings = mentee_standings(scope, chosen, day, settings)
    return {key: mentee.waiting_since for key, mentee in standings.items() if mentee.waiting_since}


def _mentor_names(ids: Sequence[int], day: date) -> dict[int, str]:
    return dict(read_rows(_mentor_statement(day), ids=list(ids)))


@kept_statement
def _mentor_order(scope: WardScope, day: date) -> Select[int, str]:
    """Return what stands for the name of the mentor of everybody who has one, in lists."""
    return (
        select(Mentorship.mentee_id, Person.sort_key)
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(Person, Person.id == Mentor.person_id)
        .where(scope.limit(Mentorship.mentee_ward_id), Mentorship.is_open_on(day))
    )


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
def _line_statement(scope: WardScope, day: date) -> Select[*tuple[Any, ...]]:
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
        .where(Mentee.id.in_(bindparam("ids", expanding=True)), scope.limit(Mentee.ward_id))
    )
