"""Decides which changes of known people a previewed file may make."""

from collections.abc import Mapping
from dataclasses import replace

from app.access.scope import WardScope
from app.exchange.records import RowPlace
from app.garbage import without_collection
from app.roster.decisions import Decisions, TakenOver
from app.services.preview_keeping import keep_anew, open_preview
from app.services.transaction import technical_write


@without_collection()
def choose_for_all(scope: WardScope, import_id: int, taken_over: TakenOver) -> None:
    """Choose for all rows, also those that were chosen one by one; nothing is written yet.

    Raises `ImportClosedError`, and `OutOfScopeError` for another account's file.
    """
    with technical_write():
        roster_import = open_preview(scope, import_id)
        decisions = Decisions.from_values(roster_import.decisions)
        chosen = replace(decisions, taken_over=taken_over, rows={})
        roster_import.decisions = chosen.as_values()
        keep_anew(scope, roster_import)


@without_collection()
def choose_rows(scope: WardScope, import_id: int, rows: Mapping[RowPlace, bool]) -> None:
    """Choose for some rows whether they overrule what is recorded; nothing is written yet.

    Raises `ImportClosedError`, and `OutOfScopeError` for another account's file.
    """
    with technical_write():
        roster_import = open_preview(scope, import_id)
        decisions = Decisions.from_values(roster_import.decisions)
        chosen = replace(decisions, rows={**decisions.rows, **rows})
        roster_import.decisions = chosen.as_values()
        keep_anew(scope, roster_import)
