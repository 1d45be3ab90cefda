"""Plans a kept preview anew, when the network changed since it was made."""

from app import clock
from app.access.scope import WardScope
from app.garbage import without_collection
from app.queries.roster_imports import get_import, list_import_parts
from app.roster.staging import pack_plan, unpack_file
from app.services.roster_reading import plan_against_database
from app.services.roster_writing import keep_rows
from app.services.transaction import technical_write
from models.enums import ImportState


@without_collection()
def refresh_preview(scope: WardScope, import_id: int) -> None:
    """Keep what the file would change now; one that was applied or dropped stays as it is."""
    with technical_write():
        roster_import = get_import(scope, import_id)
        if roster_import.state is not ImportState.PREVIEWED:
            return
        file = unpack_file(list_import_parts(scope, import_id))
        plan = plan_against_database(scope, file, roster_import.ward_id, today=clock.today())
        keep_rows(import_id, pack_plan(plan, file))
