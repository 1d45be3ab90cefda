"""A person's spells as mentee (người học) of one ward. Mentees have no accounts."""

from typing import Optional

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Recorded, Spell, index_where_filled, spell_check
from models.catalogue import EndReason
from models.person import Person
from models.ward import Ward


class Mentee(Recorded, Spell, Base):
    """A spell as mentee. A spell that continues another (after a move) keeps its waiting clock."""

    __tablename__ = "mentees"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    end_reason_id: Mapped[int | None] = mapped_column(ForeignKey("end_reasons.id"))
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("mentees.id"))
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("mentees.id"))

    person: Mapped[Person] = relationship()
    ward: Mapped[Ward] = relationship()
    end_reason: Mapped[EndReason | None] = relationship()
    continues: Mapped[Optional["Mentee"]] = relationship(
        remote_side="Mentee.id", foreign_keys=[continues_id]
    )

    __table_args__ = (
        spell_check(),
        CheckConstraint("(continues_id IS NULL) = (origin_id IS NULL)", name="chain_has_origin"),
        index_where_filled("mentees", "continues_id"),
        index_where_filled("mentees", "origin_id"),
        Index("ix_mentees_ward", "ward_id", "started_on", "ended_on"),
        Index(
            "ix_mentees_open",
            "ward_id",
            "person_id",
            sqlite_where=text("ended_on IS NULL AND deleted_at IS NULL"),
            postgresql_where=text("ended_on IS NULL AND deleted_at IS NULL"),
        ),
    )
