"""Imported roster files, what became of their rows, and what their headings mean."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Recorded, UtcDateTime, enum_type
from models.change_log import Batch
from models.enums import ImportState
from models.ward import Ward


class RosterImport(Base):
    """A file that was brought in: previewed first, applied as one batch afterwards.

    `decisions` is what was decided while looking at the preview, as `app/roster/decisions.py`
    writes it; it goes when the file is applied or dropped. `touched_at` is when somebody last
    worked on writing a long file (None: nobody does), `roles_written` of `roles_to_write` are done.
    """

    __tablename__ = "roster_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    file_digest: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[ImportState] = mapped_column(enum_type(ImportState))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decisions: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    touched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    roles_written: Mapped[int | None] = mapped_column()
    roles_to_write: Mapped[int | None] = mapped_column()

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


class RosterImportCells(Base):
    """The cells of a previewed file of which somebody has to say what some columns hold.

    Without identity numbers (`app/exchange/kept_sheets.py`), and only until it is applied.
    """

    __tablename__ = "roster_import_cells"

    roster_import_id: Mapped[int] = mapped_column(
        ForeignKey("roster_imports.id"), primary_key=True, autoincrement=False
    )
    content: Mapped[str] = mapped_column(Text)


class HeadingMeaning(Recorded, Base):
    """What a heading means that says nothing by itself, in the files of a ward.

    `column_name` is that of an exchange column; None is left out on purpose. Without a ward it is
    what the account said that brings in files of several wards.
    """

    __tablename__ = "heading_meanings"

    id: Mapped[int] = mapped_column(primary_key=True)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"))
    heading_key: Mapped[str] = mapped_column(String(120))
    heading: Mapped[str] = mapped_column(String(120))
    column_name: Mapped[str | None] = mapped_column(String(20))

    __table_args__ = (
        CheckConstraint("length(heading_key) >= 1", name="has_key"),
        Index("ix_heading_meanings_place", "ward_id", "entered_by_id"),
    )
