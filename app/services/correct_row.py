"""Puts a row of a previewed file right, without Excel."""

from collections.abc import Mapping

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.exchange.columns import Column
from app.exchange.records import RowPlace
from app.garbage import without_collection
from app.queries.roster_imports import get_import_card, list_import_parts
from app.roster.correcting import RowToCorrect, row_to_correct
from app.roster.decisions import Decisions
from app.services.preview_keeping import decide
from models import RosterImport


@without_collection()
def correct_row(
    scope: WardScope, import_id: int, place: RowPlace, texts: Mapping[Column, str]
) -> RowToCorrect:
    """Read a row with these texts, plan the preview anew, and return what became of the row.

    Nothing of the network changes, and what was typed stays also where it is still wrong. Raises
    `ImportClosedError` for a file that was applied or dropped, and `OutOfScopeError` for another
    account's, or a row that it has not.
    """
    get_row(scope, import_id, _decisions(scope, import_id), place)
    decide(scope, import_id, lambda made: made.with_texts(place, texts))
    return get_row(scope, import_id, _decisions(scope, import_id), place)


def _decisions(scope: WardScope, import_id: int) -> Decisions:
    return Decisions.from_values(get_import_card(scope, import_id).decisions)


def get_row(
    scope: WardScope, import_id: int, decisions: Decisions, place: RowPlace
) -> RowToCorrect:
    """Return a row of a preview of the reader's own; 404 where it has no such row."""
    row = row_to_correct(list_import_parts(scope, import_id), decisions, place)
    if row is None:
        raise OutOfScopeError(RosterImport, import_id)
    return row
