"""Undoable units, the append-only log of what changed, and the keys that make re-sending safe."""

from datetime import datetime
from typing import Optional

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    SQLColumnExpression,
    String,
    Text,
    UniqueConstraint,
    and_,
    literal_column,
    or_,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.account import Account
from models.base import Base, UtcDateTime, enum_type
from models.enums import BatchState
from models.ward import Ward

# The most objects that one row of the log tells of: whoever looks for the runs around an object
# looks no further back.
MOST_IN_A_RUN = 1_000


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
    """One row of the log: who, when, which objects, what was done. No names, no values.

    It tells the same of each object from `object_id` on, `object_count` of them: of one, or of a
    run that was written at once. `digest` covers this row and the digest before it, so that a
    missing or altered row shows.
    """

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), index=True)
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int]
    object_count: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    action: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))

    batch: Mapped[Batch] = relationship()
    values: Mapped[list["ChangedValue"]] = relationship(back_populates="change")

    __table_args__ = (
        CheckConstraint(f"object_count BETWEEN 1 AND {MOST_IN_A_RUN}", name="run_length"),
        Index("ix_changes_object", "object_kind", "object_id", "id"),
        Index(
            "ix_changes_runs",
            "object_kind",
            "object_id",
            sqlite_where=text("object_count > 1"),
            postgresql_where=text("object_count > 1"),
        ),
    )

    @hybrid_property
    def last_object_id(self) -> int:
        """The last of the objects that the row tells of."""
        return self.object_id + self.object_count - 1

    @hybrid_property
    def is_run(self) -> bool:
        """Whether the row tells of several objects."""
        return self.object_count > 1

    @is_run.inplace.expression
    @classmethod
    def _is_run(cls) -> ColumnElement[bool]:
        # As the index of runs says it: a parameter would not show that the index applies.
        return cls.object_count > literal_column("1")

    @property
    def object_ids(self) -> range:
        """All objects that the row tells of."""
        return range(self.object_id, self.object_id + self.object_count)


def tells_of(
    log: type[Change],
    kind: str | SQLColumnExpression[str],
    first_id: SQLColumnExpression[int],
    last_id: SQLColumnExpression[int],
) -> ColumnElement[bool]:
    """Return the condition for the rows of the log about any of the objects between two ids.

    The one place that knows how runs are looked up. `log` is `Change` or an alias of it. A row
    either begins between the ids, or is a run that begins before and reaches them; each side has
    an index, and a single object is looked up by its id.
    """
    begins_there = log.object_id.between(first_id, last_id)
    reaches_there = and_(
        log.is_run,
        log.object_id.between(first_id - (MOST_IN_A_RUN - 1), first_id - 1),
        log.last_object_id >= first_id,
    )
    return and_(log.object_kind == kind, or_(begins_there, reaches_there))


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
