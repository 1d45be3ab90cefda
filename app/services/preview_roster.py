"""Reads a roster file and keeps what it would change, to be looked at before it is applied."""

from datetime import timedelta

from sqlalchemy import delete

from app import clock
from app.access.scope import WardScope
from app.exchange.records import RosterRole
from app.garbage import without_collection
from app.queries.heading_meanings import get_meanings
from app.queries.roster_imports import list_stale_previews
from app.roster.decisions import Decisions
from app.roster.staging import pack_plan
from app.services.roster_files import add_import
from app.services.roster_reading import plan_against_database, read_roster
from app.services.roster_writing import keep_rows
from app.services.transaction import technical_write
from models import RosterImport, RosterImportCells, RosterImportPart, db
from models.enums import ImportState

KEPT_FOR = timedelta(days=1)


@without_collection()
def preview_roster(
    scope: WardScope,
    content: bytes,
    file_name: str,
    *,
    ward_id: int | None = None,
    default_role: RosterRole | None = None,
) -> int:
    """Keep a preview and return the id of the import; nothing of the network changes.

    `ward_id` is the ward of all rows, if one was chosen. The account's older previews hold
    personal data for nothing and go. Raises `ExchangeError` for an unusable file and
    `OutOfScopeError` for a foreign ward.
    """
    if ward_id is not None:
        scope.require(ward_id)
    today = clock.today()
    file = read_roster(
        content,
        today=today,
        default_role=default_role,
        meanings=get_meanings(scope, ward_id),
    )
    plan = plan_against_database(scope, file, ward_id, today=today, decisions=Decisions())
    with technical_write():
        _forget(list_stale_previews(scope, before=clock.now() - KEPT_FOR))
        roster_import = add_import(scope, content, file_name, ward_id, ImportState.PREVIEWED)
        keep_rows(roster_import.id, pack_plan(plan, file))
        if file.kept_sheets is not None:
            cells = RosterImportCells(roster_import_id=roster_import.id, content=file.kept_sheets)
            db.session.add(cells)
        return roster_import.id


def _forget(import_ids: list[int]) -> None:
    for kept in (RosterImportPart, RosterImportCells):
        db.session.execute(delete(kept).where(kept.roster_import_id.in_(import_ids)))
    db.session.execute(delete(RosterImport).where(RosterImport.id.in_(import_ids)))
