"""Help sessions in lists: with filters, in any order, a window or all of them."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.access.scope import WardScope
from app.queries.kept_statements import kept_statement, read_rows, read_scoped
from app.queries.list_order import By, Order, directed
from app.queries.windows import FoundLines, Window
from models import Handoff, HelpSession, Obstacle, Procedure, Ward, db
from models.enums import HelpMode, HelpResult, LearningOffer

DAY, PROCEDURE = "ngay", "thu-tuc"
LATEST_FIRST = Order(DAY, is_descending=True)
Column = InstrumentedAttribute[Any]


class SessionFilter(NamedTuple):
    """What a list is narrowed to: days `[first_day, last_day]` and codes; "" and None are all."""

    first_day: date
    last_day: date
    ward_code: str = ""
    procedure: str = ""
    mode: HelpMode | None = None
    result: HelpResult | None = None


class SessionLine(NamedTuple):
    """One line of the list. What was noted about the anonymous visitor stays out of it."""

    id: int
    service_date: date
    service_time: time | None
    procedure: str
    mode: HelpMode
    result: HelpResult
    is_first_this_year: bool
    obstacle: str | None
    minutes: int | None
    learning_offer: LearningOffer | None
    is_bundled: bool
    ward_name: str
    handed_on_id: int | None


def list_sessions(
    scope: WardScope, chosen: SessionFilter, window: Window
) -> FoundLines[SessionLine]:
    """Return a window of the sessions that a filter finds, and how many there are."""
    counted = select(func.count(HelpSession.id)).where(_is_wanted(scope, chosen))
    total = db.session.scalar(counted) or 0
    ordered = _in_order(scope, chosen, window.order)
    ids = list(db.session.scalars(ordered.offset(window.offset(total)).limit(window.size)))
    return FoundLines(list_session_lines(scope, ids), total, has_more=False)


def list_session_ids(scope: WardScope, chosen: SessionFilter, order: Order) -> list[int]:
    """Return the ids of all sessions that a filter finds, in order."""
    return list(db.session.scalars(_in_order(scope, chosen, order)))


def list_session_lines(scope: WardScope, ids: Sequence[int]) -> list[SessionLine]:
    """Return the lines of sessions of the scope, in the order of the ids."""
    rows = {row.id: row for row in read_scoped(scope, _lines, ids=list(ids))}
    return [SessionLine._make(rows[session_id]) for session_id in ids]


def list_procedures(scope: WardScope) -> list[tuple[str, str]]:
    """Return code and label of every procedure, retired ones too: the same in every scope."""
    del scope
    return [(row.code, row.label) for row in read_rows(_procedures())]


@kept_statement
def _procedures() -> Select[str, str]:
    return select(Procedure.code, Procedure.label).order_by(Procedure.position, Procedure.id)


def _is_wanted(scope: WardScope, chosen: SessionFilter) -> ColumnElement[bool]:
    wards = select(Ward.id)
    if chosen.ward_code:
        wards = wards.where(Ward.code == chosen.ward_code)
    conditions = [
        scope.limit(HelpSession.ward_id),
        # Of all wards, too: the index of their days begins with the ward.
        HelpSession.ward_id.in_(wards),
        HelpSession.service_date.between(chosen.first_day, chosen.last_day),
    ]
    if chosen.procedure:
        procedure = select(Procedure.id).where(Procedure.code == chosen.procedure)
        conditions.append(HelpSession.procedure_id == procedure.scalar_subquery())
    if chosen.mode is not None:
        conditions.append(HelpSession.mode == chosen.mode)
    if chosen.result is not None:
        conditions.append(HelpSession.result == chosen.result)
    return and_(*conditions)


def _in_order(scope: WardScope, chosen: SessionFilter, order: Order) -> Select[int]:
    statement = select(HelpSession.id).where(_is_wanted(scope, chosen))
    by: dict[str, Column] = {By.WARD: Ward.search_text, PROCEDURE: Procedure.position}
    column = by.get(order.column, HelpSession.service_date)
    if order.column == By.WARD:
        statement = statement.join(Ward, Ward.id == HelpSession.ward_id)
    if order.column == PROCEDURE:
        statement = statement.join(Procedure, Procedure.id == HelpSession.procedure_id)
    by_entry = HelpSession.id.desc() if order.is_descending else HelpSession.id.asc()
    if column is HelpSession.service_date:
        return statement.order_by(directed(column, order), by_entry)
    latest = HelpSession.service_date.desc(), HelpSession.id.desc()
    return statement.order_by(directed(column, order), *latest)


@kept_statement
def _lines(scope: WardScope) -> Select[*tuple[Any, ...]]:
    handed_on = (
        select(func.min(Handoff.id))
        .where(Handoff.help_session_id == HelpSession.id)
        .scalar_subquery()
    )
    return (
        select(
            HelpSession.id,
            HelpSession.service_date,
            HelpSession.service_time,
            Procedure.label,
            HelpSession.mode,
            HelpSession.result,
            HelpSession.is_first_this_year,
            Obstacle.label,
            HelpSession.minutes,
            HelpSession.learning_offer,
            HelpSession.bundle_id.is_not(None),
            Ward.name,
            handed_on,
        )
        .join(Ward, Ward.id == HelpSession.ward_id)
        .join(Procedure, Procedure.id == HelpSession.procedure_id)
        .outerjoin(Obstacle, Obstacle.id == HelpSession.obstacle_id)
        .where(
            HelpSession.id.in_(bindparam("ids", expanding=True)), scope.limit(HelpSession.ward_id)
        )
    )
