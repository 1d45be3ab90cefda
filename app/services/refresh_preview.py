"""Plans a kept preview anew, when the network changed since it was made."""

from app.access.scope import WardScope
from app.garbage import without_collection
from app.queries.roster_imports import get_import
from app.services.preview_keeping import keep_anew
from app.services.transaction import technical_write
from models.enums import ImportState


@without_collection()
def refresh_preview(scope: WardScope, import_id: int) -> None:
    """Keep what the file would change now; one that was applied or dropped stays as it is."""
    with technical_write():
        roster_import = get_import(scope, import_id)
        if roster_import.state is not ImportState.PREVIEWED:
            return
        keep_anew(scope, roster_import)
