"""Imports a roster file in one step, as the command does."""

from dataclasses import dataclass

from app import clock
from app.access.scope import WardScope
from app.exchange.records import RosterFile
from app.roster.plan import RosterPlan
from app.services.roster_files import add_import
from app.services.roster_reading import plan_against_database, read_roster
from app.services.roster_writing import keep_rows, only_ward, write_plan
from app.services.transaction import transaction
from models.enums import ImportState


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a file changed, or (`is_written` False) would have changed."""

    plan: RosterPlan
    is_written: bool


def import_roster(  # noqa: PLR0913  # the choices of the one who imports
    scope: WardScope,
    content: bytes,
    file_name: str,
    *,
    ward_id: int | None = None,
    is_dry_run: bool = False,
    only_good: bool = False,
) -> ImportReport:
    """Bring a file in, as one unit to undo, and return what became of it.

    Nothing is written on a dry run, when a row is in error (unless `only_good`), or when there is
    nothing new. Raises `ExchangeError` for an unusable file.
    """
    today = clock.today()
    file = read_roster(content, today=today)
    plan = plan_against_database(scope, file, ward_id, today=today)
    if is_dry_run or plan.is_empty or (plan.has_errors and not only_good):
        return ImportReport(plan, is_written=False)
    return ImportReport(_write(scope, file, content, file_name, ward_id=ward_id), is_written=True)


def _write(
    scope: WardScope, file: RosterFile, content: bytes, file_name: str, *, ward_id: int | None
) -> RosterPlan:
    with transaction(scope, "roster_imported", ward_id=ward_id) as unit:
        # Planned again where nobody else can write, and stamped with the ids of what is made.
        plan = plan_against_database(scope, file, ward_id, today=clock.today())
        roster_import = add_import(scope, content, file_name, ward_id, ImportState.APPLIED)
        write_plan(scope, plan, unit)
        keep_rows(roster_import.id, plan, file)
        roster_import.batch_id = unit.batch.id
        unit.about(roster_import, ward_id=ward_id or only_ward(plan))
    return plan
