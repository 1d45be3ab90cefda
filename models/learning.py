"""What mentees can do: assessments of skills, VNeID confirmations, and the topic of each week."""

from datetime import date, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Recorded, enum_type
from models.catalogue import Skill
from models.enums import AssessmentSource, SkillLevel, VneidBasis
from models.mentee import Mentee
from models.mentor import Mentor
from models.report import ReportingPeriod
from models.ward import Ward

IS_LIVING = text("deleted_at IS NULL")


class SkillAssessment(Recorded, Base):
    """What somebody said on a day about one skill of a mentee; never overwritten.

    What a person can do on a day is the latest of these up to that day, over all spells as mentee;
    of two of one day the one that was entered last. A mentor who says so is named.
    """

    __tablename__ = "skill_assessments"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentee_id: Mapped[int] = mapped_column(ForeignKey("mentees.id"))
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), index=True)
    level: Mapped[SkillLevel] = mapped_column(enum_type(SkillLevel))
    said_by: Mapped[AssessmentSource] = mapped_column(enum_type(AssessmentSource))
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("mentors.id"), index=True)
    service_date: Mapped[date]
    reported_in_id: Mapped[int] = mapped_column(ForeignKey("reporting_periods.id"), index=True)

    mentee: Mapped[Mentee] = relationship()
    ward: Mapped[Ward] = relationship()
    skill: Mapped[Skill] = relationship()
    mentor: Mapped[Mentor | None] = relationship()
    reported_in: Mapped[ReportingPeriod] = relationship()

    __table_args__ = (
        CheckConstraint("(said_by = 'mentor') = (mentor_id IS NOT NULL)", name="mentor_named"),
        Index("ix_skill_assessments_mentee", "mentee_id", "skill_id", "service_date"),
        Index("ix_skill_assessments_ward", "ward_id", "service_date", "level"),
    )


class VneidConfirmation(Recorded, Base):
    """That a mentee's VNeID account is confirmed: as they said, or as an officer saw it.

    A fact of its own beside the skill, noted and never issued; once for each basis.
    """

    __tablename__ = "vneid_confirmations"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentee_id: Mapped[int] = mapped_column(ForeignKey("mentees.id"))
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    basis: Mapped[VneidBasis] = mapped_column(enum_type(VneidBasis))
    service_date: Mapped[date]
    reported_in_id: Mapped[int] = mapped_column(ForeignKey("reporting_periods.id"), index=True)

    mentee: Mapped[Mentee] = relationship()
    ward: Mapped[Ward] = relationship()
    reported_in: Mapped[ReportingPeriod] = relationship()

    __table_args__ = (
        Index("ix_vneid_confirmations_mentee", "mentee_id", "basis"),
        Index("ix_vneid_confirmations_ward", "ward_id", "service_date"),
    )


class WeeklyTopic(Recorded, Base):
    """«Mỗi tuần một kỹ năng số»: what leaders and mentors practise in the week from a Monday on."""

    __tablename__ = "weekly_topics"

    id: Mapped[int] = mapped_column(primary_key=True)
    monday: Mapped[date]
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(String(2000))
    link: Mapped[str | None] = mapped_column(String(500))

    __table_args__ = (
        Index(
            "uq_weekly_topics_monday",
            "monday",
            unique=True,
            sqlite_where=IS_LIVING,
            postgresql_where=IS_LIVING,
        ),
    )


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())
