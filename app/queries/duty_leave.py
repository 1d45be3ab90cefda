"""Leave from the desk, and who stands in or could."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from models import DutyLeave, Person, SupportPost, Ward, db
from models.enums import HalfDay
from models.names import mask_phone

ONE_DAY = timedelta(days=1)


class StandInRow(NamedTuple):
    """Somebody who could stand in; without a name where the post is outside the scope."""

    post_id: int
    ward_id: int
    ward_name: str
    holder: str | None
    masked_phone: str | None


class LeaveRow(NamedTuple):
    """Days `[started_on, ended_on)` away from the desk, and who stands in."""

    id: int
    post_id: int
    ward_id: int
    holder: str
    started_on: date
    ended_on: date
    half_day: HalfDay | None
    substitute: str | None
    substitute_ward: str | None

    @property
    def last_day(self) -> date:
        return self.ended_on - ONE_DAY


def describe_stand_ins(scope: WardScope, post_ids: Collection[int]) -> dict[int, StandInRow]:
    """Return who could stand in, by post; outside the scope the ward and a masked phone alone."""
    statement = (
        select(SupportPost.id, SupportPost.ward_id, Ward.name, Person.full_name, Person.phone)
        .join(Ward, Ward.id == SupportPost.ward_id)
        .join(Person, Person.id == SupportPost.person_id)
        .where(SupportPost.id.in_(post_ids))
    )
    return {
        post_id: StandInRow(
            post_id,
            ward_id,
            ward_name,
            holder if scope.includes(ward_id) else None,
            mask_phone(phone) if phone else None,
        )
        for post_id, ward_id, ward_name, holder, phone in db.session.execute(statement)
    }


def list_leaves(scope: WardScope, first_day: date) -> list[LeaveRow]:
    """Return the leave that is not over before a day, the earliest first."""
    return _leaves(scope, DutyLeave.ended_on > first_day)


def get_leave(scope: WardScope, leave_id: int) -> LeaveRow:
    """Return somebody's leave; 404 outside the scope."""
    leave = find_leave(scope, leave_id)
    if leave is None:
        raise OutOfScopeError(DutyLeave, leave_id)
    return leave


def find_leave(scope: WardScope, leave_id: int) -> LeaveRow | None:
    """Return somebody's leave; None when it was taken back, or is outside the scope."""
    return next(iter(_leaves(scope, DutyLeave.id == leave_id)), None)


def _leaves(scope: WardScope, condition: ColumnElement[bool]) -> list[LeaveRow]:
    substitute, stand_in, ward = aliased(SupportPost), aliased(Person), aliased(Ward)
    statement = (
        select(
            DutyLeave.id,
            DutyLeave.support_post_id,
            DutyLeave.ward_id,
            Person.full_name,
            DutyLeave.started_on,
            DutyLeave.ended_on,
            DutyLeave.half_day,
            stand_in.full_name,
            ward.name,
        )
        .join(SupportPost, SupportPost.id == DutyLeave.support_post_id)
        .join(Person, Person.id == SupportPost.person_id)
        .outerjoin(substitute, substitute.id == DutyLeave.substitute_post_id)
        .outerjoin(stand_in, stand_in.id == substitute.person_id)
        .outerjoin(ward, ward.id == substitute.ward_id)
        .where(scope.limit(DutyLeave.ward_id), condition)
        .order_by(DutyLeave.started_on, Person.sort_key, DutyLeave.id)
    )
    return [LeaveRow(*row) for row in db.session.execute(statement)]


def find_desk_ward(scope: WardScope, post_id: int, day: date, half_day: HalfDay) -> int | None:
    """Return the ward of the scope at whose desk a post stands in for another, or None."""
    return db.session.scalar(
        select(DutyLeave.ward_id)
        .where(
            scope.limit(DutyLeave.ward_id),
            DutyLeave.substitute_post_id == post_id,
            DutyLeave.started_on <= day,
            DutyLeave.ended_on > day,
            DutyLeave.half_day.is_(None) | (DutyLeave.half_day == half_day),
        )
        .order_by(DutyLeave.id)
        .limit(1)
    )


def load_leave(scope: WardScope, leave_id: int) -> DutyLeave:
    """Return somebody's leave for writing; 404 outside the scope."""
    leave = db.session.scalar(
        select(DutyLeave).where(DutyLeave.id == leave_id, scope.limit(DutyLeave.ward_id))
    )
    if leave is None:
        raise OutOfScopeError(DutyLeave, leave_id)
    return leave
