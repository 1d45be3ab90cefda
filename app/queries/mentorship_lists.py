"""Mentorships in lists: with filters, in any order, a window or all of them."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from app.queries.audit import audit_scope
from app.queries.chains import mentorship_chain
from app.queries.kept_statements import kept_statement, read_scoped
from app.queries.list_order import By, Order, along_names, directed, name_keys
from app.queries.name_search import find_people
from app.queries.people_filter import PeopleFilter
from app.queries.standings import last_contacts_of_pairings
from app.queries.tags import carries
from app.queries.windows import FoundLines, Window
from graphs.findings import Rule
from models import Attendance, Contact, EndReason, Mentee, Mentor, Mentorship, Person, Ward, db

MENTOR, LAST_CONTACT = "mentor", "buoi-gan-nhat"
_TEACHER, _TEACHER_WARD = aliased(Person), aliased(Ward)
_LINK = aliased(Mentorship)


class MentorshipState(StrEnum):
    """Which pairs a list shows; the value stands in the address. Without one: all open ones."""

    DORMANT = "lau-chua-gap"
    COMPLETED = "hoan-thanh"
    STOPPED = "da-thoi"


class MentorshipLine(NamedTuple):
    """One line of the list. Who is of a ward outside the scope has no page."""

    id: int
    mentee_id: int
    mentee: str
    mentee_ward: str
    mentor_id: int
    mentor: str
    mentor_ward: str
    started_on: date
    ended_on: date | None
    end_reason: str | None
    has_mentee_page: bool
    has_mentor_page: bool
    last_contact_on: date | None


def list_mentorships(
    scope: WardScope, chosen: PeopleFilter, window: Window, day: date
) -> FoundLines[MentorshipLine]:
    """Return a window of the pairs as of a day, and how many there are."""
    wanted = _wanted(scope, chosen, day)
    if chosen.state == MentorshipState.DORMANT:
        found = window.cut(list_mentorship_ids(scope, chosen, window.order, day))
        return found.shown_as(list_mentorship_lines(scope, found.ids, day))
    total = db.session.scalar(select(func.count(Mentorship.id)).where(wanted)) or 0
    is_walked = scope.is_everywhere and chosen == PeopleFilter() and window.order.is_of_names
    in_order = partial(_in_order, day=day)
    ordered = (_along_names if is_walked else in_order)(wanted, window.order)
    cut = ordered.offset(window.offset(total)).limit(window.size)
    ids = list(db.session.scalars(cut))
    return FoundLines(list_mentorship_lines(scope, ids, day), total, has_more=False)


def list_mentorship_ids(
    scope: WardScope, chosen: PeopleFilter, order: Order, day: date
) -> list[int]:
    """Return the ids of all pairs that a filter finds as of a day, in order."""
    ids = list(db.session.scalars(_in_order(_wanted(scope, chosen, day), order, day)))
    if chosen.state != MentorshipState.DORMANT:
        return ids
    # Only `graphs` knows what dormant means.
    findings = audit_scope(scope, day).findings
    dormant = {one.subject.id for one in findings if one.rule is Rule.MENTORSHIP_DORMANT}
    return [mentorship_id for mentorship_id in ids if mentorship_id in dormant]


def list_mentorship_lines(scope: WardScope, ids: Sequence[int], day: date) -> list[MentorshipLine]:
    """Return the lines of pairs of the scope, in the order of the ids; a few statements."""
    rows = {row.id: row for row in read_scoped(scope, _line_statement, ids=list(ids))}
    contacts = last_contacts_of_pairings(scope, ids, day)
    return [
        MentorshipLine._make(
            [
                *row[:10],
                scope.includes(row.mentee_ward_id),
                scope.includes(row.mentor_ward_id),
                contacts.get(row.id),
            ]
        )
        for row in map(rows.__getitem__, ids)
    ]


def _wanted(scope: WardScope, chosen: PeopleFilter, day: date) -> ColumnElement[bool]:
    """Pairs that a filter finds; both the mentor's and the mentee's ward have them."""
    conditions = [_is_in_state(chosen.state, day), _touches(scope)]
    if chosen.ward_code:
        ward_id = select(Ward.id).where(Ward.code == chosen.ward_code).scalar_subquery()
        is_there = Mentorship.mentee_ward_id == ward_id, Mentorship.mentor_ward_id == ward_id
        conditions.append(or_(*is_there))
    people = find_people(chosen.words)
    if people is not None:
        conditions.append(
            _is_of(
                select(Mentee.id).where(Mentee.person_id.in_(people)),
                select(Mentor.id).where(Mentor.person_id.in_(people)),
            )
        )
    if chosen.tag:
        conditions.append(
            _is_of(
                select(Mentee.id).where(carries(scope, Mentee.person_id, chosen.tag)),
                select(Mentor.id).where(carries(scope, Mentor.person_id, chosen.tag)),
            )
        )
    return and_(*conditions)


def _is_of(mentees: Select[int], mentors: Select[int]) -> ColumnElement[bool]:
    return or_(Mentorship.mentee_id.in_(mentees), Mentorship.mentor_id.in_(mentors))


def _touches(scope: WardScope) -> ColumnElement[bool]:
    return or_(scope.limit(Mentorship.mentee_ward_id), scope.limit(Mentorship.mentor_ward_id))


def _is_in_state(state: str, day: date) -> ColumnElement[bool]:
    has_ended = Mentorship.ended_on <= day
    completing = select(EndReason.id).where(EndReason.is_completion)
    has_completed = Mentorship.end_reason_id.in_(completing)
    is_open: ColumnElement[bool] = Mentorship.is_open_on(day)
    conditions: dict[str, ColumnElement[bool]] = {
        MentorshipState.COMPLETED: and_(has_ended, has_completed),
        MentorshipState.STOPPED: and_(has_ended, not_(has_completed)),
    }
    return conditions.get(state, is_open)


def _along_names(wanted: ColumnElement[bool], order: Order) -> Select[int]:
    pairs = select(Mentorship.id).join(Mentee, Mentee.id == Mentorship.mentee_id).where(wanted)
    return along_names(pairs, Mentee, order).order_by(Mentorship.id)


def _in_order(wanted: ColumnElement[bool], order: Order, day: date) -> Select[int]:
    statement = (
        select(Mentorship.id)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(Person, Person.id == Mentee.person_id)
        .join(Ward, Ward.id == Mentorship.mentee_ward_id)
        .where(wanted)
    )
    if order.column == MENTOR:
        statement = statement.join(Mentor, Mentor.id == Mentorship.mentor_id)
        statement = statement.join(_TEACHER, _TEACHER.id == Mentor.person_id)
    column: Any = {
        MENTOR: _TEACHER.sort_key,
        LAST_CONTACT: _last_contact_on(day),
        By.WARD: Ward.search_text,
        By.STARTED_ON: Mentorship.started_on,
        By.ENDED_ON: Mentorship.ended_on,
    }.get(order.column)
    if column is None:
        return statement.order_by(*name_keys(Mentorship.id, order))
    return statement.order_by(directed(column, order), *name_keys(Mentorship.id, Order()))


def _last_contact_on(day: date) -> ScalarSelect[date]:
    """Return the latest contact by a day of a pair, over the chain of a move."""
    chain = mentorship_chain()
    return (
        select(func.max(Contact.service_date))
        .join(Attendance, Attendance.contact_id == Contact.id)
        .join(_LINK, _LINK.id == Attendance.mentorship_id)
        # By the indexes of both columns, for each pair of the filter.
        .where(Contact.service_date <= day, or_(_LINK.id == chain, _LINK.origin_id == chain))
        .correlate(Mentorship)
        .scalar_subquery()
    )


@kept_statement
def _line_statement(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Mentorship.id,
            Mentorship.mentee_id,
            Person.full_name,
            Ward.name,
            Mentorship.mentor_id,
            _TEACHER.full_name,
            _TEACHER_WARD.name,
            Mentorship.started_on,
            Mentorship.ended_on,
            EndReason.label,
            Mentorship.mentee_ward_id,
            Mentorship.mentor_ward_id,
        )
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(Person, Person.id == Mentee.person_id)
        .join(Ward, Ward.id == Mentorship.mentee_ward_id)
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(_TEACHER, _TEACHER.id == Mentor.person_id)
        .join(_TEACHER_WARD, _TEACHER_WARD.id == Mentorship.mentor_ward_id)
        .outerjoin(EndReason, EndReason.id == Mentorship.end_reason_id)
        .where(Mentorship.id.in_(bindparam("ids", expanding=True)), _touches(scope))
    )
