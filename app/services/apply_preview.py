"""Applies a previewed roster file: all of it, or only its good rows, as one unit to undo."""

from app import clock
from app.access.scope import WardScope
from app.errors import ImportClosedError, NothingToImportError, RosterErrorsError
from app.queries.roster_imports import get_import, list_import_rows
from app.roster.staging import unpack_file
from app.services.roster_reading import plan_against_database
from app.services.roster_writing import keep_rows, only_ward, write_plan
from app.services.transaction import Receipt, transaction
from models.enums import ImportState


def apply_preview(
    scope: WardScope, import_id: int, *, only_good: bool, request_key: str | None = None
) -> Receipt:
    """Write what the file says, planned anew against what is recorded now.

    Raises `RosterErrorsError` when rows are in error and `only_good` was not chosen,
    `NothingToImportError`, `ImportClosedError`, and `OutOfScopeError` for another account's file.
    """
    with transaction(scope, "roster_imported", request_key=request_key) as unit:
        roster_import = get_import(scope, import_id)
        if roster_import.state is not ImportState.PREVIEWED:
            raise ImportClosedError
        file = unpack_file(list_import_rows(scope, import_id))
        plan = plan_against_database(scope, file, roster_import.ward_id, today=clock.today())
        if plan.has_errors and not only_good:
            raise RosterErrorsError(count=plan.counts.rejected)
        if plan.is_empty:
            raise NothingToImportError
        write_plan(scope, plan, unit)
        keep_rows(import_id, plan, file)
        roster_import.state = ImportState.APPLIED
        roster_import.batch_id = unit.batch.id
        unit.about(roster_import, ward_id=roster_import.ward_id or only_ward(plan))
    return unit.receipt
