"""Sets targets, corrects them by a further version, and withdraws them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.errors import EditConflictError
from app.formatting import format_day
from app.period_errors import OlderVersionError, TargetThereError
from app.queries.plan_targets import TargetSeries, get_target
from app.services.transaction import Receipt, transaction
from models import PlanTarget, db


@dataclass(frozen=True, slots=True)
class TargetValue:
    """What one version of a target says."""

    value: int
    valid_from: date
    source: str


def set_target(
    scope: WardScope,
    series: TargetSeries,
    version: TargetValue,
    *,
    request_key: str | None = None,
) -> Receipt:
    """Set a target of a ward, or of the province; raises `TargetThereError`, `OutOfScopeError`."""
    with transaction(scope, "target_set", request_key=request_key) as unit:
        scope.require(series.ward_id)
        same = select(PlanTarget.id).where(series.is_of_it).limit(1)
        if db.session.scalar(same) is not None:
            raise TargetThereError(day=format_day(series.due_on))
        target = new_version(series, version)
        db.session.add(target)
        unit.about(target, ward_id=series.ward_id)
    return unit.receipt


def correct_target(
    scope: WardScope, target_id: int, version: TargetValue, *, seen_id: int
) -> Receipt:
    """Add a version to a target; the older ones stay. `seen_id` is the version that was seen.

    Raises `EditConflictError` when another one is in force by now, `OlderVersionError` for a day
    before it, `OutOfScopeError`.
    """
    with transaction(scope, "target_corrected") as unit:
        present = get_target(scope, target_id)
        if present.id != seen_id:
            raise EditConflictError
        if version.valid_from < present.valid_from:
            raise OlderVersionError(day=format_day(present.valid_from))
        target = new_version(present.series, version)
        db.session.add(target)
        unit.about(target, ward_id=present.ward_id)
    return unit.receipt


def withdraw_target(scope: WardScope, target_id: int) -> Receipt:
    """Withdraw a target with all its versions, until that is undone; raises `OutOfScopeError`."""
    with transaction(scope, "target_withdrawn") as unit:
        present = get_target(scope, target_id)
        versions = select(PlanTarget).where(present.series.is_of_it).order_by(PlanTarget.id)
        for version in db.session.scalars(versions):
            version.deleted_at = clock.now()
            unit.about(version, ward_id=present.ward_id)
    return unit.receipt


def new_version(series: TargetSeries, version: TargetValue) -> PlanTarget:
    """Return a row for a version of a target, for the session."""
    return PlanTarget(
        **series._asdict(),
        value=version.value,
        valid_from=version.valid_from,
        source=version.source,
    )
