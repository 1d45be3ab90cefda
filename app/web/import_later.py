"""Long roster files: written behind the page, which may be left meanwhile."""

from app.access.later import run_later
from app.access.scope import WardScope
from app.errors import AlreadyDoneError, RuleBrokenError
from app.queries.roster_imports import ImportCard, get_first_part
from app.roster.staging import counts_of
from app.services import roster_applying
from app.services.apply_preview import apply_preview
from app.services.import_progress import begin_import, end_import, touch_import
from app.services.refresh_preview import refresh_preview
from models.enums import ImportState


def is_long(scope: WardScope, card: ImportCard) -> bool:
    """Say whether writing a file takes longer than somebody waits; one that was cut off may."""
    if card.state is not ImportState.PREVIEWED:
        return False
    rows = counts_of(get_first_part(scope, card.id)).rows
    return card.batch_id is not None or rows > roster_applying.AT_ONCE


def apply_later(
    scope: WardScope, import_id: int, *, only_good: bool, request_key: str | None
) -> None:
    """Begin to write a file, unless that is under way.

    What forbids it is shown by the preview, planned anew. Raises `ImportClosedError`.
    """

    def write() -> None:
        is_refused = False
        try:
            apply_preview(
                scope,
                import_id,
                only_good=only_good,
                request_key=request_key,
                progress=lambda done, everything: touch_import(scope, import_id, done, everything),
            )
        except (RuleBrokenError, AlreadyDoneError):
            is_refused = True
        finally:
            end_import(scope, import_id)
        if is_refused:
            refresh_preview(scope, import_id)

    if begin_import(scope, import_id):
        run_later(write, while_waiting=lambda: touch_import(scope, import_id))
