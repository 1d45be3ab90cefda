"""Undoable units, the append-only log of what changed, and the keys that make re-sending safe."""

from datetime import datetime
from typing import Optional

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.account import Account
from models.base import Base, UtcDateTime, enum_type
from models.enums import BatchState
from models.ward import Ward


class Batch(Base):
    """One action of one person: everything that it changed is taken back together.

    `kind` is the action's code, `object_kind` and `object_id` what it was about, `object_count` how
    many rows it touched. Undoing is a batch of its own, linked through `undoes_id`.
    """

    __tablename__ = "batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[BatchState] = mapped_column(enum_type(BatchState))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"))
    object_kind: Mapped[str | None] = mapped_column(String(40))
    object_id: Mapped[int | None]
    object_count: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("batches.id"))

    account: Mapped[Account | None] = relationship()
    ward: Mapped[Ward | None] = relationship()
    undoes: Mapped[Optional["Batch"]] = relationship(remote_side="Batch.id")

    __table_args__ = (
        Index("ix_batches_ward", "ward_id", "done_at"),
        UniqueConstraint("undoes_id"),
    )


class Change(Base):
    """One row of the log: who, when, which object, what was done. No names, no values.

    `digest` covers this row and the digest before it, so that a missing or altered row shows.
    """

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), index=True)
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int]
    action: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))

    batch: Mapped[Batch] = relationship()
    values: Mapped[list["ChangedValue"]] = relationship(back_populates="change")

    __table_args__ = (Index("ix_changes_object", "object_kind", "object_id", "id"),)


class ChangedValue(Base):
    """Old and new value of one field, apart from the log so that it can be erased on request."""

    __tablename__ = "changed_values"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)

    change: Mapped[Change] = relationship(back_populates="values")


class RequestKey(Base):
    """The one-time key of a form: the same key again answers with the first result."""

    __tablename__ = "request_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    key: Mapped[str] = mapped_column(String(64))
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), index=True)

    batch: Mapped[Batch] = relationship()

    __table_args__ = (UniqueConstraint("account_id", "key"),)
