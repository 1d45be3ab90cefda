"""Applies a previewed roster file: all of it, or only its good rows, as one unit to undo."""

from collections.abc import Callable
from dataclasses import replace

from app import clock
from app.access.scope import WardScope
from app.errors import NothingToImportError, RosterErrorsError
from app.garbage import without_collection
from app.queries.roster_imports import get_import, get_import_card, list_import_parts
from app.roster.decisions import Decisions
from app.roster.plan import RosterPlan
from app.roster.staging import unpack_file
from app.services.preview_keeping import as_decided
from app.services.roster_applying import RosterApplication, say_nothing
from app.services.transaction import Receipt
from models.enums import ImportState


@without_collection()
def apply_preview(
    scope: WardScope,
    import_id: int,
    *,
    only_good: bool,
    request_key: str | None = None,
    progress: Callable[[int, int], None] = say_nothing,
) -> Receipt:
    """Write what the file says, planned anew against what is recorded now.

    One that was cut off goes on. `progress` is told how many roles of how many are written. Raises
    `RosterErrorsError` when rows are in error and `only_good` was not chosen,
    `NothingToImportError`, `ImportClosedError`, and `OutOfScopeError` for another account's file.
    """

    def check(plan: RosterPlan) -> None:
        if plan.has_errors and not only_good:
            raise RosterErrorsError(count=plan.counts.rejected)
        if plan.is_empty and card.batch_id is None:
            raise NothingToImportError

    card, today = get_import_card(scope, import_id), clock.today()
    file = unpack_file(list_import_parts(scope, import_id))
    application = RosterApplication(
        scope=scope,
        file=replace(as_decided(file, card.decisions, today=today), typed={}),
        today=today,
        decisions=Decisions.from_values(card.decisions),
        ward_id=card.ward_id,
        open_import=lambda: get_import(scope, import_id),
        check=check,
        request_key=request_key,
        progress=progress,
        batch_id=card.batch_id if card.state is ImportState.PREVIEWED else None,
    )
    if card.state is ImportState.PREVIEWED:
        application.look()
    _, receipt = application.write()
    return receipt
