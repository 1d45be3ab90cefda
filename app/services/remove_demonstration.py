"""Takes the made-up network off a site for good, with whatever hangs on it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Select, Table, delete, or_, select, true, update
from sqlalchemy.orm import Session

from app.roster.staging import without_people
from app.services.change_forgetting import forget_changes
from app.services.derived_rows import fill_tallies
from app.services.load_demonstration import DEMO_BATCH
from app.services.transaction import technical_write
from models import Base, Pause, Recorded, SkillAssessment

CHAIN = frozenset({"continues_id", "origin_id"})
STAMPS = frozenset({"batch_id", "entered_by_id"})
# A pause belongs to one of three spells, so each of its columns may be empty; an assessment is
# a mentor's, or somebody else's.
OWNING_THOUGH_NULLABLE = frozenset({"mentor_id", "mentee_id", "support_post_id"})

TABLES = Base.metadata.tables
ACCOUNTS, BATCHES, PERSONS = TABLES["accounts"], TABLES["batches"], TABLES["persons"]
CHANGES, PERIODS = TABLES["changes"], TABLES["reporting_periods"]
PARTS, CELLS = TABLES["roster_import_parts"], TABLES["roster_import_cells"]
# What goes with a demonstration account.
OF_ACCOUNTS = (
    "assignment_drafts",
    "grants",
    "one_time_links",
    "request_keys",
    "roster_imports",
    "sign_ins",
)


class RemovedDemonstration(NamedTuple):
    """How many rows went, by table; and how many of them were real but hung on made-up ones."""

    rows: dict[str, int]
    real_rows: dict[str, int]


def remove_demonstration() -> RemovedDemonstration:
    """Delete every row of the demonstration and its accounts; keep whatever else there is.

    A row is the demonstration's when its load or one of its accounts entered it. A real row that
    cannot exist without such a row goes too (a pairing with a made-up mentor); one that merely
    names it stays and names it no longer. The log of the removed actions goes, and the digests
    behind it are made anew. One transaction; on a site without demonstration nothing happens.
    """
    with technical_write() as session:
        batch_id = session.scalar(select(BATCHES.c.id).where(BATCHES.c.kind == DEMO_BATCH).limit(1))
        if batch_id is None:
            return RemovedDemonstration({}, {})
        removal = _Removal(session, batch_id)
        real_rows = removal.claim()
        removal.release()
        removal.forget_changes()
        rows = removal.delete()
        fill_tallies(session)
        return RemovedDemonstration(rows, real_rows)


class _Removal:
    """The steps of a removal: all that goes is first given one batch, then deleted by it."""

    def __init__(self, session: Session, batch_id: int) -> None:
        self._session = session
        self._batch_id = batch_id
        self._accounts = select(ACCOUNTS.c.id).where(ACCOUNTS.c.is_demo)
        self._batches = select(BATCHES.c.id).where(
            or_(BATCHES.c.kind == DEMO_BATCH, BATCHES.c.account_id.in_(self._accounts))
        )

    def claim(self) -> dict[str, int]:
        """Mark what goes; return how many real rows are among it, by table."""
        for table in _recorded_tables():
            is_made_up = or_(
                table.c.batch_id.in_(self._batches), table.c.entered_by_id.in_(self._accounts)
            )
            self._claim(table, is_made_up)
        self._keep_hamlets_in_use()
        real_rows: dict[str, int] = {}
        for table in _recorded_tables():
            owners = [
                column.in_(self._going(parent))
                for column, parent in _references(table)
                if (parent is ACCOUNTS or parent.name in RECORDED) and _is_owning(column)
            ]
            count = self._claim(table, or_(*owners)) if owners else 0
            if count:
                real_rows[table.name] = count
        return real_rows

    def release(self) -> None:
        """Let what stays forget what goes."""
        for table in Base.metadata.sorted_tables:
            for column, parent in _references(table) if table is not CHANGES else ():
                if column.nullable and not _is_owning(column) and column.name not in STAMPS:
                    self._forget(table, column, parent)
        for kind in RECORDED:
            is_about_it = (BATCHES.c.object_kind == kind) & BATCHES.c.object_id.in_(
                self._going(TABLES[kind])
            )
            self._session.execute(
                update(BATCHES)
                .where(is_about_it, BATCHES.c.id.not_in(self._batches))
                .values(object_kind=None, object_id=None)
            )

        self._forget_in_files()

    def _forget_in_files(self) -> None:
        """Let the kept rows of files that stay name nobody who goes."""
        stays = PARTS.c.id.not_in(self._going(PARTS))
        parts = self._session.execute(select(PARTS.c.id, PARTS.c.content).where(stays)).all()
        going: set[int] = set(self._session.scalars(self._going(PERSONS))) if parts else set()
        for part_id, content in parts:
            left = without_people(content, going)
            if left is not None:
                self._session.execute(
                    update(PARTS).where(PARTS.c.id == part_id).values(content=left)
                )

    def forget_changes(self) -> None:
        """Let the log tell of nothing that goes."""
        kinds = (*RECORDED, "accounts", "grants")
        gone = {kind: self._going(TABLES[kind]) for kind in kinds}
        forget_changes(self._session, self._batches, gone)

    def delete(self) -> dict[str, int]:
        """Delete what is marked and the accounts, children first; return the counts by table."""
        counts = {}
        for table in reversed(Base.metadata.sorted_tables):
            if table is not PERIODS and table is not CHANGES:
                condition = self._is_going(table)
                count = 0 if condition is None else self._delete(table, condition)
                if count:
                    counts[table.name] = count
        # A period is made when an entry first needs it; one that nothing counts in says nothing.
        is_used = [PERIODS.c.id.in_(select(column)) for column in _references_to(PERIODS)]
        self._delete(PERIODS, ~or_(*is_used) & PERIODS.c.closed_at.is_(None))
        return counts

    def _claim(self, table: Table, condition: ColumnElement[bool]) -> int:
        is_new = table.c.batch_id.is_distinct_from(self._batch_id)
        statement = update(table).where(is_new, condition).values(batch_id=self._batch_id)
        return self._session.execute(statement).rowcount  # type: ignore[attr-defined,no-any-return]

    def _keep_hamlets_in_use(self) -> None:
        hamlets = TABLES["hamlets"]
        of_real_people = select(PERSONS.c.hamlet_id).where(
            PERSONS.c.batch_id.is_distinct_from(self._batch_id), PERSONS.c.hamlet_id.is_not(None)
        )
        self._session.execute(
            update(hamlets)
            .where(hamlets.c.batch_id == self._batch_id, hamlets.c.id.in_(of_real_people))
            .values(batch_id=None, entered_by_id=None)
        )

    def _forget(self, table: Table, column: Column[Any], parent: Table) -> None:
        if self._is_going(parent) is None:
            return
        names_it = column.in_(self._going(parent))
        is_going = self._is_going(table)
        stays = true() if is_going is None else is_going.is_not(true())
        columns = sorted(CHAIN) if column.name in CHAIN else [column.name]
        self._session.execute(update(table).where(names_it, stays).values(dict.fromkeys(columns)))

    def _going(self, table: Table) -> Select[tuple[int]]:
        condition = self._is_going(table)
        if condition is None:
            msg = f"nothing of {table.name} is ever removed"
            raise ValueError(msg)
        return select(table.c.id).where(condition)

    def _is_going(self, table: Table) -> ColumnElement[bool] | None:
        """Return which rows of a table go; None where all of them stay."""
        if table.name in RECORDED:
            return table.c.batch_id == self._batch_id
        if table.name in OF_ACCOUNTS:
            return table.c.account_id.in_(self._accounts)
        return self._going_with_others.get(table)

    @cached_property
    def _going_with_others(self) -> dict[Table, ColumnElement[bool]]:
        imports = TABLES["roster_imports"]
        repointed = TABLES["repointed_rows"]
        links, uses = TABLES["mentor_links"], TABLES["mentor_link_uses"]
        of_mentors = links.c.mentor_id.in_(self._going(TABLES["mentors"]))
        going = select(imports.c.id).where(imports.c.account_id.in_(self._accounts))
        return {
            ACCOUNTS: ACCOUNTS.c.is_demo.is_(True),
            BATCHES: BATCHES.c.id.in_(self._batches),
            PARTS: PARTS.c.roster_import_id.in_(going),
            CELLS: CELLS.c.roster_import_id.in_(going),
            links: of_mentors,
            uses: uses.c.link_id.in_(select(links.c.id).where(of_mentors)),
            repointed: repointed.c.merge_id.in_(self._going(TABLES["person_merges"])),
        }

    def _delete(self, table: Table, condition: ColumnElement[bool]) -> int:
        return self._session.execute(delete(table).where(condition)).rowcount  # type: ignore[attr-defined,no-any-return]


def _recorded_tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.name in RECORDED]


def _references(table: Table) -> Iterator[tuple[Column[Any], Table]]:
    for column in table.columns:
        for key in column.foreign_keys:
            yield column, key.column.table


def _references_to(parent: Table) -> list[Column[Any]]:
    return [
        column
        for table in Base.metadata.sorted_tables
        for column, referred in _references(table)
        if referred is parent
    ]


def _is_owning(column: Column[Any]) -> bool:
    """Say whether a row cannot exist without the row that the column names."""
    may_own = column.table in {Pause.__table__, SkillAssessment.__table__}
    return not column.nullable or (may_own and column.name in OWNING_THOUGH_NULLABLE)


RECORDED = tuple(
    sorted(
        str(mapper.local_table)
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Recorded)
    )
)
