"""Notes how far an import is that is written behind its page, so that every process can tell."""

from sqlalchemy import update

from app import clock
from app.access.scope import WardScope
from app.errors import ImportClosedError
from app.queries.roster_imports import get_import, get_import_card
from app.services.transaction import technical_write
from models import RosterImport
from models.enums import ImportState


def begin_import(scope: WardScope, import_id: int) -> bool:
    """Note that a file is being written from now on; false where somebody does so already.

    Raises `ImportClosedError` for a file that was applied or dropped, and `OutOfScopeError` for
    another account's.
    """
    with technical_write():
        roster_import = get_import(scope, import_id)
        if roster_import.state is not ImportState.PREVIEWED:
            raise ImportClosedError
        if get_import_card(scope, import_id).is_running:
            return False
        roster_import.touched_at = clock.now()
        roster_import.roles_written = roster_import.roles_to_write = None
    return True


def touch_import(
    scope: WardScope, import_id: int, written: int | None = None, to_write: int | None = None
) -> None:
    """Note that somebody works on a file or will, and how many of how many roles are written."""
    _note(
        scope,
        import_id,
        touched_at=clock.now(),
        roles_written=written,
        roles_to_write=to_write,
    )


def end_import(scope: WardScope, import_id: int) -> None:
    """Note that nobody works on a file any more, be it written or not."""
    _note(scope, import_id, touched_at=None)


def _note(scope: WardScope, import_id: int, **values: object) -> None:
    with technical_write() as session:
        session.execute(
            update(RosterImport)
            .where(RosterImport.id == import_id, RosterImport.account_id == scope.account_id)
            .values(**values)
        )
