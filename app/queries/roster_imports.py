"""Roster files that were brought in: each one belongs to the account that sent it."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import exists, select

from app import clock
from app.access.scope import WardScope
from app.errors import OutOfScopeError
from models import Batch, RosterImport, RosterImportCells, RosterImportPart, Ward, db
from models.enums import BatchState, ImportState

# A piece takes seconds, and who waits for a turn says so each minute; whoever is silent longer has
# ended with its process.
SILENT_FOR = timedelta(minutes=3)


class ImportCard(NamedTuple):
    """An imported file. `ward_id` is the ward that was chosen for the whole file.

    `asks_columns`: whether somebody has to say, or may change, what some of its columns hold;
    `decisions` are kept as `app/roster/decisions.py` writes them.
    """

    id: int
    file_name: str
    state: ImportState
    ward_id: int | None
    ward_name: str | None
    batch_id: int | None
    created_at: datetime
    asks_columns: bool
    decisions: dict[str, Any] | None
    touched_at: datetime | None
    roles_written: int | None
    roles_to_write: int | None

    @property
    def is_undecided(self) -> bool:
        """Say whether nothing of the file is written yet, nor was it dropped."""
        is_open = self.state is ImportState.PREVIEWED and self.batch_id is None
        return is_open and not self.is_running

    @property
    def is_running(self) -> bool:
        """Say whether the file is being written behind its page."""
        if self.state is not ImportState.PREVIEWED or self.touched_at is None:
            return False
        return clock.now() - self.touched_at < SILENT_FOR


def get_import(scope: WardScope, import_id: int) -> RosterImport:
    """Return an import of the reader's own for writing; 404 for anybody else's."""
    statement = (
        select(RosterImport)
        .where(RosterImport.id == import_id, RosterImport.account_id == scope.account_id)
        .with_for_update()
    )
    roster_import = db.session.scalar(statement)
    if roster_import is None or not _is_reachable(scope, roster_import.ward_id):
        raise OutOfScopeError(RosterImport, import_id)
    return roster_import


def get_import_card(scope: WardScope, import_id: int) -> ImportCard:
    """Return an import of the reader's own as its page shows it; 404 for anybody else's."""
    statement = (
        select(
            RosterImport.id,
            RosterImport.file_name,
            RosterImport.state,
            RosterImport.ward_id,
            Ward.name,
            RosterImport.batch_id,
            RosterImport.created_at,
            exists().where(RosterImportCells.roster_import_id == RosterImport.id),
            RosterImport.decisions,
            RosterImport.touched_at,
            RosterImport.roles_written,
            RosterImport.roles_to_write,
        )
        .outerjoin(Ward, Ward.id == RosterImport.ward_id)
        .where(RosterImport.id == import_id, RosterImport.account_id == scope.account_id)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None or not _is_reachable(scope, row.ward_id):
        raise OutOfScopeError(RosterImport, import_id)
    return ImportCard(*row)


def list_import_parts(scope: WardScope, import_id: int) -> list[str]:
    """Return what is kept of an import of the reader's own, as `app.roster.staging` wrote it."""
    statement = (
        select(RosterImportPart.content)
        .join(RosterImport, RosterImport.id == RosterImportPart.roster_import_id)
        .where(RosterImport.id == import_id, RosterImport.account_id == scope.account_id)
        .order_by(RosterImportPart.id)
    )
    return list(db.session.scalars(statement))


def get_first_part(scope: WardScope, import_id: int) -> str | None:
    """Return what tells of the file as a whole; None where nothing of it is kept."""
    statement = (
        select(RosterImportPart.content)
        .join(RosterImport, RosterImport.id == RosterImportPart.roster_import_id)
        .where(RosterImport.id == import_id, RosterImport.account_id == scope.account_id)
        .order_by(RosterImportPart.id)
        .limit(1)
    )
    return db.session.scalar(statement)


def get_import_cells(scope: WardScope, import_id: int) -> str:
    """Return the cells that are kept of an import of the reader's own; 404 where there are none."""
    statement = (
        select(RosterImportCells.content)
        .join(RosterImport, RosterImport.id == RosterImportCells.roster_import_id)
        .where(RosterImport.id == import_id, RosterImport.account_id == scope.account_id)
    )
    content = db.session.scalar(statement)
    if content is None:
        raise OutOfScopeError(RosterImportCells, import_id)
    return content


def list_stale_previews(scope: WardScope, *, before: datetime) -> list[int]:
    """Return the ids of the reader's own imports from before a moment that were never applied."""
    statement = (
        select(RosterImport.id)
        .where(
            RosterImport.account_id == scope.account_id,
            RosterImport.batch_id.is_(None),
            RosterImport.created_at < before,
        )
        .order_by(RosterImport.id)
    )
    return list(db.session.scalars(statement))


def find_unfinished(scope: WardScope, file_digest: str, ward_id: int | None) -> RosterImport | None:
    """Return the reader's own import of the same file that was cut off while it was applied."""
    statement = (
        select(RosterImport)
        .join(Batch, Batch.id == RosterImport.batch_id)
        .where(
            RosterImport.account_id == scope.account_id,
            RosterImport.file_digest == file_digest,
            RosterImport.ward_id == ward_id,
            RosterImport.state == ImportState.PREVIEWED,
            Batch.state == BatchState.RUNNING,
        )
        .order_by(RosterImport.id)
        .limit(1)
    )
    return db.session.scalar(statement)


def _is_reachable(scope: WardScope, ward_id: int | None) -> bool:
    """A file that was sent for several wards has no ward; its rows are limited one by one."""
    return ward_id is None or scope.includes(ward_id)
