"""The targets of the plan: the version in force of each, and all versions of one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from models import Account, PlanTarget, Ward, db
from models.enums import TargetIndicator


class TargetSeries(NamedTuple):
    """What the versions of one target have in common; without ward it is the province's."""

    ward_id: int | None
    indicator: TargetIndicator
    due_on: date

    @property
    def is_of_it(self) -> ColumnElement[bool]:
        """The condition for its versions."""
        ward = PlanTarget.ward_id
        return and_(
            ward.is_(None) if self.ward_id is None else ward == self.ward_id,
            PlanTarget.indicator == self.indicator,
            PlanTarget.due_on == self.due_on,
        )


class TargetRow(NamedTuple):
    """One version of a target; without ward it is the province's, without account shipped."""

    id: int
    ward_id: int | None
    ward_code: str | None
    ward_name: str | None
    indicator: TargetIndicator
    due_on: date
    value: int
    valid_from: date
    source: str
    entered_at: datetime
    username: str | None

    @property
    def series(self) -> TargetSeries:
        """The target that this is a version of."""
        return TargetSeries(self.ward_id, self.indicator, self.due_on)


def list_targets(scope: WardScope, *, on: date | None = None) -> list[TargetRow]:
    """Return the version in force of each target: the province's first, then by ward and day.

    `on` is the day as of which it is, as known now; by default the last one entered.
    """
    begun = () if on is None else (PlanTarget.valid_from <= on,)
    latest = {row.series: row for row in _rows(_statement(scope).where(*begun))}
    return sorted(latest.values(), key=_place)


def get_target(scope: WardScope, target_id: int) -> TargetRow:
    """Return the version in force of the target that a version belongs to.

    Raises `OutOfScopeError` when there is none.
    """
    return list_versions(scope, target_id)[0]


def list_versions(scope: WardScope, target_id: int) -> Sequence[TargetRow]:
    """Return all versions of the target that one belongs to, the one in force first.

    Raises `OutOfScopeError` when there is none.
    """
    named = _rows(_statement(scope).where(PlanTarget.id == target_id))
    if not named:
        raise OutOfScopeError(PlanTarget, target_id)
    return _rows(_statement(scope).where(named[0].series.is_of_it))[::-1]


def _rows(statement: Select[*tuple[Any, ...]]) -> list[TargetRow]:
    return [TargetRow(*row) for row in db.session.execute(statement)]


def _statement(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return (
        select(
            PlanTarget.id,
            PlanTarget.ward_id,
            Ward.code,
            Ward.name,
            PlanTarget.indicator,
            PlanTarget.due_on,
            PlanTarget.value,
            PlanTarget.valid_from,
            PlanTarget.source,
            PlanTarget.entered_at,
            Account.username,
        )
        .outerjoin(Ward, Ward.id == PlanTarget.ward_id)
        .outerjoin(Account, Account.id == PlanTarget.entered_by_id)
        .where(scope.limit(PlanTarget.ward_id))
        .order_by(PlanTarget.valid_from, PlanTarget.id)
    )


def _place(row: TargetRow) -> tuple[str, int, date]:
    return row.ward_code or "", list(TargetIndicator).index(row.indicator), row.due_on
