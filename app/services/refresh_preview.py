"""Plans a kept preview anew, when the network changed since it was made."""

from contextlib import suppress

from app.access.scope import WardScope
from app.errors import ImportClosedError
from app.garbage import without_collection
from app.services.preview_keeping import decide


@without_collection()
def refresh_preview(scope: WardScope, import_id: int) -> None:
    """Keep what the file would change now; one that was applied or dropped stays as it is."""
    with suppress(ImportClosedError):
        decide(scope, import_id, lambda made: made)
