"""What the services of previews share: a file as it was decided to be read, planned and kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app import clock
from app.access.scope import WardScope
from app.errors import ImportClosedError
from app.exchange.labels import Labels
from app.exchange.records import RosterFile
from app.exchange.row_reader import Lists
from app.queries.roster_catalogues import get_catalogues
from app.queries.roster_imports import get_import, list_import_parts
from app.roster.decisions import Decisions, decided
from app.roster.staging import pack_plan, unpack_file
from app.services.roster_reading import plan_against_database
from app.services.roster_writing import keep_rows
from models import RosterImport
from models.enums import ImportState


def open_preview(scope: WardScope, import_id: int) -> RosterImport:
    """Return a preview of the reader's own that can still be decided about.

    Raises `ImportClosedError` once it was applied, be it in part, or dropped.
    """
    roster_import = get_import(scope, import_id)
    is_open = roster_import.state is ImportState.PREVIEWED and roster_import.batch_id is None
    if not is_open:
        raise ImportClosedError
    return roster_import


def keep_anew(scope: WardScope, roster_import: RosterImport) -> None:
    """Plan a preview with what was decided about it, against what is recorded now, and keep it."""
    keep_plan(scope, roster_import, unpack_file(list_import_parts(scope, roster_import.id)))


def keep_plan(scope: WardScope, roster_import: RosterImport, file: RosterFile) -> None:
    """Plan a file that was read for a preview, with what was decided about it, and keep that."""
    today = clock.today()
    wanted = as_decided(file, roster_import.decisions, today=today)
    takes = Decisions.from_values(roster_import.decisions).takes
    plan = plan_against_database(scope, wanted, roster_import.ward_id, today=today, takes=takes)
    keep_rows(roster_import.id, pack_plan(plan, file))


def as_decided(file: RosterFile, decisions: Mapping[str, Any] | None, *, today: date) -> RosterFile:
    """Return a file as it was decided to be read; `decisions` as they are kept."""
    if decisions is None:
        return file
    return decided(file, Decisions.from_values(decisions), reading_lists(today))


def reading_lists(today: date) -> Lists:
    """Return what a reader of rows has to know from outside the file."""
    catalogues = get_catalogues()
    return Lists(
        today,
        Labels([group.label for group in catalogues.groups]),
        Labels([language.label for language in catalogues.languages]),
    )
