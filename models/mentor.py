"""A person's spells as mentor (người hướng dẫn) of one ward, and how many they take on."""

from datetime import date
from typing import Optional

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Recorded, Spell, index_where_filled, spell_check
from models.catalogue import EndReason
from models.person import Person
from models.ward import Ward


class Mentor(Recorded, Spell, Base):
    """A spell as mentor. A spell that continues another (after a move) names it and the first."""

    __tablename__ = "mentors"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    end_reason_id: Mapped[int | None] = mapped_column(ForeignKey("end_reasons.id"))
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("mentors.id"))
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("mentors.id"))

    person: Mapped[Person] = relationship()
    ward: Mapped[Ward] = relationship()
    end_reason: Mapped[EndReason | None] = relationship()
    continues: Mapped[Optional["Mentor"]] = relationship(
        remote_side="Mentor.id", foreign_keys=[continues_id]
    )
    capacities: Mapped[list["MentorCapacity"]] = relationship(
        back_populates="mentor", order_by="MentorCapacity.effective_on"
    )

    __table_args__ = (
        spell_check(),
        CheckConstraint("(continues_id IS NULL) = (origin_id IS NULL)", name="chain_has_origin"),
        index_where_filled("mentors", "continues_id"),
        index_where_filled("mentors", "origin_id"),
        Index("ix_mentors_ward", "ward_id", "started_on", "ended_on"),
        Index(
            "ix_mentors_open",
            "ward_id",
            "person_id",
            sqlite_where=text("ended_on IS NULL AND deleted_at IS NULL"),
            postgresql_where=text("ended_on IS NULL AND deleted_at IS NULL"),
        ),
    )


class MentorCapacity(Recorded, Base):
    """The most open mentorships a mentor takes on, from a date until the next entry."""

    __tablename__ = "mentor_capacities"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentors.id"))
    effective_on: Mapped[date]
    capacity: Mapped[int]

    mentor: Mapped[Mentor] = relationship(back_populates="capacities")

    __table_args__ = (
        CheckConstraint("capacity BETWEEN 1 AND 200", name="capacity_plausible"),
        Index(
            "uq_mentor_capacities_day",
            "mentor_id",
            "effective_on",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
    )
