"""Drops a preview that is not to be applied."""

from app.access.scope import WardScope
from app.errors import ImportClosedError
from app.queries.roster_imports import get_import
from app.services.transaction import technical_write
from models.enums import ImportState


def discard_preview(scope: WardScope, import_id: int) -> None:
    """Close a preview without changing the network; raise `ImportClosedError` once applied."""
    with technical_write():
        roster_import = get_import(scope, import_id)
        if roster_import.state is ImportState.APPLIED:
            raise ImportClosedError
        roster_import.state = ImportState.DISCARDED
