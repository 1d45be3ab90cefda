"""The rows of a contact. For use inside a transaction; commits nothing itself."""

from dataclasses import dataclass
from datetime import date

from app.services.reporting_periods import period_counting
from models import Attendance, Contact, Mentor, db


@dataclass(frozen=True, slots=True)
class Meeting:
    """A day, the ids of the mentorships that attended, and what is worth remembering."""

    on: date
    mentorship_ids: frozenset[int]
    note: str | None = None


def write_contact(mentor: Mentor, meeting: Meeting) -> Contact:
    """Add the contact of a mentor with those who attended; it counts in the open period."""
    contact = Contact(
        mentor_id=mentor.id,
        ward_id=mentor.ward_id,
        service_date=meeting.on,
        note=meeting.note or None,
        reported_in_id=period_counting(meeting.on),
        attendances=[Attendance(mentorship_id=each) for each in sorted(meeting.mentorship_ids)],
    )
    db.session.add(contact)
    return contact
