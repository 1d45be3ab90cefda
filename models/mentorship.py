"""Who teaches whom: mentorships between role spells, and the pauses of those spells."""

from datetime import date
from typing import Optional

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Recorded, Spell, index_where_filled, spell_check
from models.catalogue import EndReason
from models.mentee import Mentee
from models.mentor import Mentor
from models.support import SupportPost


class Mentorship(Recorded, Spell, Base):
    """A pairing of a mentor spell with a mentee spell (cặp hướng dẫn).

    Both ward ids are copied from the spells, which never change ward, so that scope and counts need
    no join. After a move the mentorship is reopened on the new spell: `continues_id` names the one
    before, `origin_id` the first, and the clocks run on along that chain.
    """

    __tablename__ = "mentorships"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentors.id"), index=True)
    mentee_id: Mapped[int] = mapped_column(ForeignKey("mentees.id"), index=True)
    mentor_ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    mentee_ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    end_reason_id: Mapped[int | None] = mapped_column(ForeignKey("end_reasons.id"))
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("mentorships.id"))
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("mentorships.id"))

    mentor: Mapped[Mentor] = relationship()
    mentee: Mapped[Mentee] = relationship()
    end_reason: Mapped[EndReason | None] = relationship()
    continues: Mapped[Optional["Mentorship"]] = relationship(
        remote_side="Mentorship.id", foreign_keys=[continues_id]
    )

    __table_args__ = (
        spell_check(),
        CheckConstraint("(continues_id IS NULL) = (origin_id IS NULL)", name="chain_has_origin"),
        index_where_filled("mentorships", "continues_id"),
        index_where_filled("mentorships", "origin_id"),
        CheckConstraint("ended_on IS NULL OR end_reason_id IS NOT NULL", name="end_has_reason"),
        Index("ix_mentorships_mentor_ward", "mentor_ward_id", "started_on", "ended_on"),
        Index("ix_mentorships_mentee_ward", "mentee_ward_id", "started_on", "ended_on"),
        Index(
            "ix_mentorships_open_by_mentor",
            "mentor_id",
            "mentee_id",
            sqlite_where=text("ended_on IS NULL AND deleted_at IS NULL"),
            postgresql_where=text("ended_on IS NULL AND deleted_at IS NULL"),
        ),
        Index(
            "ix_mentorships_open_by_mentee",
            "mentee_id",
            "mentor_id",
            sqlite_where=text("ended_on IS NULL AND deleted_at IS NULL"),
            postgresql_where=text("ended_on IS NULL AND deleted_at IS NULL"),
        ),
    )


class Pause(Recorded, Base):
    """A spell away with its return date: one of a mentor, a mentee or a support post.

    The substitute may log contacts and gets no credit for the mentees.
    """

    __tablename__ = "pauses"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("mentors.id"), index=True)
    mentee_id: Mapped[int | None] = mapped_column(ForeignKey("mentees.id"), index=True)
    support_post_id: Mapped[int | None] = mapped_column(ForeignKey("support_posts.id"), index=True)
    started_on: Mapped[date]
    ended_on: Mapped[date]
    substitute_person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))

    mentor: Mapped[Mentor | None] = relationship()
    mentee: Mapped[Mentee | None] = relationship()
    support_post: Mapped[SupportPost | None] = relationship()

    __table_args__ = (
        CheckConstraint("ended_on > started_on", name="ends_after_start"),
        CheckConstraint(
            "(CASE WHEN mentor_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN mentee_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN support_post_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="of_one_spell",
        ),
    )
