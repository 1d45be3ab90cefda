"""Drops a preview that is not to be applied."""

from app.access.scope import WardScope
from app.errors import ImportClosedError
from app.queries.roster_imports import get_import, get_import_card
from app.services.roster_writing import forget_cells
from app.services.transaction import technical_write
from models.enums import ImportState


def discard_preview(scope: WardScope, import_id: int) -> None:
    """Close a preview without changing the network.

    Raises `ImportClosedError` once it is applied, be it in part.
    """
    with technical_write():
        roster_import = get_import(scope, import_id)
        if roster_import.batch_id is not None or get_import_card(scope, import_id).is_running:
            raise ImportClosedError
        forget_cells(import_id)
        roster_import.state = ImportState.DISCARDED
        roster_import.decisions = None
