"""Records what the headings of a file mean that say nothing, and reads the file with it."""

from collections.abc import Sequence

from app import clock
from app.access.scope import WardScope
from app.exchange.by_hand import HandColumn, Meanings
from app.exchange.kept_sheets import unpack_sheets
from app.garbage import without_collection
from app.queries.heading_meanings import get_meanings, load_meanings
from app.queries.roster_imports import get_import_cells
from app.services.preview_keeping import keep_plan, open_preview
from app.services.roster_reading import ask_of_sheets, read_sheets
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

    `meanings` by key: None is left out on purpose; who has none is asked again. Raises
    `ImportClosedError` for a file that was applied or dropped, `OutOfScopeError` for another
    account's.
    """
    with transaction(scope, "headings_explained", request_key=request_key) as unit:
        roster_import = open_preview(scope, import_id)
        _record(scope, roster_import, asked, meanings)
        db.session.flush()
        sheets, default_role = unpack_sheets(get_import_cells(scope, import_id))
        file = read_sheets(
            sheets,
            today=clock.today(),
            default_role=default_role,
            meanings=get_meanings(scope, roster_import.ward_id),
        )
        keep_plan(scope, roster_import, file)
        unit.about(roster_import, ward_id=roster_import.ward_id)
    return unit.receipt


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
