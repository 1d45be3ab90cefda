"""What the desk of each ward did in some days, from the tallies; and when it last told anything."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select

from app import clock
from app.access.scope import WardScope
from app.queries.tables import DESK_DAYS, HELP_SESSIONS, WARDS, living
from models import db
from models.enums import HelpMode, WardKind


class WardPlace(NamedTuple):
    """A ward with the district that it came from; `population` is None where it is not known."""

    id: int
    code: str
    name: str
    kind: WardKind
    search_text: str
    former_province: str
    former_district: str
    population: int | None


class WardTally(NamedTuple):
    """Turns (lượt), people (first visits of the year), and turns that citizens did themselves."""

    ward_id: int
    sessions: int
    people: int
    by_oneself: int


def list_ward_places(scope: WardScope, day: date) -> list[WardPlace]:
    """Return the wards of the scope that there are on a day, in order of code."""
    columns = (WARDS.c[name] for name in WardPlace._fields)
    still_exists = or_(WARDS.c.valid_to.is_(None), WARDS.c.valid_to > day)
    statement = select(*columns).where(scope.limit(WARDS.c.id), still_exists).order_by(WARDS.c.code)
    return [WardPlace(*row) for row in db.session.execute(statement)]


def list_ward_tallies(scope: WardScope, first_day: date, last_day: date) -> list[WardTally]:
    """Return the tallies of the days `[first_day, last_day]`; no row where there was no session."""
    by_oneself = func.sum(DESK_DAYS.c.sessions).filter(DESK_DAYS.c.mode == HelpMode.SELF)
    statement = (
        select(
            DESK_DAYS.c.ward_id,
            func.sum(DESK_DAYS.c.sessions),
            func.sum(DESK_DAYS.c.people),
            func.coalesce(by_oneself, 0),
        )
        .where(
            scope.limit(DESK_DAYS.c.ward_id),
            DESK_DAYS.c.service_date.between(first_day, last_day),
        )
        .group_by(DESK_DAYS.c.ward_id)
    )
    return [WardTally(*row) for row in db.session.execute(statement)]


def list_last_session_entries(scope: WardScope) -> dict[int, date]:
    """Return the day on which each ward last entered a help session; wards without one are out."""
    latest = (
        select(func.max(HELP_SESSIONS.c.entered_at))
        .where(HELP_SESSIONS.c.ward_id == WARDS.c.id, living(HELP_SESSIONS))
        .correlate(WARDS)
        .scalar_subquery()
    )
    rows = db.session.execute(select(WARDS.c.id, latest).where(scope.limit(WARDS.c.id)))
    return {ward_id: _local_day(entered_at) for ward_id, entered_at in rows if entered_at}


def _local_day(entered_at: datetime) -> date:
    return clock.local_date(entered_at)
