"""What a period counts, by ward and kind, and which of it came late for an earlier one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Table,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from app.access.scope import WardScope
from models import (
    Activity,
    Base,
    Contact,
    DutyTurn,
    FollowUp,
    HelpSession,
    ReportingPeriod,
    SkillAssessment,
    VneidConfirmation,
    Ward,
    db,
)

# Everything that names the period that counts it.
KINDS: dict[str, type[Base]] = {
    "sessions": HelpSession,
    "contacts": Contact,
    "activities": Activity,
    "duty_turns": DutyTurn,
    "follow_ups": FollowUp,
    "skills": SkillAssessment,
    "vneid": VneidConfirmation,
}


class EntryCount(NamedTuple):
    """How many entries of a kind a period counts for a ward, and how many of these came late.

    `people` are the sessions marked as the first of the year, thus 0 for other kinds.
    """

    ward_id: int
    kind: str
    rows: int
    people: int
    late: int


class LateEntry(NamedTuple):
    """An entry that came when the report of its day was closed."""

    kind: str
    id: int
    ward_code: str
    ward_name: str
    service_date: date
    entered_at: datetime


class WardEntries(NamedTuple):
    """Whether a period counts anything of a ward, and whether sessions and contacts."""

    ward_id: int
    anything: bool
    sessions: bool
    contacts: bool


def entries_by_ward(scope: WardScope, period_id: int | None) -> list[WardEntries]:
    """Return for each ward of the scope whether a period counts entries of it."""
    counted = {
        kind: exists().where(
            table.c.reported_in_id == period_id,
            table.c.ward_id == Ward.id,
            table.c.deleted_at.is_(None),
        )
        for kind, table in ((kind, _table(kind)) for kind in KINDS)
    }
    statement = (
        select(Ward.id, or_(*counted.values()), counted["sessions"], counted["contacts"])
        .where(scope.limit(Ward.id), Ward.valid_to.is_(None))
        .order_by(Ward.code)
    )
    return [WardEntries(*row) for row in db.session.execute(statement)]


def count_entries(scope: WardScope, period_id: int | None) -> list[EntryCount]:
    """Return by ward and kind what a period counts; wards without entries are left out."""
    statement = union_all(*(_counts(scope, kind, period_id) for kind in KINDS))
    return [EntryCount(*row) for row in db.session.execute(statement)]


def count_late(scope: WardScope, period_id: int | None) -> int:
    """Return how many entries of a period came late for an earlier one."""
    late = _late(scope, period_id).subquery()
    return db.session.scalar(select(func.count()).select_from(late)) or 0


def list_late(
    scope: WardScope, period_id: int | None, *, offset: int, size: int
) -> Sequence[LateEntry]:
    """Return the entries of a period that came late for an earlier one, the oldest day first."""
    late = _late(scope, period_id).subquery()
    statement = (
        select(late.c.kind, late.c.id, Ward.code, Ward.name, late.c.service_date, late.c.entered_at)
        .join(Ward, Ward.id == late.c.ward_id)
        .order_by(late.c.service_date, late.c.entered_at, late.c.kind, late.c.id)
        .offset(offset)
        .limit(size)
    )
    return [LateEntry(*row) for row in db.session.execute(statement)]


def _counts(scope: WardScope, kind: str, period_id: int | None) -> Select[Any]:
    table = _table(kind)
    first = literal(0)
    if "is_first_this_year" in table.c:
        first = func.sum(case((table.c.is_first_this_year, 1), else_=0))  # type: ignore[assignment]
    return (
        select(
            table.c.ward_id,
            literal(kind),
            func.count(),
            first,
            func.sum(case((_is_late(table), 1), else_=0)).cast(Integer),
        )
        .join(ReportingPeriod, ReportingPeriod.id == table.c.reported_in_id)
        .where(_is_counted(scope, table, period_id))
        .group_by(table.c.ward_id)
    )


def _late(scope: WardScope, period_id: int | None) -> CompoundSelect[Any]:
    return union_all(
        *(
            select(
                literal(kind).label("kind"),
                table.c.id,
                table.c.ward_id,
                table.c.service_date,
                table.c.entered_at,
            )
            .join(ReportingPeriod, ReportingPeriod.id == table.c.reported_in_id)
            .where(_is_counted(scope, table, period_id), _is_late(table))
            for kind, table in ((kind, _table(kind)) for kind in KINDS)
        )
    )


def _is_counted(scope: WardScope, table: Table, period_id: int | None) -> ColumnElement[bool]:
    return (
        (table.c.reported_in_id == period_id)
        & table.c.deleted_at.is_(None)
        & scope.limit(table.c.ward_id)
    )


def _is_late(table: Table) -> ColumnElement[bool]:
    return table.c.service_date < ReportingPeriod.started_on


def _table(kind: str) -> Table:
    return cast("Table", KINDS[kind].__table__)
