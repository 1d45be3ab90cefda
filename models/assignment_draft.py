"""A plan of pairings under review: who made it, how far it came, and its moves; ids only."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime, enum_type
from models.enums import DraftState


class AssignmentDraft(Base):
    """A draft belongs to the account that made it, for one ward or (None) all that it may see.

    `aim` is the code of the aim that is worked on, `touched_at` when that began. `fingerprint` is
    of everything that the plan was made from; `outcome` has what it reaches, with the proof, and
    `moves` the moves with what was decided about each.
    """

    __tablename__ = "assignment_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.id"), index=True)
    reach: Mapped[str] = mapped_column(String(12))
    as_of: Mapped[date]
    state: Mapped[DraftState] = mapped_column(enum_type(DraftState))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    aim: Mapped[str | None] = mapped_column(String(24))
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    moves: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # read by the mapper once
