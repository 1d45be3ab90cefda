"""Contacts (buổi hướng dẫn): a mentor met some of the mentees on a day."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Recorded
from models.mentor import Mentor
from models.mentorship import Mentorship
from models.report import ReportingPeriod


class Contact(Recorded, Base):
    """One meeting of a mentor, with those who attended."""

    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentors.id"), index=True)
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    service_date: Mapped[date]
    note: Mapped[str | None] = mapped_column(String(1000))
    reported_in_id: Mapped[int] = mapped_column(ForeignKey("reporting_periods.id"), index=True)

    mentor: Mapped[Mentor] = relationship()
    reported_in: Mapped[ReportingPeriod] = relationship()
    attendances: Mapped[list["Attendance"]] = relationship(back_populates="contact")

    __table_args__ = (Index("ix_contacts_ward", "ward_id", "service_date"),)


class Attendance(Recorded, Base):
    """A mentorship that took part in a contact."""

    __tablename__ = "attendances"
    part_of = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    mentorship_id: Mapped[int] = mapped_column(ForeignKey("mentorships.id"), index=True)

    contact: Mapped[Contact] = relationship(back_populates="attendances")
    mentorship: Mapped[Mentorship] = relationship()
