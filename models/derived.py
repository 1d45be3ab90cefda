"""What follows from recorded rows, kept beside them so that reading need not count them all.

`app/services/derived_rows.py` keeps the tallies; `flask check` counts them again and compares.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, enum_type
from models.enums import HelpMode, TopicKind


class NetworkGeneration(Base):
    """One row whose token changes with whatever is written past the change log.

    What a process keeps of the network follows the log; with another token it reads all rows anew.
    """

    __tablename__ = "network_generations"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(String(32))

    __table_args__ = (CheckConstraint("id = 1", name="only_row"),)


class DeskDay(Base):
    """How many help sessions of a ward's day went one way; `people` of them were a first visit."""

    __tablename__ = "desk_days"

    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"), primary_key=True)
    service_date: Mapped[date] = mapped_column(primary_key=True)
    mode: Mapped[HelpMode] = mapped_column(enum_type(HelpMode), primary_key=True)
    sessions: Mapped[int]
    people: Mapped[int]

    # The province asks for days of all wards.
    __table_args__ = (Index("ix_desk_days_day", "service_date", "mode", "sessions", "people"),)


class DeskTopic(Base):
    """How many help sessions of a ward's month, known by its first day, name a topic.

    `topic_id` is the id of a procedure or of an obstacle.
    """

    __tablename__ = "desk_topics"

    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[TopicKind] = mapped_column(enum_type(TopicKind), primary_key=True)
    topic_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sessions: Mapped[int]
