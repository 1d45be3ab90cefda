"""How the desk of a ward is planned: who sits there each week, who is away, when it is closed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Recorded, Spell, enum_type, index_where_filled, spell_check
from models.enums import HalfDay
from models.support import SupportPost
from models.ward import Ward

HALVES_OF_A_DAY = len(HalfDay)
HALVES_OF_A_WEEK = 7 * HALVES_OF_A_DAY


class DutyPattern(Recorded, Spell, Base):
    """A half-day of every week that the holder of a post sits at the desk, while the spell lasts.

    `week_half` counts the halves of a week: 0 is Monday morning, 13 is Sunday afternoon.
    """

    __tablename__ = "duty_patterns"

    id: Mapped[int] = mapped_column(primary_key=True)
    support_post_id: Mapped[int] = mapped_column(ForeignKey("support_posts.id"), index=True)
    week_half: Mapped[int]

    support_post: Mapped[SupportPost] = relationship()

    __table_args__ = (
        spell_check(),
        CheckConstraint(f"week_half BETWEEN 0 AND {HALVES_OF_A_WEEK - 1}", name="week_half_exists"),
    )


class DutyLeave(Recorded, Base):
    """Days `[started_on, ended_on)` away from the desk: whole days, or one half of each.

    The substitute is a post of the same ward, or of a bordering one, and sits at this ward's desk.
    """

    __tablename__ = "duty_leaves"

    id: Mapped[int] = mapped_column(primary_key=True)
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    support_post_id: Mapped[int] = mapped_column(ForeignKey("support_posts.id"), index=True)
    started_on: Mapped[date]
    ended_on: Mapped[date]
    half_day: Mapped[HalfDay | None] = mapped_column(enum_type(HalfDay))
    substitute_post_id: Mapped[int | None] = mapped_column(ForeignKey("support_posts.id"))

    ward: Mapped[Ward] = relationship()
    support_post: Mapped[SupportPost] = relationship(foreign_keys=[support_post_id])
    substitute_post: Mapped[SupportPost | None] = relationship(foreign_keys=[substitute_post_id])

    __table_args__ = (
        CheckConstraint("ended_on > started_on", name="ends_after_start"),
        CheckConstraint("substitute_post_id <> support_post_id", name="by_somebody_else"),
        Index("ix_duty_leaves_ward", "ward_id", "ended_on"),
        index_where_filled("duty_leaves", "substitute_post_id"),
    )


class DutyHoliday(Recorded, Base):
    """Half a day on which the desk of a ward is closed (nghỉ lễ), so that nobody is missing."""

    __tablename__ = "duty_holidays"

    id: Mapped[int] = mapped_column(primary_key=True)
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    day: Mapped[date]
    half_day: Mapped[HalfDay] = mapped_column(enum_type(HalfDay))

    ward: Mapped[Ward] = relationship()

    __table_args__ = (
        Index(
            "uq_duty_holidays_half",
            "ward_id",
            "day",
            "half_day",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
    )


def week_half(day: date, half_day: HalfDay) -> int:
    """Return which half of its week half a day is, counted from Monday morning."""
    return day.weekday() * HALVES_OF_A_DAY + list(HalfDay).index(half_day)
