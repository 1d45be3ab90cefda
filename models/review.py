"""What somebody answered to a notice of the audit: looked at, and it is as it was recorded."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Recorded


class DistinctPeople(Recorded, Base):
    """Two people who seemed to be one and are not; the one with the lower id comes first."""

    __tablename__ = "distinct_people"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)

    __table_args__ = (
        CheckConstraint("person_id < other_id", name="in_order"),
        Index("ix_distinct_people_pair", "person_id", "other_id"),
    )


class ConfirmedSession(Recorded, Base):
    """A help session that looked doubtful among others and did take place."""

    __tablename__ = "confirmed_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    help_session_id: Mapped[int] = mapped_column(ForeignKey("help_sessions.id"), index=True)
