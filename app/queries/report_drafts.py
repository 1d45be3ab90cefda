"""What people wrote into the report of a period, as kept for a ward or for the province."""

from typing import NamedTuple

from sqlalchemy import select

from app.access.scope import WardScope
from models import ReportDraft, db

NOTHING_KEPT = 0
MOST_VERSIONS = 100_000


class DraftOf(NamedTuple):
    """Which report texts belong to: a period, and a ward or (None) the province."""

    period_code: str
    ward_id: int | None = None


class DraftRow(NamedTuple):
    """The texts of one report; of a paragraph that is None the figures' own words stand."""

    id: int
    version: int
    network: str | None
    network_basis: str | None
    desk: str | None
    desk_basis: str | None
    activities: str | None
    activities_basis: str | None
    wards: str | None
    wards_basis: str | None
    difficulties: str
    next_tasks: str

    @property
    def edition(self) -> int:
        """Tells these texts from all others ever kept for the report, those taken back as well."""
        return self.id * MOST_VERSIONS + self.version


def find_draft(scope: WardScope, of: DraftOf) -> DraftRow | None:
    """Return what was kept for a report; None where nothing was.

    Raises `OutOfScopeError` for a ward outside the scope.
    """
    scope.require(of.ward_id)
    columns = [getattr(ReportDraft, name) for name in DraftRow._fields]
    statement = (
        select(*columns)
        .where(
            ReportDraft.period_code == of.period_code,
            ReportDraft.ward_id.is_(None)
            if of.ward_id is None
            else ReportDraft.ward_id == of.ward_id,
        )
        .order_by(ReportDraft.id.desc())
        .limit(1)
    )
    row = db.session.execute(statement).one_or_none()
    return None if row is None else DraftRow(*row)
