"""What the services about help sessions share: values of a form become rows. Commits nothing."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import Connection, Date, Integer, bindparam, select

from app import clock
from app.access.scope import WardScope
from app.queries.tables import ACCOUNT_PEOPLE, POSTS, living, open_on
from app.services.reporting_periods import counting_period, state_of_period
from app.services.single_rows import Question, first_row, first_rows
from app.services.transaction import Unit
from models import HelpSession, HelpSessionGroup, db
from models.enums import HelpMode, HelpResult


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionDetails:
    """One turn of help as it was entered; ids are of catalogue rows, `minutes` 1–600.

    `service_time` is the hour on that day, where the entry itself brings it along.
    """

    procedure_id: int
    mode: HelpMode
    result: HelpResult
    is_first_this_year: bool
    service_date: date
    obstacle_id: int | None = None
    language_id: int | None = None
    minutes: int | None = None
    group_ids: frozenset[int] = frozenset()
    note: str | None = None
    service_time: time | None = None


def detail_values(details: SessionDetails) -> dict[str, Any]:
    """Return what was entered by column of `help_sessions`, the day and the groups apart."""
    return {
        "procedure_id": details.procedure_id,
        "mode": details.mode,
        "result": details.result,
        "is_first_this_year": details.is_first_this_year,
        "obstacle_id": details.obstacle_id,
        "language_id": details.language_id,
        "minutes": details.minutes,
        "note": details.note,
    }


def day_values(
    scope: WardScope, connection: Connection, ward_id: int, day: date, hour: time | None = None
) -> dict[str, Any]:
    """Return what goes with the day of a ward's session, by column of `help_sessions`.

    The day itself, the hour, the post held that day, and the report that counts it. Unless the
    entry brings its `hour` along, it is known only of what is entered on the day itself.
    """
    now = clock.local_time(clock.now())
    questions = [_own_post(scope, ward_id, day), state_of_period(day)]
    post, state = first_rows(connection, questions)
    known = hour or (now.time() if day == now.date() else None)
    return {
        "service_date": day,
        "service_time": known.replace(second=0, microsecond=0) if known else None,
        "support_post_id": post[0] if post else None,
        "reported_in_id": counting_period(day, state),
    }


def find_own_post_id(scope: WardScope, ward_id: int, day: date) -> int | None:
    """Return the asking account's own support post of a ward that is open on a day, or None."""
    row = first_row(db.session.connection(), *_own_post(scope, ward_id, day))
    return row[0] if row else None


def _own_post(scope: WardScope, ward_id: int, day: date) -> Question:
    scope.require(ward_id)
    return _OWN_POST, {"account_id": scope.account_id, "ward_id": ward_id, "day": day}


# Written once and for the tables: the desk asks it with each turn of help that it saves.
_OWN_POST = (
    select(POSTS.c.id)
    .join(ACCOUNT_PEOPLE, ACCOUNT_PEOPLE.c.person_id == POSTS.c.person_id)
    .where(
        ACCOUNT_PEOPLE.c.account_id == bindparam("account_id", type_=Integer()),
        POSTS.c.ward_id == bindparam("ward_id", type_=Integer()),
        open_on(POSTS, bindparam("day", type_=Date())),
        living(POSTS),
        living(ACCOUNT_PEOPLE),
    )
    .order_by(POSTS.c.id)
    .limit(1)
)


def write_values(session: HelpSession, values: dict[str, Any]) -> None:
    """Give a session that is there already the values of some columns."""
    for name, value in values.items():
        setattr(session, name, value)


def add_groups(unit: Unit, session_id: int, group_ids: frozenset[int]) -> None:
    """Note the target groups of the visitor."""
    for group_id in sorted(group_ids):
        unit.add(HelpSessionGroup, {"help_session_id": session_id, "target_group_id": group_id})
