"""Support posts at the service centres, and the duty turns of those who hold them."""

from datetime import date

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Recorded, Spell, enum_type, spell_check
from models.catalogue import EndReason
from models.enums import HalfDay
from models.person import Person
from models.report import ReportingPeriod
from models.ward import Ward


class SupportPost(Recorded, Spell, Base):
    """A person's spell as support staff of a ward; one person may serve two wards at a time."""

    __tablename__ = "support_posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    end_reason_id: Mapped[int | None] = mapped_column(ForeignKey("end_reasons.id"))

    person: Mapped[Person] = relationship()
    ward: Mapped[Ward] = relationship()
    end_reason: Mapped[EndReason | None] = relationship()

    __table_args__ = (
        spell_check(),
        Index("ix_support_posts_ward", "ward_id", "started_on", "ended_on"),
    )


class DutyTurn(Recorded, Base):
    """Half a day at the desk; it counts as «in fact» once it was performed."""

    __tablename__ = "duty_turns"

    id: Mapped[int] = mapped_column(primary_key=True)
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    support_post_id: Mapped[int] = mapped_column(ForeignKey("support_posts.id"), index=True)
    service_date: Mapped[date]
    half_day: Mapped[HalfDay] = mapped_column(enum_type(HalfDay))
    is_performed: Mapped[bool]
    reported_in_id: Mapped[int] = mapped_column(ForeignKey("reporting_periods.id"), index=True)

    ward: Mapped[Ward] = relationship()
    support_post: Mapped[SupportPost] = relationship()
    reported_in: Mapped[ReportingPeriod] = relationship()

    __table_args__ = (
        Index("ix_duty_turns_ward", "ward_id", "service_date"),
        Index(
            "uq_duty_turns_turn",
            "support_post_id",
            "service_date",
            "half_day",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
    )
