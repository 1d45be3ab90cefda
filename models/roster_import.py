"""Imported roster files and what became of their rows."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, UtcDateTime, enum_type
from models.change_log import Batch
from models.enums import ImportState
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
    parts: Mapped[list["RosterImportPart"]] = relationship(
        back_populates="roster_import", order_by="RosterImportPart.id"
    )


class RosterImportPart(Base):
    """Some rows of the file, with their problems and what became of them, as JSON.

    A row each would cost an import a tenth of its time, and each look at it as much;
    `app/roster/staging.py` writes and reads the parts.
    """

    __tablename__ = "roster_import_parts"

    id: Mapped[int] = mapped_column(primary_key=True)
    roster_import_id: Mapped[int] = mapped_column(ForeignKey("roster_imports.id"), index=True)
    content: Mapped[str] = mapped_column(Text)

    roster_import: Mapped[RosterImport] = relationship(back_populates="parts")
