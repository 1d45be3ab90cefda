"""Mentors in lists: with filters, in any order, a window or all of them."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, not_, select

from app.access.scope import WardScope
from app.queries.kept_standings import kept_mentor_standings, mentors_today
from app.queries.kept_statements import kept_statement, read_scoped
from app.queries.list_order import Order, sorted_by_figures
from app.queries.people_filter import (
    PeopleFilter,
    counted_window,
    find_spells,
    list_spell_ids,
    select_spells,
)
from app.queries.settings import SiteSettings
from app.queries.standings import all_last_contacts, last_contacts, mentor_standings
from app.queries.windows import FoundLines, Window
from graphs.standing import MentorStanding
from models import Hamlet, Mentor, Pause, Person, Ward


class MentorState(StrEnum):
    """Which mentors a list shows; the value stands in the address. Without one: all open spells."""

    WORKING = "dang-kem"
    BELOW_FLOOR = "duoi-muc"
    OVER_CAPACITY = "qua-tai"
    HAS_ROOM = "con-cho"
    PAUSED = "tam-nghi"
    ENDED = "da-thoi"


class Figure(StrEnum):
    """The figures that a list may be in order of; the value stands in the address."""

    GUIDED = "nguoi-hoc"
    OPEN = "dang-kem"
    CAPACITY = "suc-nhan"
    SPARE = "con-cho"
    LAST_CONTACT_ON = "buoi-gan-nhat"


class MentorLine(NamedTuple):
    """One line of the list; the figures are None once the spell has ended.

    `short_by` is how many people are missing to the floor.
    """

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
    short_by: int | None
    tags: tuple[str, ...] = ()

    @property
    def is_over_capacity(self) -> bool:
        """Whether more people are guided than the mentor takes on."""
        open_now, capacity = self.open_mentorships, self.capacity
        return open_now is not None and capacity is not None and open_now > capacity

    @property
    def spare(self) -> int | None:
        """How many more people the mentor takes on; nobody while paused."""
        if self.capacity is None or self.open_mentorships is None:
            return None
        return 0 if self.is_paused else max(0, self.capacity - self.open_mentorships)


def list_mentors(
    scope: WardScope, chosen: PeopleFilter, window: Window, day: date, settings: SiteSettings
) -> FoundLines[MentorLine]:
    """Return a window of the mentors as of a day, and how many there are.

    A fixed number of statements, whatever the window.
    """
    if chosen.state in _JUDGED or window.order.column in set(Figure):
        found = window.cut(list_mentor_ids(scope, chosen, window.order, day, settings))
    else:
        window = counted_window(scope, Mentor, chosen, window, day)
        found = find_spells(scope, Mentor, chosen, _is_in_state(chosen.state, day), window)
    return found.shown_as(list_mentor_lines(scope, found.ids, day, settings))


def list_mentor_ids(
    scope: WardScope, chosen: PeopleFilter, order: Order, day: date, settings: SiteSettings
) -> list[int]:
    """Return the ids of all mentors that a filter finds as of a day, in order."""
    is_in_state = _is_in_state(chosen.state, day)
    ids = list_spell_ids(scope, Mentor, chosen, is_in_state, order)
    if order.column == Figure.LAST_CONTACT_ON:
        ids = sorted_by_figures(ids, all_last_contacts(scope, day), order)
    figure = _OF_STANDING.get(order.column)
    if chosen.state not in _JUDGED and figure is None:
        return ids
    # Only `graphs` knows what guided means: let it judge all candidates, then cut.
    judged = kept_mentor_standings(scope, day)
    if judged is None:
        candidates = select_spells(scope, Mentor, chosen, is_in_state)
        judged = mentor_standings(scope, candidates, day, settings)
    if chosen.state in _JUDGED:
        ids = [
            mentor_id
            for mentor_id in ids
            if mentor_id in judged and _is_wanted(judged[mentor_id], chosen.state, settings.floor)
        ]
    if figure is None:
        return ids
    return sorted_by_figures(ids, {key: figure(one) for key, one in judged.items()}, order)


def list_mentor_lines(
    scope: WardScope, ids: Sequence[int], day: date, settings: SiteSettings
) -> list[MentorLine]:
    """Return the lines of mentors of the scope, in the order of the ids; a few statements."""
    standings = mentors_today(scope, ids, day)
    if standings is None:
        standings = mentor_standings(scope, ids, day, settings)
    contacts = last_contacts(scope, ids, day)
    rows = {row.id: row for row in read_scoped(scope, _line_statement, day, ids=list(ids))}
    return [_line(rows[key], standings.get(key), contacts.get(key), settings.floor) for key in ids]


_OF_STANDING: dict[str, Callable[[MentorStanding], int]] = {
    Figure.GUIDED: attrgetter("guided"),
    Figure.OPEN: attrgetter("open_mentorships"),
    Figure.CAPACITY: attrgetter("row.capacity"),
    Figure.SPARE: attrgetter("spare"),
}


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


def _line(
    row: Row[*tuple[Any, ...]],
    standing: MentorStanding | None,
    last_contact_on: date | None,
    floor: int,
) -> MentorLine:
    if standing is None:
        return MentorLine._make([*row, None, None, None, last_contact_on, None, ()])
    guided = standing.guided
    figures = guided, standing.open_mentorships, standing.row.capacity
    return MentorLine._make([*row, *figures, last_contact_on, max(0, floor - guided), ()])


@kept_statement
def _line_statement(scope: WardScope, day: date) -> Select[*tuple[Any, ...]]:
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
        .where(Mentor.id.in_(bindparam("ids", expanding=True)), scope.limit(Mentor.ward_id))
    )
