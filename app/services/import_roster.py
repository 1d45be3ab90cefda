"""Imports a roster file in one step, as the command does."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from app import clock
from app.access.scope import WardScope
from app.errors import RosterErrorsError
from app.garbage import without_collection
from app.queries.heading_meanings import get_meanings
from app.queries.roster_imports import find_unfinished, get_import
from app.roster.plan import PlanSummary, RosterPlan
from app.services.roster_applying import RosterApplication, say_nothing
from app.services.roster_files import add_import
from app.services.roster_reading import read_roster
from models import RosterImport
from models.enums import ImportState


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a file changed, or (`is_written` False) would have changed."""

    plan: PlanSummary
    is_written: bool


@without_collection()
def import_roster(  # noqa: PLR0913  # the choices of the one who imports
    scope: WardScope,
    content: bytes,
    file_name: str,
    *,
    ward_id: int | None = None,
    is_dry_run: bool = False,
    only_good: bool = False,
    progress: Callable[[int, int], None] = say_nothing,
) -> ImportReport:
    """Bring a file in, as one unit to undo, and return what became of it.

    Nothing is written on a dry run, when a row is in error (unless `only_good`), or when there is
    nothing new. The same file again goes on with an import that was cut off. `progress` is told how
    many roles of how many are written. Raises `ExchangeError` for an unusable file.
    """

    def check(plan: RosterPlan) -> None:
        if plan.has_errors and not only_good:
            raise RosterErrorsError(count=plan.counts.rejected)

    today = clock.today()
    record = _Record(scope, content, file_name, ward_id)
    application = RosterApplication(
        scope=scope,
        file=read_roster(content, today=today, meanings=get_meanings(scope, ward_id)),
        today=today,
        ward_id=ward_id,
        open_import=record.open,
        check=check,
        batch_id=record.find_batch_id(),
        progress=progress,
    )
    plan = application.look()
    is_nothing_left = plan.is_empty and application.batch_id is None
    if is_dry_run or is_nothing_left or (plan.has_errors and not only_good):
        return ImportReport(plan.summary, is_written=False)
    written, _ = application.write()
    return ImportReport(written.summary, is_written=True)


@dataclass(slots=True)
class _Record:
    """The record of the file, made in the first transaction and found again in the next."""

    scope: WardScope
    content: bytes
    file_name: str
    ward_id: int | None
    import_id: int | None = None

    def find_batch_id(self) -> int | None:
        """Return the batch of an import of this file that was cut off, if there is one."""
        digest = hashlib.sha256(self.content).hexdigest()
        unfinished = find_unfinished(self.scope, digest, self.ward_id)
        if unfinished is None:
            return None
        self.import_id = unfinished.id
        return unfinished.batch_id

    def open(self) -> RosterImport:
        """Return the record for writing."""
        if self.import_id is not None:
            return get_import(self.scope, self.import_id)
        made = add_import(
            self.scope, self.content, self.file_name, self.ward_id, ImportState.PREVIEWED
        )
        self.import_id = made.id
        return made
