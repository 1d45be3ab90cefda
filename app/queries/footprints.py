"""What the rows of each ward show of its life: first day, latest entry, latest day at the desk."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    ScalarSelect,
    Select,
    Subquery,
    bindparam,
    func,
    or_,
    select,
    true,
    union_all,
)

from app import clock
from app.access.scope import WardScope
from app.queries.selection import DAY
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
    many_rows,
)
from graphs.rows import DeskRow, WardRow
from models import ENTERED_IN
from models.base import UtcDateTime

_MomentT = TypeVar("_MomentT", date, datetime)

NEW_YEAR = bindparam("new_year", type_=Date())
# The end of the day in Gia Lai.
MIDNIGHT = bindparam("midnight", type_=UtcDateTime())
STILL_EXISTS = or_(WARDS.c.valid_to.is_(None), WARDS.c.valid_to > DAY)
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
    for row in many_rows(
        _ward_statement(is_limited=scope.ward_ids is not None), _values(scope, day)
    ):
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


def _values(scope: WardScope, day: date) -> dict[str, Any]:
    return {
        "day": day,
        "new_year": date(day.year, 1, 1),
        "midnight": datetime.combine(day + timedelta(days=1), time(), clock.LOCAL_ZONE),
        "ward_ids": sorted(scope.ward_ids or ()),
    }


@cache
def _ward_statement(*, is_limited: bool) -> Select[*tuple[Any, ...]]:
    pauses = _last_pause_entries(is_limited=is_limited)
    return (
        select(
            WARDS.c.code,
            WARDS.c.name,
            WARDS.c.latitude,
            WARDS.c.longitude,
            *_tallies(),
            *_last_entries(),
            pauses.c.entered_at,
            *_first_days(),
            *_last_desk_days(),
        )
        .outerjoin_from(WARDS, pauses, pauses.c.ward_id == WARDS.c.id)
        .where(_is_in_scope(WARDS.c.id, is_limited=is_limited), STILL_EXISTS)
        .order_by(WARDS.c.code)
    )


def _is_in_scope(ward_id: ColumnElement[int], *, is_limited: bool) -> ColumnElement[bool]:
    return ward_id.in_(bindparam("ward_ids", expanding=True)) if is_limited else true()


def _tallies() -> Iterable[ColumnElement[int]]:
    """How many help sessions, and how many people, from 1 January to the day."""
    is_this_year = DESK_DAYS.c.service_date.between(NEW_YEAR, DAY)
    for count in (DESK_DAYS.c.sessions, DESK_DAYS.c.people):
        of_ward = select(func.sum(count)).where(DESK_DAYS.c.ward_id == WARDS.c.id, is_this_year)
        yield func.coalesce(of_ward.scalar_subquery(), 0)


def _last_entries() -> Iterable[ScalarSelect[datetime]]:
    for table, ward_id in ENTERED_IN:
        is_of_ward = table.c[ward_id] == WARDS.c.id
        entered_at = table.c.entered_at
        yield _of_ward(func.max(entered_at), living(table), is_of_ward, entered_at < MIDNIGHT)


def _first_days() -> Iterable[ScalarSelect[date]]:
    for table in SPELLS:
        yield _of_ward(func.min(table.c.started_on), *_rows_of(table))
    for table in SERVICES:
        yield _of_ward(func.min(table.c.service_date), *_rows_of(table))


def _last_desk_days() -> Iterable[ScalarSelect[date]]:
    for table, is_served in ((HELP_SESSIONS, true()), (DUTY_TURNS, DUTY_TURNS.c.is_performed)):
        served_on = table.c.service_date
        yield _of_ward(func.max(served_on), *_rows_of(table), served_on <= DAY, is_served)


def _rows_of(table: FromClause) -> tuple[ColumnElement[bool], ...]:
    return living(table), table.c.ward_id == WARDS.c.id


def _of_ward(figure: ColumnElement[Any], *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(figure).where(*conditions).correlate(WARDS).scalar_subquery()


def _last_pause_entries(*, is_limited: bool) -> Subquery:
    """Select `ward_id` and `entered_at` of the latest pause of each ward by the end of a day."""
    entries = union_all(
        *(
            select(spell.c.ward_id, PAUSES.c.entered_at)
            .join_from(PAUSES, spell, spell.c.id == link)
            .where(living(PAUSES, spell), PAUSES.c.entered_at < MIDNIGHT)
            .where(_is_in_scope(spell.c.ward_id, is_limited=is_limited))
            for spell, link in PAUSED_SPELLS
        )
    ).subquery()
    ward_id, entered_at = entries.c
    latest = select(ward_id, func.max(entered_at).label("entered_at")).group_by(ward_id)
    return latest.subquery()


def _latest(seen: Iterable[_MomentT | None]) -> _MomentT | None:
    return max((one for one in seen if one is not None), default=None)
