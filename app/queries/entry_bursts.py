"""The help sessions that may have been entered in a burst.

Nearly all are entered one by one, so it is asked first where half of a burst came at a time.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    column,
    exists,
    func,
    or_,
    select,
    values,
)

from app import clock
from app.access.scope import WardScope
from app.queries.tables import CONFIRMED_SESSIONS, HELP_SESSIONS, WARDS, living
from graphs.checks.plausibility import (
    BURST_DAYS,
    MANY_SESSIONS,
    NIGHT_ENDS,
    entry_day,
    is_at_night,
)
from graphs.rows import EntryRow
from models import db
from models.base import UtcDateTime

Place = tuple[int, date]
"""A ward by its id, and a day of entering."""

# Ten minutes meet two of these at most, so one of the two has half of a burst's sessions.
SLOT = len("2026-03-10 08:1")
HOUR = slice(len("2026-03-10 "), len("2026-03-10 08"))
HALF = (MANY_SESSIONS + 1) // 2


def burst_entries(scope: WardScope, day: date, codes: Mapping[int, str]) -> list[EntryRow]:
    """Return at least the sessions of every burst of the scope up to a day; `codes` by ward id."""
    return entries_of(scope, _busy_places(scope, day), day, codes)


def entries_of(
    scope: WardScope, places: Collection[Place], day: date, codes: Mapping[int, str]
) -> list[EntryRow]:
    """Return the sessions that an account entered in some places by the end of a day.

    Those that somebody confirmed are left out.
    """
    known = {place for place in places if place[0] in codes and scope.includes(place[0])}
    if not known:
        return []
    rows = db.session.execute(_entry_statement(known), {"midnight": _begin(day, time(), 1)})
    return [
        EntryRow(session_id, codes[ward_id], account, procedure, result, _on_the_clock(entered_at))
        for session_id, ward_id, account, procedure, result, entered_at in rows
    ]


def place_of(ward_id: int, entered_at: datetime) -> Place:
    """Return the place in which something was entered."""
    return ward_id, entry_day(_on_the_clock(entered_at))


def _busy_places(scope: WardScope, day: date) -> set[Place]:
    """Find where half of a burst was entered in a slot, or that much at night."""
    bounds = {
        "since": _begin(day, NIGHT_ENDS, 1 - BURST_DAYS),
        "midnight": _begin(day, time(), 1),
        "ward_ids": sorted(scope.ward_ids or ()),
    }
    at_night: Counter[Place] = Counter()
    busy: set[Place] = set()
    has_zones = db.engine.dialect.name == "postgresql"
    statement = _slot_statement(is_limited=not scope.is_everywhere, has_zones=has_zones)
    for ward_id, slot, *_, entered in db.session.execute(statement, bounds):
        place = place_of(ward_id, datetime.fromisoformat(f"{slot}0").replace(tzinfo=UTC))
        if entered >= HALF:
            busy.add(place)
        if slot[HOUR] in _night_hours():
            at_night[place] += entered
    return busy | {place for place, entered in at_night.items() if entered >= MANY_SESSIONS}


@cache
def _slot_statement(*, is_limited: bool, has_zones: bool) -> Select[*tuple[Any, ...]]:
    entered_at = HELP_SESSIONS.c.entered_at
    in_utc = func.timezone("UTC", entered_at) if has_zones else entered_at
    slot = func.substr(cast(in_utc, String), 1, SLOT)
    ward_ids: BindParameter[Any] = bindparam("ward_ids", expanding=True)
    wards = ward_ids if is_limited else select(WARDS.c.id)
    is_at_night = func.substr(slot, HOUR.start + 1, 2).in_(sorted(_night_hours()))
    likeness = (
        HELP_SESSIONS.c.ward_id,
        slot,
        HELP_SESSIONS.c.entered_by_id,
        HELP_SESSIONS.c.procedure_id,
        HELP_SESSIONS.c.result,
    )
    return (
        select(*likeness, func.count())
        .where(
            living(HELP_SESSIONS),
            # By ward, as the index of the latest entries is.
            HELP_SESSIONS.c.ward_id.in_(wards),
            entered_at >= bindparam("since", type_=UtcDateTime()),
            entered_at < bindparam("midnight", type_=UtcDateTime()),
        )
        .group_by(*likeness)
        .having(or_(func.count() >= HALF, is_at_night))
    )


def _entry_statement(places: Collection[Place]) -> Select[*tuple[Any, ...]]:
    ward_id, begins, ends = (
        column("ward_id", Integer()),
        column("begins", UtcDateTime()),
        column("ends", UtcDateTime()),
    )
    spans = [
        (place, _begin(day, NIGHT_ENDS), _begin(day, NIGHT_ENDS, 1))
        for place, day in sorted(places)
    ]
    wanted = values(ward_id, begins, ends, name="wanted").data(spans).cte()
    rows = HELP_SESSIONS
    return (
        select(
            rows.c.id,
            rows.c.ward_id,
            rows.c.entered_by_id,
            rows.c.procedure_id,
            rows.c.result,
            rows.c.entered_at,
        )
        .join_from(wanted, rows, rows.c.ward_id == wanted.c.ward_id)
        .where(
            living(rows),
            rows.c.entered_at >= wanted.c.begins,
            rows.c.entered_at < wanted.c.ends,
            rows.c.entered_at < bindparam("midnight", type_=UtcDateTime()),
            rows.c.entered_by_id.is_not(None),
            _is_open_question(),
        )
    )


def _is_open_question() -> ColumnElement[bool]:
    is_answer = CONFIRMED_SESSIONS.c.help_session_id == HELP_SESSIONS.c.id
    return ~exists().where(living(CONFIRMED_SESSIONS), is_answer)


@cache
def _night_hours() -> frozenset[str]:
    """Return the hours of the night as UTC calls them."""
    hours = (datetime(2026, 1, 1, hour, tzinfo=UTC) for hour in range(24))
    return frozenset(f"{hour:%H}" for hour in hours if is_at_night(_on_the_clock(hour)))


def _on_the_clock(instant: datetime) -> datetime:
    """Return the local time of an instant, without its zone."""
    return clock.local_time(instant).replace(tzinfo=None)


def _begin(day: date, moment: time, days_later: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=days_later), moment, clock.LOCAL_ZONE)
