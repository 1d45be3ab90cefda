"""Targets of the plan, per indicator, ward and due date; a correction is a further version."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Recorded, enum_type
from models.enums import TargetIndicator


class PlanTarget(Recorded, Base):
    """One version of a target, in force from a day until the next version of the same target.

    Versions belong together by ward (None: the whole province), indicator and due date. A value
    counts people, wards or events; that of a provincial indicator is a percentage.
    """

    __tablename__ = "plan_targets"

    id: Mapped[int] = mapped_column(primary_key=True)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"))
    indicator: Mapped[TargetIndicator] = mapped_column(enum_type(TargetIndicator))
    due_on: Mapped[date]
    value: Mapped[int]
    valid_from: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))

    __table_args__ = (
        CheckConstraint("value > 0", name="value_positive"),
        Index("ix_plan_targets_series", "ward_id", "indicator", "due_on"),
    )
