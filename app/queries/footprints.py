"""What the rows of each ward show of its life: first day, latest entry, latest day at the desk."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    case,
    cast,
    func,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from app import clock
from app.access.scope import WardScope
from models import (
    Contact,
    DutyTurn,
    Handoff,
    HelpSession,
    Mentee,
    Mentor,
    Mentorship,
    Pause,
    SupportPost,
    db,
)

# Which spell a pause belongs to decides the ward that it is a row of.
PAUSED_SPELLS = (
    (Mentor, Pause.mentor_id),
    (Mentee, Pause.mentee_id),
    (SupportPost, Pause.support_post_id),
)


@dataclass(slots=True)
class Footprint:
    """What is known of one ward by a day.

    `first_day` is the earliest start of a spell or day of service, `sessions` and `people` count
    the help sessions from 1 January to the day.
    """

    first_day: date | None = None
    entered_at: datetime | None = None
    last_desk_on: date | None = None
    sessions: int = 0
    people: int = 0


def ward_footprints(scope: WardScope, day: date) -> dict[int, Footprint]:
    """Return the footprint of each ward of the scope that has any row, by ward id; one query."""
    footprints: dict[int, Footprint] = {}
    for row in db.session.execute(union_all(*_traces(scope, day))):
        ward_id, entered_at, first_day, desk_on, sessions, people = row
        footprint = footprints.setdefault(ward_id, Footprint())
        footprint.first_day = min(filter(None, (footprint.first_day, first_day)), default=None)
        footprint.entered_at = max(filter(None, (footprint.entered_at, entered_at)), default=None)
        footprint.last_desk_on = max(filter(None, (footprint.last_desk_on, desk_on)), default=None)
        footprint.sessions += sessions or 0
        footprint.people += people or 0
    return footprints


class _Shows(NamedTuple):
    """What one kind of row shows of a ward beside when it was entered, as SQL."""

    first_day: ColumnElement[Any] = cast(null(), Date)
    last_desk_on: ColumnElement[Any] = cast(null(), Date)
    sessions: ColumnElement[Any] = cast(null(), Integer)
    people: ColumnElement[Any] = cast(null(), Integer)


NOTHING_ELSE = _Shows()


def _traces(scope: WardScope, day: date) -> list[Select[Any]]:
    """One select for each kind of row, all with the same six columns."""
    spells = [
        _trace(scope, day, table.ward_id, table.entered_at, _Shows(func.min(table.started_on)))
        for table in (Mentor, Mentee, SupportPost)
    ]
    pauses = [
        _trace(scope, day, spell.ward_id, Pause.entered_at, NOTHING_ELSE)
        .select_from(Pause)
        .join(spell, spell.id == link)
        for spell, link in PAUSED_SPELLS
    ]
    return [
        *spells,
        *pauses,
        _trace(scope, day, Mentorship.mentor_ward_id, Mentorship.entered_at, NOTHING_ELSE),
        _trace(scope, day, Handoff.ward_id, Handoff.entered_at, NOTHING_ELSE),
        _trace(
            scope,
            day,
            Contact.ward_id,
            Contact.entered_at,
            _Shows(func.min(Contact.service_date)),
        ),
        _trace(scope, day, DutyTurn.ward_id, DutyTurn.entered_at, _duty(day)),
        _trace(scope, day, HelpSession.ward_id, HelpSession.entered_at, _sessions(day)),
    ]


def _duty(day: date) -> _Shows:
    is_served = and_(DutyTurn.is_performed, DutyTurn.service_date <= day)
    return _Shows(
        first_day=func.min(DutyTurn.service_date),
        last_desk_on=func.max(case((is_served, DutyTurn.service_date))),
    )


def _sessions(day: date) -> _Shows:
    served_on = HelpSession.service_date
    is_this_year = served_on.between(date(day.year, 1, 1), day)
    is_person = and_(is_this_year, HelpSession.is_first_this_year)
    return _Shows(
        first_day=func.min(served_on),
        last_desk_on=func.max(case((served_on <= day, served_on))),
        sessions=func.count(case((is_this_year, 1))),
        people=func.count(case((is_person, 1))),
    )


def _trace(
    scope: WardScope,
    day: date,
    ward_id: InstrumentedAttribute[int],
    entered_at: InstrumentedAttribute[datetime],
    shows: _Shows,
) -> Select[Any]:
    next_midnight = datetime.combine(day + timedelta(days=1), time(), clock.LOCAL_ZONE)
    last_entry = func.max(case((entered_at < next_midnight, entered_at)))
    return select(ward_id, last_entry, *shows).where(scope.limit(ward_id)).group_by(ward_id)
