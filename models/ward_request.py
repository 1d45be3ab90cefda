"""Requests between bordering wards: one asks for a mentor or for somebody at the desk."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Recorded, enum_type
from models.enums import HalfDay, RequestKind, RequestState


class WardRequest(Recorded, Base):
    """What a ward asks of another: a mentor for so many mentees, or half a day or a day of support.

    Once accepted it names the mentor or the post; no citizen is named before somebody is paired.
    """

    __tablename__ = "ward_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    asking_ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    asked_ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    kind: Mapped[RequestKind] = mapped_column(enum_type(RequestKind))
    state: Mapped[RequestState] = mapped_column(enum_type(RequestState), default=RequestState.OPEN)
    asked_on: Mapped[date]
    mentees: Mapped[int | None]
    day: Mapped[date | None]
    half_day: Mapped[HalfDay | None] = mapped_column(enum_type(HalfDay))
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("mentors.id"))
    support_post_id: Mapped[int | None] = mapped_column(ForeignKey("support_posts.id"))
    reason: Mapped[str | None] = mapped_column(String(300))

    __table_args__ = (
        CheckConstraint("asking_ward_id <> asked_ward_id", name="of_another_ward"),
        CheckConstraint(
            "(kind = 'mentor' AND mentees IS NOT NULL AND mentees > 0 AND day IS NULL)"
            " OR (kind = 'support' AND mentees IS NULL AND day IS NOT NULL)",
            name="says_what_it_asks",
        ),
        Index("ix_ward_requests_asking", "asking_ward_id", "state"),
        Index("ix_ward_requests_asked", "asked_ward_id", "state"),
    )
