"""Imported roster files and what became of each of their rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, UtcDateTime, enum_type
from models.change_log import Batch
from models.enums import ImportState, RowOutcome
from models.ward import Ward


class RosterImport(Base):
    """A file that was brought in: previewed first, applied as one batch afterwards."""

    __tablename__ = "roster_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    file_digest: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[ImportState] = mapped_column(enum_type(ImportState))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    ward: Mapped[Ward | None] = relationship()
    batch: Mapped[Batch | None] = relationship()
    rows: Mapped[list["RosterImportRow"]] = relationship(back_populates="roster_import")


class RosterImportRow(Base):
    """One row of the file: its place, its values as read, its problems, and its outcome."""

    __tablename__ = "roster_import_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    roster_import_id: Mapped[int] = mapped_column(ForeignKey("roster_imports.id"))
    sheet: Mapped[str] = mapped_column(String(120))
    row_number: Mapped[int]
    outcome: Mapped[RowOutcome] = mapped_column(enum_type(RowOutcome))
    values: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    message: Mapped[str | None] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)

    roster_import: Mapped[RosterImport] = relationship(back_populates="rows")

    __table_args__ = (Index("ix_roster_import_rows_import", "roster_import_id", "row_number"),)
