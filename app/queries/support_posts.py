"""Support posts: the list with its filters, one post's page, and the row to write to."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, not_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.kept_statements import kept_statement
from app.queries.list_order import Order, sorted_by_figures
from app.queries.people_filter import (
    PeopleFilter,
    find_spells,
    list_spell_ids,
    select_spells,
)
from app.queries.windows import FoundLines, Window
from models import DutyTurn, EndReason, Hamlet, Pause, Person, SupportPost, Ward, db

LAST_DUTY_ON = "ca-truc"


class SupportPostState(StrEnum):
    """Which posts a list shows; the value stands in the address. Without one: all open spells."""

    WORKING = "dang-truc"
    PAUSED = "tam-nghi"
    ENDED = "da-thoi"


class SupportPostLine(NamedTuple):
    """One line of the list, and what a post's page shows of the spell."""

    id: int
    person_id: int
    full_name: str
    birth_year: int | None
    phone: str | None
    hamlet: str | None
    ward_id: int
    ward_name: str
    started_on: date
    ended_on: date | None
    end_reason: str | None
    paused_until: date | None
    last_duty_on: date | None
    tags: tuple[str, ...] = ()


def list_support_posts(
    scope: WardScope, chosen: PeopleFilter, window: Window, day: date
) -> FoundLines[SupportPostLine]:
    """Return a window of the posts as of a day, and how many there are."""
    if window.order.column == LAST_DUTY_ON:
        found = window.cut(list_support_post_ids(scope, chosen, window.order, day))
    else:
        found = find_spells(scope, SupportPost, chosen, _is_in_state(chosen.state, day), window)
    return found.shown_as(list_support_post_lines(scope, found.ids, day))


def list_support_post_ids(
    scope: WardScope, chosen: PeopleFilter, order: Order, day: date
) -> list[int]:
    """Return the ids of all posts that a filter finds as of a day, in order."""
    is_in_state = _is_in_state(chosen.state, day)
    ids = list_spell_ids(scope, SupportPost, chosen, is_in_state, order)
    if order.column != LAST_DUTY_ON:
        return ids
    found = select_spells(scope, SupportPost, chosen, is_in_state)
    duties = db.session.execute(
        select(SupportPost.id, _last_duty_on(day)).where(SupportPost.id.in_(found))
    )
    return sorted_by_figures(ids, {key: last for key, last in duties if last is not None}, order)


def list_support_post_lines(
    scope: WardScope, ids: Sequence[int], day: date
) -> list[SupportPostLine]:
    """Return the lines of posts of the scope, in the order of the ids."""
    lines = _line_statement(day).where(SupportPost.id.in_(ids), scope.limit(SupportPost.ward_id))
    rows = {row.id: row for row in db.session.execute(lines)}
    return [SupportPostLine._make([*rows[key], ()]) for key in ids]


def get_support_post(scope: WardScope, support_post_id: int) -> SupportPost:
    """Return a support post for writing, locked until the transaction ends; 404 outside."""
    post = db.session.scalar(
        select(SupportPost)
        .where(SupportPost.id == support_post_id, scope.limit(SupportPost.ward_id))
        .with_for_update()
    )
    if post is None:
        raise OutOfScopeError(SupportPost, support_post_id)
    return post


def get_support_post_detail(scope: WardScope, support_post_id: int, day: date) -> SupportPostLine:
    """Return a post as its page shows it as of a day; 404 outside the scope."""
    statement = _line_statement(day).where(
        SupportPost.id == support_post_id, scope.limit(SupportPost.ward_id)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(SupportPost, support_post_id)
    return SupportPostLine(*row)


@kept_statement
def _is_in_state(state: str, day: date) -> ColumnElement[bool]:
    is_open: ColumnElement[bool] = SupportPost.is_open_on(day)
    is_paused = _paused_until(day).is_not(None)
    conditions: dict[str, ColumnElement[bool]] = {
        SupportPostState.WORKING: and_(is_open, not_(is_paused)),
        SupportPostState.PAUSED: and_(is_open, is_paused),
        SupportPostState.ENDED: SupportPost.ended_on <= day,
    }
    return conditions.get(state, is_open)


def _paused_until(day: date) -> ColumnElement[Any]:
    return (
        select(func.max(Pause.ended_on))
        .where(
            Pause.support_post_id == SupportPost.id,
            Pause.started_on <= day,
            Pause.ended_on > day,
            Pause.deleted_at.is_(None),
        )
        .correlate(SupportPost)
        .scalar_subquery()
    )


def _last_duty_on(day: date) -> ColumnElement[Any]:
    return (
        select(func.max(DutyTurn.service_date))
        .where(
            DutyTurn.support_post_id == SupportPost.id,
            DutyTurn.is_performed,
            DutyTurn.service_date <= day,
            DutyTurn.deleted_at.is_(None),
        )
        .correlate(SupportPost)
        .scalar_subquery()
    )


def _line_statement(day: date) -> Select[*tuple[Any, ...]]:
    return _joined(
        SupportPost.id,
        Person.id,
        Person.full_name,
        Person.birth_year,
        Person.phone,
        Hamlet.name,
        SupportPost.ward_id,
        Ward.name,
        SupportPost.started_on,
        SupportPost.ended_on,
        EndReason.label,
        _paused_until(day),
        _last_duty_on(day),
    ).outerjoin(EndReason, EndReason.id == SupportPost.end_reason_id)


def _joined(*columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .join(Person, Person.id == SupportPost.person_id)
        .join(Ward, Ward.id == SupportPost.ward_id)
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
    )
