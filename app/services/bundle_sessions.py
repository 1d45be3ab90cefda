"""Logs many turns of help at once, for hours in which nobody could type."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from app.access.scope import WardScope
from app.services.bulk_rows import Always, reserve_ids
from app.services.derived_rows import counting_new_sessions
from app.services.session_writing import day_values
from app.services.transaction import Receipt, transaction
from models import HelpSession, SessionBundle, db
from models.enums import HalfDay, HelpMode, HelpResult


@dataclass(frozen=True, kw_only=True, slots=True)
class BundleLine:
    """So many turns alike; `people` of them were with somebody who came first this year."""

    procedure_id: int
    mode: HelpMode
    sessions: int
    people: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BundleDetails:
    """The turns of one day; neither a half-day nor hours: they were spread over the whole day."""

    service_date: date
    result: HelpResult
    lines: Sequence[BundleLine]
    half_day: HalfDay | None = None
    began_at: time | None = None
    ended_at: time | None = None


def bundle_sessions(
    scope: WardScope, ward_id: int, details: BundleDetails, *, request_key: str | None = None
) -> Receipt:
    """Log a session of a ward for each turn, marked as noted together; undone as one.

    What is dated in a closed period counts in the next open one. Raises `OutOfScopeError`.
    """
    scope.require(ward_id)
    with transaction(scope, "sessions_bundled", ward_id=ward_id, request_key=request_key) as unit:
        span = {name: getattr(details, name) for name in ("half_day", "began_at", "ended_at")}
        bundle_id = unit.add(SessionBundle, span)
        shared = {
            "ward_id": ward_id,
            "bundle_id": bundle_id,
            "result": details.result,
            **day_values(scope, unit.connection, ward_id, details.service_date),
            # Of nobody among them the hour is known.
            "service_time": None,
        }
        columns = {name: Always(value) for name, value in shared.items()}
        count = sum(line.sessions for line in details.lines)
        ids = reserve_ids(db.session(), HelpSession, count)
        unit.insert(HelpSession, columns | _each_turn(details.lines) | {"id": list(ids)})
        for line in details.lines:
            values = shared | {"procedure_id": line.procedure_id, "mode": line.mode}
            values |= {"obstacle_id": None}
            unit.last_steps.extend(
                counting_new_sessions(
                    unit.connection, values, sessions=line.sessions, people=line.people
                )
            )
        unit.about_row(SessionBundle, bundle_id)
    return unit.receipt


def _each_turn(lines: Sequence[BundleLine]) -> dict[str, list[object]]:
    """Return what differs from turn to turn, by column of `help_sessions`."""
    turns = [(line, place < line.people) for line in lines for place in range(line.sessions)]
    return {
        "procedure_id": [line.procedure_id for line, _ in turns],
        "mode": [line.mode for line, _ in turns],
        "is_first_this_year": [is_first for _, is_first in turns],
    }
