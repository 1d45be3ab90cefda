"""What was done, by whom and when: one line for each action, without names of citizens."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.sql import ColumnElement

from app.access.scope import WardScope
from app.clock import LOCAL_ZONE
from models import Account, Batch, Ward, db


class ActionFilter(NamedTuple):
    """Which actions are wanted; an empty part filters nothing. Days are local and inclusive."""

    username: str = ""
    first_day: date | None = None
    last_day: date | None = None


class ActionRow(NamedTuple):
    """One action; `username` is None for commands and for the time before the first account."""

    id: int
    done_at: datetime
    username: str | None
    kind: str
    ward_name: str | None
    object_kind: str | None
    object_id: int | None
    object_count: int


def count_actions(scope: WardScope, wanted: ActionFilter) -> int:
    """Return how many actions a filter finds."""
    statement = (
        select(func.count(Batch.id))
        .outerjoin(Account, Account.id == Batch.account_id)
        .where(*_conditions(scope, wanted))
    )
    return db.session.scalar(statement) or 0


def list_actions(
    scope: WardScope, wanted: ActionFilter, *, limit: int, offset: int = 0
) -> list[ActionRow]:
    """Return the actions that a filter finds, the latest first."""
    statement = (
        select(
            Batch.id,
            Batch.done_at,
            Account.username,
            Batch.kind,
            Ward.name,
            Batch.object_kind,
            Batch.object_id,
            Batch.object_count,
        )
        .outerjoin(Account, Account.id == Batch.account_id)
        .outerjoin(Ward, Ward.id == Batch.ward_id)
        .where(*_conditions(scope, wanted))
        .order_by(Batch.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [ActionRow(*row) for row in db.session.execute(statement)]


def _conditions(scope: WardScope, wanted: ActionFilter) -> list[ColumnElement[bool]]:
    conditions = [scope.limit(Batch.ward_id)]
    if wanted.username:
        conditions.append(Account.username == wanted.username.lower())
    if wanted.first_day:
        conditions.append(Batch.done_at >= _start_of(wanted.first_day))
    if wanted.last_day:
        conditions.append(Batch.done_at < _start_of(wanted.last_day + timedelta(days=1)))
    return conditions


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LOCAL_ZONE)
