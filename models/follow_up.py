"""Calls some weeks later: does somebody who was taught still manage on their own?"""

from datetime import date

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Recorded, enum_type
from models.enums import FollowUpAnswer, FollowUpOccasion
from models.mentee import Mentee
from models.report import ReportingPeriod
from models.ward import Ward

IS_ANSWERED = text("answer <> 'unreached' AND deleted_at IS NULL")


class FollowUp(Recorded, Base):
    """One call about a spell as mentee, on the day of `service_date`; who called entered it.

    Whoever was not reached may be called again; an answer stands once for each occasion.
    """

    __tablename__ = "follow_ups"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentee_id: Mapped[int] = mapped_column(ForeignKey("mentees.id"))
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    occasion: Mapped[FollowUpOccasion] = mapped_column(enum_type(FollowUpOccasion))
    answer: Mapped[FollowUpAnswer] = mapped_column(enum_type(FollowUpAnswer))
    service_date: Mapped[date]
    reported_in_id: Mapped[int] = mapped_column(ForeignKey("reporting_periods.id"), index=True)

    mentee: Mapped[Mentee] = relationship()
    ward: Mapped[Ward] = relationship()
    reported_in: Mapped[ReportingPeriod] = relationship()

    __table_args__ = (
        Index("ix_follow_ups_mentee", "mentee_id", "occasion"),
        Index("ix_follow_ups_ward", "ward_id", "service_date", "answer"),
        Index(
            "uq_follow_ups_answer",
            "mentee_id",
            "occasion",
            unique=True,
            sqlite_where=IS_ANSWERED,
            postgresql_where=IS_ANSWERED,
        ),
    )
