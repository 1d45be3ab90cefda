"""What the rows of each ward show of its life: first day, latest entry, latest day at the desk."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    Subquery,
    func,
    or_,
    select,
    true,
    union_all,
)

from app import clock
from app.access.scope import WardScope
from app.queries.tables import (
    CONTACTS,
    DESK_DAYS,
    DUTY_TURNS,
    HELP_SESSIONS,
    MENTEES,
    MENTORS,
    PAUSES,
    POSTS,
    WARDS,
    living,
)
from graphs.rows import DeskRow, WardRow
from models import ENTERED_IN, db

_MomentT = TypeVar("_MomentT", date, datetime)

# A pause has no ward of its own; the spell it belongs to decides.
PAUSED_SPELLS = (
    (MENTORS, PAUSES.c.mentor_id),
    (MENTEES, PAUSES.c.mentee_id),
    (POSTS, PAUSES.c.support_post_id),
)
# What shows that a ward has data, and since when.
SPELLS = (MENTORS, MENTEES, POSTS)
SERVICES = (CONTACTS, DUTY_TURNS, HELP_SESSIONS)
# How many columns of a ward tell when something was entered, and when somebody served.
ENTRIES, DESKS = len(ENTERED_IN) + 1, 2


def ward_rows(scope: WardScope, day: date) -> tuple[list[WardRow], list[DeskRow]]:
    """Return each ward of the scope that still exists on a day, and what its desk did in the year.

    One statement, in which nearly every figure of a ward is one step into an index.
    """
    wards: list[WardRow] = []
    desks: list[DeskRow] = []
    for row in db.session.execute(_ward_statement(scope, day)):
        code, name, latitude, longitude, sessions, people, *traces = row
        entered_at = _latest(traces[:ENTRIES])
        first_days = [seen for seen in traces[ENTRIES:-DESKS] if seen is not None]
        wards.append(
            WardRow(
                code=code,
                name=name,
                latitude=latitude,
                longitude=longitude,
                has_data=any(seen <= day for seen in first_days),
                last_entry_on=None if entered_at is None else clock.local_date(entered_at),
                last_desk_on=_latest(traces[-DESKS:]),
            )
        )
        desks.append(DeskRow(code, sessions, people))
    return wards, desks


def still_exists(day: date) -> ColumnElement[bool]:
    """Return the condition that a ward was not dissolved by a day."""
    return or_(WARDS.c.valid_to.is_(None), WARDS.c.valid_to > day)


def _ward_statement(scope: WardScope, day: date) -> Select[Any]:
    pauses = _last_pause_entries(scope, day)
    return (
        select(
            WARDS.c.code,
            WARDS.c.name,
            WARDS.c.latitude,
            WARDS.c.longitude,
            *_tallies(day),
            *_last_entries(day),
            pauses.c.entered_at,
            *_first_days(),
            *_last_desk_days(day),
        )
        .outerjoin_from(WARDS, pauses, pauses.c.ward_id == WARDS.c.id)
        .where(scope.limit(WARDS.c.id), still_exists(day))
        .order_by(WARDS.c.code)
    )


def _tallies(day: date) -> Iterable[ColumnElement[int]]:
    """How many help sessions, and how many people, from 1 January to the day."""
    is_this_year = DESK_DAYS.c.service_date.between(date(day.year, 1, 1), day)
    for count in (DESK_DAYS.c.sessions, DESK_DAYS.c.people):
        of_ward = select(func.sum(count)).where(DESK_DAYS.c.ward_id == WARDS.c.id, is_this_year)
        yield func.coalesce(of_ward.scalar_subquery(), 0)


def _last_entries(day: date) -> Iterable[ScalarSelect[datetime]]:
    for table, ward_id in ENTERED_IN:
        is_of_ward = table.c[ward_id] == WARDS.c.id
        entered_at = table.c.entered_at
        is_known = entered_at < _midnight_after(day)
        yield _of_ward(func.max(entered_at), living(table), is_of_ward, is_known)


def _first_days() -> Iterable[ScalarSelect[date]]:
    for table in SPELLS:
        yield _of_ward(func.min(table.c.started_on), *_rows_of(table))
    for table in SERVICES:
        yield _of_ward(func.min(table.c.service_date), *_rows_of(table))


def _last_desk_days(day: date) -> Iterable[ScalarSelect[date]]:
    for table, is_served in ((HELP_SESSIONS, true()), (DUTY_TURNS, DUTY_TURNS.c.is_performed)):
        served_on = table.c.service_date
        yield _of_ward(func.max(served_on), *_rows_of(table), served_on <= day, is_served)


def _rows_of(table: FromClause) -> tuple[ColumnElement[bool], ...]:
    return living(table), table.c.ward_id == WARDS.c.id


def _of_ward(figure: ColumnElement[Any], *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(figure).where(*conditions).correlate(WARDS).scalar_subquery()


def _last_pause_entries(scope: WardScope, day: date) -> Subquery:
    """Select `ward_id` and `entered_at` of the latest pause of each ward by the end of a day."""
    entries = union_all(
        *(
            select(spell.c.ward_id, PAUSES.c.entered_at)
            .join_from(PAUSES, spell, spell.c.id == link)
            .where(living(PAUSES, spell), scope.limit(spell.c.ward_id))
            .where(PAUSES.c.entered_at < _midnight_after(day))
            for spell, link in PAUSED_SPELLS
        )
    ).subquery()
    ward_id, entered_at = entries.c
    latest = select(ward_id, func.max(entered_at).label("entered_at")).group_by(ward_id)
    return latest.subquery()


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), clock.LOCAL_ZONE)


def _latest(seen: Iterable[_MomentT | None]) -> _MomentT | None:
    return max((one for one in seen if one is not None), default=None)
