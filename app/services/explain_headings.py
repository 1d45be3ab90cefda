"""Records what the headings of a file mean that say nothing, and reads the file with it."""

from collections.abc import Sequence
from contextlib import suppress

from app import clock
from app.access.scope import WardScope
from app.errors import EditConflictError, ImportClosedError
from app.exchange.by_hand import HandColumn, Meanings
from app.exchange.kept_sheets import unpack_sheets
from app.garbage import without_collection
from app.queries.heading_meanings import get_meanings, load_meanings
from app.queries.roster_imports import get_import_card, get_import_cells, list_import_parts
from app.services.preview_keeping import ATTEMPTS, open_preview, planned
from app.services.roster_reading import ask_of_sheets, read_sheets
from app.services.roster_writing import keep_rows
from app.services.transaction import Receipt, transaction
from models import HeadingMeaning, RosterImport, db

HEADING_AT_MOST = 120


def columns_to_explain(scope: WardScope, import_id: int, ward_id: int | None) -> list[HandColumn]:
    """Return the columns of a previewed file that have to be explained, or were.

    `ward_id` is the ward that was chosen for the file. 404 where there are none.
    """
    sheets, _ = unpack_sheets(get_import_cells(scope, import_id))
    return ask_of_sheets(sheets, get_meanings(scope, ward_id))


@without_collection()
def explain_headings(
    scope: WardScope,
    import_id: int,
    asked: Sequence[HandColumn],
    meanings: Meanings,
    *,
    request_key: str | None = None,
) -> Receipt:
    """Record what these headings mean in the files of the ward, and plan the preview anew.

    `meanings` by key: None is left out on purpose; who has none is asked again. A long file takes
    seconds, in which others write: it is planned before the lock is taken. Raises
    `ImportClosedError` for a file that was applied or dropped, `EditConflictError` where it is
    decided about all the time, `OutOfScopeError` for another account's.
    """
    for _ in range(ATTEMPTS):
        card = get_import_card(scope, import_id)
        if not card.is_undecided:
            raise ImportClosedError
        parts = list_import_parts(scope, import_id)
        sheets, default_role = unpack_sheets(get_import_cells(scope, import_id))
        file = read_sheets(
            sheets,
            today=clock.today(),
            default_role=default_role,
            meanings=_as_said(get_meanings(scope, card.ward_id), asked, meanings),
        )
        packed = planned(scope, card.ward_id, card.decisions, file)
        # What somebody decided meanwhile would be lost: look again.
        with suppress(EditConflictError):
            with transaction(scope, "headings_explained", request_key=request_key) as unit:
                roster_import = open_preview(scope, import_id)
                is_same = list_import_parts(scope, import_id) == parts
                if not is_same or roster_import.decisions != card.decisions:
                    raise EditConflictError
                _record(scope, roster_import, asked, meanings)
                keep_rows(import_id, packed)
                unit.about(roster_import, ward_id=roster_import.ward_id)
            return unit.receipt
    raise EditConflictError


def _as_said(known: Meanings, asked: Sequence[HandColumn], meanings: Meanings) -> Meanings:
    """Return what the headings mean once this is recorded, as `_record` does it."""
    keys = {heading.key for heading in asked}
    others = {key: column for key, column in known.items() if key not in keys}
    return others | {key: column for key, column in meanings.items() if key in keys}


def _record(
    scope: WardScope,
    roster_import: RosterImport,
    asked: Sequence[HandColumn],
    meanings: Meanings,
) -> None:
    known = {row.heading_key: row for row in load_meanings(scope, roster_import.ward_id)}
    for heading in asked:
        row = known.get(heading.key)
        if heading.key not in meanings:
            if row is not None:
                row.deleted_at = clock.now()
            continue
        if row is None:
            row = HeadingMeaning(
                ward_id=roster_import.ward_id,
                heading_key=heading.key,
                heading=heading.label[:HEADING_AT_MOST],
            )
            db.session.add(row)
        column = meanings[heading.key]
        row.column_name = None if column is None else column.value
