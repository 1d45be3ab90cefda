"""What the services of previews share: a file as it was decided to be read, planned and kept."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app import clock
from app.access.scope import WardScope
from app.errors import EditConflictError, ImportClosedError
from app.exchange.labels import Labels
from app.exchange.records import RosterFile
from app.exchange.row_reader import Lists
from app.queries.roster_catalogues import get_catalogues
from app.queries.roster_imports import get_import, get_import_card, list_import_parts
from app.roster.decisions import Decisions, decided
from app.roster.staging import pack_plan, unpack_file
from app.services.roster_reading import plan_against_database
from app.services.roster_writing import keep_rows
from app.services.transaction import technical_write
from models import RosterImport

ATTEMPTS = 3


def open_preview(scope: WardScope, import_id: int) -> RosterImport:
    """Return a preview of the reader's own that can still be decided about.

    Raises `ImportClosedError` once it is being applied, be it in part, or dropped.
    """
    roster_import = get_import(scope, import_id)
    if not get_import_card(scope, import_id).is_undecided:
        raise ImportClosedError
    return roster_import


def decide(scope: WardScope, import_id: int, decided: Callable[[Decisions], Decisions]) -> None:
    """Keep a preview planned anew, with these decisions in the place of those that were made.

    Planning a long file takes seconds, in which others write: only what it comes to is kept under
    the lock, and planned again where the same preview was decided about meanwhile. Raises
    `ImportClosedError` for a file that was applied or dropped, `EditConflictError` where it is
    decided about all the time, and `OutOfScopeError` for another account's.
    """
    for _ in range(ATTEMPTS):
        card = get_import_card(scope, import_id)
        if not card.is_undecided:
            raise ImportClosedError
        parts = list_import_parts(scope, import_id)
        decisions = decided(Decisions.from_values(card.decisions)).as_values()
        packed = planned(scope, card.ward_id, decisions, unpack_file(parts))
        with technical_write():
            roster_import = open_preview(scope, import_id)
            is_same = list_import_parts(scope, import_id) == parts
            if is_same and roster_import.decisions == card.decisions:
                roster_import.decisions = decisions
                keep_rows(import_id, packed)
                return
    raise EditConflictError


def planned(
    scope: WardScope, ward_id: int | None, kept: Mapping[str, Any] | None, file: RosterFile
) -> list[str]:
    """Return what is kept of a file, planned against what is recorded now."""
    today = clock.today()
    plan = plan_against_database(
        scope,
        as_decided(file, kept, today=today),
        ward_id,
        today=today,
        decisions=Decisions.from_values(kept),
    )
    return pack_plan(plan, file)


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
