"""Help sessions at the desk (lượt hỗ trợ), anonymous, and the hand-on of those who want to learn.

No column here, nor anywhere else, may hold an identity number, a card image, a password or an OTP.
"""

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Recorded, enum_type, index_where_filled
from models.catalogue import Language, Obstacle, Procedure, TargetGroup
from models.enums import HalfDay, HelpMode, HelpResult, LearningOffer
from models.mentee import Mentee
from models.person import Consent
from models.report import ReportingPeriod
from models.support import SupportPost
from models.ward import Ward


class SessionBundle(Recorded, Base):
    """Turns of help noted at once (ghi gộp), for hours in which nobody could type.

    Each of them is a `HelpSession` of its own and counts like any other. `half_day`, or the hours
    from `began_at` to `ended_at`, say when they took place; none of these: over the whole day.
    """

    __tablename__ = "session_bundles"

    id: Mapped[int] = mapped_column(primary_key=True)
    half_day: Mapped[HalfDay | None] = mapped_column(enum_type(HalfDay))
    began_at: Mapped[time | None]
    ended_at: Mapped[time | None]

    __table_args__ = (
        CheckConstraint("(began_at IS NULL) = (ended_at IS NULL)", name="hours_in_pairs"),
        CheckConstraint("began_at IS NULL OR ended_at > began_at", name="hours_in_order"),
        CheckConstraint("half_day IS NULL OR began_at IS NULL", name="one_kind_of_span"),
    )


class HelpSession(Recorded, Base):
    """One turn of help. `is_first_this_year` makes it count as a person of the ward, too.

    `bundle_id` marks the turns that were noted many at once; the others have none.

    What it was before a change of the columns with `active_history` tells which tallies counted it.
    """

    __tablename__ = "help_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"), active_history=True)
    support_post_id: Mapped[int | None] = mapped_column(ForeignKey("support_posts.id"), index=True)
    service_date: Mapped[date] = mapped_column(active_history=True)
    service_time: Mapped[time | None]
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedures.id"), active_history=True)
    obstacle_id: Mapped[int | None] = mapped_column(ForeignKey("obstacles.id"), active_history=True)
    language_id: Mapped[int | None] = mapped_column(ForeignKey("languages.id"))
    mode: Mapped[HelpMode] = mapped_column(enum_type(HelpMode), active_history=True)
    result: Mapped[HelpResult] = mapped_column(enum_type(HelpResult))
    minutes: Mapped[int | None]
    is_first_this_year: Mapped[bool]
    note: Mapped[str | None] = mapped_column(String(1000))
    learning_offer: Mapped[LearningOffer | None] = mapped_column(enum_type(LearningOffer))
    reported_in_id: Mapped[int] = mapped_column(ForeignKey("reporting_periods.id"), index=True)
    bundle_id: Mapped[int | None] = mapped_column(ForeignKey("session_bundles.id"))

    ward: Mapped[Ward] = relationship()
    support_post: Mapped[SupportPost | None] = relationship()
    procedure: Mapped[Procedure] = relationship()
    obstacle: Mapped[Obstacle | None] = relationship()
    language: Mapped[Language | None] = relationship()
    reported_in: Mapped[ReportingPeriod] = relationship()
    groups: Mapped[list["HelpSessionGroup"]] = relationship(back_populates="help_session")

    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 600", name="minutes_plausible"),
        # What the tallies of a desk count again with every change stands in these indexes alone.
        Index(
            "ix_help_sessions_ward",
            "ward_id",
            "service_date",
            "mode",
            "is_first_this_year",
            "deleted_at",
        ),
        Index(
            "ix_help_sessions_procedure", "procedure_id", "ward_id", "service_date", "deleted_at"
        ),
        Index("ix_help_sessions_obstacle", "obstacle_id", "ward_id", "service_date", "deleted_at"),
        # Most visitors are not asked whether they want to learn.
        Index(
            "ix_help_sessions_declined",
            "ward_id",
            "service_date",
            sqlite_where=text("learning_offer IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=text("learning_offer IS NOT NULL AND deleted_at IS NULL"),
        ),
        # Of all that somebody entered, only the last turns of help are looked for.
        Index("ix_help_sessions_entered_by_id", "entered_by_id"),
        index_where_filled("help_sessions", "bundle_id"),
        # Figures say how many of a year's sessions were noted at once: few, or none.
        Index(
            "ix_help_sessions_bundled",
            "ward_id",
            "service_date",
            "deleted_at",
            sqlite_where=text("bundle_id IS NOT NULL"),
            postgresql_where=text("bundle_id IS NOT NULL"),
        ),
    )


class HelpSessionGroup(Recorded, Base):
    """A target group that the anonymous visitor of a session belongs to."""

    __tablename__ = "help_session_groups"
    part_of = "help_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    help_session_id: Mapped[int] = mapped_column(ForeignKey("help_sessions.id"), index=True)
    target_group_id: Mapped[int] = mapped_column(ForeignKey("target_groups.id"), index=True)

    help_session: Mapped[HelpSession] = relationship(back_populates="groups")
    target_group: Mapped[TargetGroup] = relationship()


class Handoff(Recorded, Base):
    """A visitor who wants to learn, handed on from the desk to the ward's waiting list."""

    __tablename__ = "handoffs"

    id: Mapped[int] = mapped_column(primary_key=True)
    help_session_id: Mapped[int | None] = mapped_column(ForeignKey("help_sessions.id"), index=True)
    mentee_id: Mapped[int] = mapped_column(ForeignKey("mentees.id"), index=True)
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"), index=True)
    consent_id: Mapped[int] = mapped_column(ForeignKey("consents.id"))
    handed_on: Mapped[date]

    help_session: Mapped[HelpSession | None] = relationship()
    mentee: Mapped[Mentee] = relationship()
    consent: Mapped[Consent] = relationship()
