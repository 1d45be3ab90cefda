"""What the services of roster files share: a plan is written, a long one piece by piece.

Up to `AT_ONCE` roles are one transaction. A longer plan is written in pieces of up to `PIECE`,
under one batch, which is shown as running meanwhile and undone as one; others work in between. What
they change is seen: the rest is then planned anew, and what was written already counts as known. So
an import that was cut off goes on where it stopped when it is applied again.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date

from app.access.scope import WardScope
from app.errors import ImportClosedError
from app.exchange.records import RosterFile
from app.queries.network_mark import NetworkMark, has_changed, read_mark
from app.roster.decisions import Decisions
from app.roster.pieces import as_written, pieces_of
from app.roster.plan import RosterPlan
from app.roster.staging import pack_plan
from app.services.roster_reading import plan_against_database
from app.services.roster_updating import update_people
from app.services.roster_writing import forget_cells, keep_rows, only_ward, write_plan
from app.services.transaction import Receipt, Unit, transaction
from models import RosterImport
from models.enums import BatchState, ImportState

KIND = "roster_imported"
AT_ONCE = 5_000
# Others wait half a second for it. Smaller ones write the pages of the names' indexes more often.
PIECE = 20_000
# How often others may come between looking and writing before they have to wait.
OVERTAKEN_AT_MOST = 3


class _OvertakenError(Exception):
    """Somebody changed the network since it was looked at."""


def say_nothing(_done: int, _all: int) -> None:
    """Show no progress."""


@dataclass(slots=True, kw_only=True)
class RosterApplication:
    """A file on its way into the network.

    `open_import` returns the record of the file for writing, `check` raises what forbids a plan;
    `ward_id` is the one chosen for all rows, `batch_id` that of an import to go on with, and
    `progress` is told how many roles of how many are written. `decisions` tell what is taken over
    about known people, which is written last, and whom doubtful rows are about.
    """

    scope: WardScope
    file: RosterFile
    today: date
    open_import: Callable[[], RosterImport]
    check: Callable[[RosterPlan], None]
    ward_id: int | None = None
    request_key: str | None = None
    batch_id: int | None = None
    decisions: Decisions | None = None
    progress: Callable[[int, int], None] = say_nothing
    _plans: list[RosterPlan] = field(default_factory=list)
    _written: list[RosterPlan] = field(default_factory=list)
    _left: list[RosterPlan] = field(default_factory=list)
    _mark: NetworkMark | None = None

    def look(self) -> RosterPlan:
        """Plan the file against what is recorded now, and return the plan."""
        self._mark = read_mark()
        plan = plan_against_database(
            self.scope, self.file, self.ward_id, today=self.today, decisions=self.decisions
        )
        self._plans.append(plan)
        self._left = list(pieces_of(plan, PIECE))
        return plan

    def write(self) -> tuple[RosterPlan, Receipt]:
        """Write the plan; return what was written, and the receipt of the whole.

        Raises what `check` and `open_import` raise, and `ImportClosedError` for a file that was
        applied, dropped or undone meanwhile.
        """
        overtaken = 0
        while self._left and (self.batch_id is not None or self._is_long()):
            try:
                self._write_piece(may_plan=overtaken >= OVERTAKEN_AT_MOST)
            except _OvertakenError:
                overtaken += 1
                self.look()
        return self._finish()

    def _is_long(self) -> bool:
        return sum(len(piece.spells) for piece in self._left) > AT_ONCE

    def _write_piece(self, *, may_plan: bool) -> None:
        with self._transaction() as unit:
            self._keep_up(may_plan=may_plan)
            self._open(unit)
            self._check()
            unit.batch.state = BatchState.RUNNING
            if self._left:
                write_plan(self.scope, self._left[0], unit)
            self._mark = read_mark()
        self.batch_id = unit.batch_id
        self._written += self._left[:1]
        del self._left[:1]
        done, left = (sum(len(p.spells) for p in pieces) for pieces in (self._written, self._left))
        self.progress(done, done + left)

    def _finish(self) -> tuple[RosterPlan, Receipt]:
        """Write what is left in one transaction, and what became of each row of the file."""
        is_all_there = self.batch_id is not None
        packed = pack_plan(self._whole(), self.file) if is_all_there else []
        with self._transaction(self.request_key) as unit:
            roster_import = self._open(unit)
            if not is_all_there:
                self._keep_up(may_plan=True)
                self._check()
            for piece in self._left:
                write_plan(self.scope, piece, unit)
            self._written += self._left
            plan = self._whole()
            update_people(self.scope, plan)
            keep_rows(roster_import.id, packed or pack_plan(plan, self.file))
            forget_cells(roster_import.id)
            roster_import.state = ImportState.APPLIED
            roster_import.decisions = None
            unit.batch.state = BatchState.DONE
            unit.about(roster_import, ward_id=self.ward_id or only_ward(plan))
        return plan, unit.receipt

    def _transaction(self, request_key: str | None = None) -> AbstractContextManager[Unit]:
        return transaction(
            self.scope,
            KIND,
            ward_id=self.ward_id,
            request_key=request_key,
            batch_id=self.batch_id,
        )

    def _open(self, unit: Unit) -> RosterImport:
        roster_import = self.open_import()
        if roster_import.state is not ImportState.PREVIEWED:
            raise ImportClosedError
        roster_import.batch_id = unit.batch_id
        unit.about(roster_import, ward_id=self.ward_id)
        return roster_import

    def _keep_up(self, *, may_plan: bool) -> None:
        """See to it that the plan is one of today's network, where nobody else can write."""
        if self._mark is None or has_changed(self._mark):
            if not may_plan:
                raise _OvertakenError
            self.look()

    def _check(self) -> None:
        """What was begun is not given up, whatever others do meanwhile."""
        if self.batch_id is None:
            self.check(self._plans[-1])

    def _whole(self) -> RosterPlan:
        return as_written(self._plans, self._written)
