"""Activities of the plan that share the network: classes, visits, campaigns, planned and held.

No column here may hold a picture of anybody.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Recorded, enum_type
from models.catalogue import Tag, TargetGroup
from models.enums import ActivityKind
from models.mentor import Mentor
from models.person import Person
from models.report import ReportingPeriod
from models.ward import Ward


class Activity(Recorded, Base):
    """One activity in a ward on a day. A planned one has no turns and counts in no report."""

    __tablename__ = "activities"

    id: Mapped[int] = mapped_column(primary_key=True)
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    kind: Mapped[ActivityKind] = mapped_column(enum_type(ActivityKind))
    service_date: Mapped[date]
    topic: Mapped[str] = mapped_column(String(200))
    place: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(String(1000))
    is_held: Mapped[bool]
    turns: Mapped[int | None]
    reported_in_id: Mapped[int | None] = mapped_column(
        ForeignKey("reporting_periods.id"), index=True
    )

    ward: Mapped[Ward] = relationship()
    reported_in: Mapped[ReportingPeriod | None] = relationship()

    __table_args__ = (
        CheckConstraint("turns BETWEEN 0 AND 100000", name="turns_plausible"),
        CheckConstraint(
            "(turns IS NOT NULL) = is_held AND (reported_in_id IS NOT NULL) = is_held",
            name="counts_once_held",
        ),
        Index("ix_activities_ward", "ward_id", "service_date", "kind"),
        Index("ix_activities_day", "service_date", "ward_id"),
    )


class ActivityTurns(Recorded, Base):
    """How many of an activity's turns were people of a target group; somebody may be of several."""

    __tablename__ = "activity_turns"
    part_of = "activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    target_group_id: Mapped[int] = mapped_column(ForeignKey("target_groups.id"), index=True)
    turns: Mapped[int]

    activity: Mapped[Activity] = relationship()
    target_group: Mapped[TargetGroup] = relationship()

    __table_args__ = (CheckConstraint("turns BETWEEN 1 AND 100000", name="turns_plausible"),)


class ActivityHost(Recorded, Base):
    """A mentor who holds an activity; the credit stays with the spell, thus with its ward."""

    __tablename__ = "activity_hosts"
    part_of = "activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentors.id"), index=True)

    activity: Mapped[Activity] = relationship()
    mentor: Mapped[Mentor] = relationship()


class ActivityPerson(Recorded, Base):
    """Somebody of the network who is known to have taken part."""

    __tablename__ = "activity_people"
    part_of = "activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)

    activity: Mapped[Activity] = relationship()
    person: Mapped[Person] = relationship()


class ActivityTag(Recorded, Base):
    """A movement that an activity belongs to, or a team that held it."""

    __tablename__ = "activity_tags"
    part_of = "activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), index=True)

    activity: Mapped[Activity] = relationship()
    tag: Mapped[Tag] = relationship()
