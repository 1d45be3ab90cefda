"""Sets and corrects the targets of a sheet at once, after somebody looked at what it changes."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from app.access.scope import WardScope
from app.errors import EditConflictError, RuleBrokenError
from app.formatting import format_day
from app.period_errors import OlderVersionError, TargetNamedTwiceError
from app.queries.plan_targets import TargetRow, TargetSeries, list_targets
from app.services.edit_targets import TargetValue, new_version
from app.services.transaction import Receipt, transaction
from models import db
from models.names import normalise_name


class SheetTarget(NamedTuple):
    """What one row of a sheet asks for."""

    row_number: int
    series: TargetSeries
    version: TargetValue


class TargetChange(NamedTuple):
    """A target of the sheet, and the version in force that it corrects, None where it is new."""

    wanted: SheetTarget
    present: TargetRow | None


class TargetPlan(NamedTuple):
    """What a sheet would change, what it says as it is, and by row why others are refused."""

    new: list[TargetChange]
    changed: list[TargetChange]
    unchanged: list[TargetChange]
    refused: dict[int, RuleBrokenError]

    @property
    def writes(self) -> list[TargetChange]:
        """What would be written."""
        return [*self.new, *self.changed]

    @property
    def seen(self) -> str:
        """A digest of what would be written and over what, for who looked at it before."""
        told = [(one.wanted, one.present and one.present.id) for one in self.writes]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def foresee_targets(scope: WardScope, wanted: Sequence[SheetTarget]) -> TargetPlan:
    """Return what a sheet would change now."""
    in_force = {row.series: row for row in list_targets(scope)}
    plan = TargetPlan([], [], [], {})
    rows: dict[TargetSeries, int] = {}
    for one in wanted:
        present = in_force.get(one.series)
        change = TargetChange(one, present)
        if one.series in rows:
            error = TargetNamedTwiceError(row=rows[one.series])
            plan.refused[one.row_number] = error
        elif present is None:
            plan.new.append(change)
        elif _says(present) == one.version:
            plan.unchanged.append(change)
        elif one.version.valid_from < present.valid_from:
            refusal = OlderVersionError(day=format_day(present.valid_from))
            plan.refused[one.row_number] = refusal
        else:
            plan.changed.append(change)
        rows.setdefault(one.series, one.row_number)
    return plan


def import_targets(
    scope: WardScope, wanted: Sequence[SheetTarget], *, seen: str, request_key: str | None = None
) -> Receipt:
    """Write what `foresee_targets` showed, as one action with one way back.

    Raises `EditConflictError` when that is something else by now, `OutOfScopeError`.
    """
    with transaction(scope, "targets_imported", request_key=request_key) as unit:
        plan = foresee_targets(scope, wanted)
        if plan.seen != seen or not plan.writes:
            raise EditConflictError
        for ward_id in {one.wanted.series.ward_id for one in plan.writes}:
            scope.require(ward_id)
        targets = [new_version(one.wanted.series, one.wanted.version) for one in plan.writes]
        db.session.add_all(targets)
        unit.about(targets[0])
    return unit.receipt


def _says(row: TargetRow) -> TargetValue:
    # A cell is read with single spaces.
    return TargetValue(row.value, row.valid_from, normalise_name(row.source))
