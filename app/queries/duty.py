"""Duty turns at the service centres, and the posts of those who take them."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    and_,
    exists,
    not_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from models import (
    AccountPerson,
    DutyLeave,
    DutyTurn,
    Person,
    ReportingPeriod,
    SupportPost,
    Ward,
    db,
)
from models.enums import HalfDay


class PostRow(NamedTuple):
    """A support post with its holder; `is_own` where the asking account is that human.

    `is_claimed` where the holder has an account at all.
    """

    id: int
    ward_id: int
    ward_name: str
    holder: str
    started_on: date
    ended_on: date | None
    is_own: bool
    is_claimed: bool


class TurnRow(NamedTuple):
    """A duty turn, planned or performed."""

    id: int
    post_id: int
    day: date
    half_day: HalfDay
    is_performed: bool


class TurnDetail(NamedTuple):
    """A duty turn in words, and where it counts."""

    holder: str
    day: date
    half_day: HalfDay
    is_performed: bool
    counted_from: date
    period_code: str

    @property
    def is_late(self) -> bool:
        """Its own period was closed already; it counts in a later one."""
        return self.counted_from > self.day


def get_turn_detail(scope: WardScope, turn_id: int) -> TurnDetail:
    """Return a turn in words; 404 outside the scope."""
    turn = find_turn_detail(scope, turn_id)
    if turn is None:
        raise OutOfScopeError(DutyTurn, turn_id)
    return turn


def find_turn_detail(scope: WardScope, turn_id: int) -> TurnDetail | None:
    """Return a turn in words; None when it was taken back, or is outside the scope."""
    statement = (
        select(
            Person.full_name,
            DutyTurn.service_date,
            DutyTurn.half_day,
            DutyTurn.is_performed,
            ReportingPeriod.started_on,
            ReportingPeriod.code,
        )
        .join(SupportPost, SupportPost.id == DutyTurn.support_post_id)
        .join(Person, Person.id == SupportPost.person_id)
        .join(ReportingPeriod, ReportingPeriod.id == DutyTurn.reported_in_id)
        .where(DutyTurn.id == turn_id, scope.limit(DutyTurn.ward_id))
    )
    row = db.session.execute(statement).one_or_none()
    return None if row is None else TurnDetail._make(row)


def load_post(scope: WardScope, post_id: int) -> SupportPost:
    """Return a support post for writing, locked so that its turns are entered one at a time."""
    post = db.session.scalar(
        select(SupportPost)
        .where(SupportPost.id == post_id, scope.limit(SupportPost.ward_id))
        .with_for_update()
    )
    if post is None:
        raise OutOfScopeError(SupportPost, post_id)
    return post


def load_turn(scope: WardScope, turn_id: int) -> DutyTurn:
    """Return a duty turn for writing, locked until the transaction ends; 404 outside the scope."""
    turn = db.session.scalar(
        select(DutyTurn)
        .where(DutyTurn.id == turn_id, scope.limit(DutyTurn.ward_id))
        .with_for_update()
    )
    if turn is None:
        raise OutOfScopeError(DutyTurn, turn_id)
    return turn


def find_turn(scope: WardScope, post_id: int, day: date, half_day: HalfDay) -> DutyTurn | None:
    """Return the turn of a post on half a day, for writing, if there is one."""
    return db.session.scalar(
        select(DutyTurn).where(
            scope.limit(DutyTurn.ward_id),
            DutyTurn.support_post_id == post_id,
            DutyTurn.service_date == day,
            DutyTurn.half_day == half_day,
        )
    )


def list_posts(scope: WardScope, first_day: date, last_day: date) -> list[PostRow]:
    """Return the posts open on some day of `[first_day, last_day]`, one's own first, by name."""
    return _posts(
        scope,
        scope.limit(SupportPost.ward_id),
        SupportPost.started_on <= last_day,
        SupportPost.ended_on.is_(None) | (SupportPost.ended_on > first_day),
    )


def list_visiting_posts(scope: WardScope, first_day: date, last_day: date) -> list[PostRow]:
    """Return posts of other wards that are tied to the scope in some days, by name.

    Their holders stand in here, or somebody from here stands in for them: both wards know of it.
    """
    absent, substitute = DutyLeave.support_post_id, DutyLeave.substitute_post_id
    is_then = and_(DutyLeave.started_on <= last_day, DutyLeave.ended_on > first_day)
    own = select(SupportPost.id).where(scope.limit(SupportPost.ward_id))
    tied: CompoundSelect[*tuple[Any, ...]] = union_all(
        select(substitute).where(scope.limit(DutyLeave.ward_id), is_then, substitute.is_not(None)),
        select(absent).where(substitute.in_(own), is_then),
        select(DutyTurn.support_post_id).where(
            scope.limit(DutyTurn.ward_id),
            DutyTurn.service_date.between(first_day, last_day),
            DutyTurn.support_post_id.not_in(own),
        ),
    )
    return _posts(scope, SupportPost.id.in_(tied), not_(scope.limit(SupportPost.ward_id)))


def _posts(scope: WardScope, *conditions: ColumnElement[bool]) -> list[PostRow]:
    is_own = AccountPerson.account_id.is_not(None)
    of_holder = aliased(AccountPerson)
    is_claimed = exists().where(
        of_holder.person_id == SupportPost.person_id, of_holder.deleted_at.is_(None)
    )
    statement = (
        select(
            SupportPost.id,
            SupportPost.ward_id,
            Ward.name,
            Person.full_name,
            SupportPost.started_on,
            SupportPost.ended_on,
            is_own,
            is_claimed,
        )
        .join(Ward, Ward.id == SupportPost.ward_id)
        .join(Person, Person.id == SupportPost.person_id)
        .outerjoin(
            AccountPerson,
            (AccountPerson.person_id == SupportPost.person_id)
            & (AccountPerson.account_id == scope.account_id),
        )
        .where(*conditions)
        .order_by(is_own.desc(), Person.sort_key, SupportPost.id)
    )
    return [PostRow(*row) for row in db.session.execute(statement)]


def list_turns(scope: WardScope, first_day: date, last_day: date) -> list[TurnRow]:
    """Return the turns of the days `[first_day, last_day]`, earliest first."""
    statement = (
        select(
            DutyTurn.id,
            DutyTurn.support_post_id,
            DutyTurn.service_date,
            DutyTurn.half_day,
            DutyTurn.is_performed,
        )
        .where(scope.limit(DutyTurn.ward_id), DutyTurn.service_date.between(first_day, last_day))
        .order_by(DutyTurn.service_date, DutyTurn.half_day.desc(), DutyTurn.id)
    )
    return [TurnRow(*row) for row in db.session.execute(statement)]
