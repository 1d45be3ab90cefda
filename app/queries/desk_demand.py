"""When people come to a desk, and what they come for again and again."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, extract, func, select

from app.access.scope import WardScope
from models import HelpSession, Procedure, db
from models.enums import HelpMode

# What a class cannot be about: the entry for everything else.
UNNAMED = "other"


class ProcedureDemand(NamedTuple):
    """The sessions of a procedure in some weeks, by who did it, and in as many weeks before."""

    procedure_id: int
    label: str
    sessions: int
    together: int
    on_behalf: int
    before: int

    @property
    def with_help(self) -> int:
        """The sessions in which the citizen did not do it alone."""
        return self.together + self.on_behalf


def count_by_hour(scope: WardScope, first_day: date, last_day: date) -> dict[int | None, int]:
    """Return the sessions of the days by hour of day; under None those without an hour."""
    hour = extract("hour", HelpSession.service_time)
    statement = (
        select(hour, func.count(HelpSession.id))
        .where(
            scope.limit(HelpSession.ward_id),
            HelpSession.service_date.between(first_day, last_day),
        )
        .group_by(hour)
    )
    return {
        None if hour is None else int(hour): sessions
        for hour, sessions in db.session.execute(statement)
    }


def list_procedure_demand(scope: WardScope, last_day: date, *, days: int) -> list[ProcedureDemand]:
    """Return what was asked for in so many days up to one, and in as many before, as listed."""
    first = last_day - timedelta(days=days - 1)
    is_now = HelpSession.service_date >= first
    statement = (
        select(
            Procedure.id,
            Procedure.label,
            _count_where(is_now),
            _count_where(is_now & (HelpSession.mode == HelpMode.TOGETHER)),
            _count_where(is_now & (HelpSession.mode == HelpMode.ON_BEHALF)),
            _count_where(HelpSession.service_date < first),
        )
        .join(
            HelpSession,
            and_(
                HelpSession.procedure_id == Procedure.id,
                scope.limit(HelpSession.ward_id),
                HelpSession.service_date.between(first - timedelta(days=days), last_day),
            ),
        )
        .where(Procedure.code != UNNAMED)
        .group_by(Procedure.id, Procedure.label, Procedure.position)
        .order_by(Procedure.position, Procedure.id)
    )
    return [ProcedureDemand(*row) for row in db.session.execute(statement)]


def _count_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(HelpSession.id).filter(condition)
