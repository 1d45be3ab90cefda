"""Reporting periods: which one an entry counts in, when each was closed, and what it said then."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Recorded, UtcDateTime


class ReportingPeriod(Base):
    """A span of days `[started_on, ended_on)` that one report covers, as in «2026-Q3».

    The quarter runs from the 15th of the month before it to the 14th of its last month by default,
    since the report is due on the 15th (Kế hoạch 19/KH-UBND, IV.4).
    """

    __tablename__ = "reporting_periods"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    started_on: Mapped[date] = mapped_column(unique=True)
    ended_on: Mapped[date]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # read once by the mapper
    __table_args__ = (CheckConstraint("ended_on > started_on", name="ends_after_start"),)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class ReportEdition(Base):
    """A report as it was when its period was closed: figures and rows, never computed anew.

    `content` is canonical JSON, compressed; `digest` is the SHA-256 of that JSON. Reopening, with
    its reason, leaves the edition as it is; closing again makes a further one.
    """

    __tablename__ = "report_editions"

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_periods.id"))
    edition: Mapped[int]
    closed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reopen_reason: Mapped[str | None] = mapped_column(String(300))

    period: Mapped[ReportingPeriod] = relationship()

    __table_args__ = (UniqueConstraint("period_id", "edition"),)


class ReportDraft(Recorded, Base):
    """What people wrote into the report of a period, for a ward or the province (no ward).

    A paragraph that is None is the one written from the figures. Of the others `*_basis` tells
    from which words of the figures they were made, as the first 16 digits of their SHA-256.
    Periods are named by code: a report may be begun before anything is entered in its period.
    """

    __tablename__ = "report_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    period_code: Mapped[str] = mapped_column(String(20))
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"))
    network: Mapped[str | None] = mapped_column(Text)
    network_basis: Mapped[str | None] = mapped_column(String(16))
    desk: Mapped[str | None] = mapped_column(Text)
    desk_basis: Mapped[str | None] = mapped_column(String(16))
    activities: Mapped[str | None] = mapped_column(Text)
    activities_basis: Mapped[str | None] = mapped_column(String(16))
    wards: Mapped[str | None] = mapped_column(Text)
    wards_basis: Mapped[str | None] = mapped_column(String(16))
    difficulties: Mapped[str] = mapped_column(Text, default="")
    next_tasks: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (Index("ix_report_drafts_report", "period_code", "ward_id"),)
