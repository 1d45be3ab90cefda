"""Records that a mentor met some of their mentees on a day."""

from datetime import date

from app.access.scope import WardScope
from app.errors import AttendeeNotPairedError, ContactRepeatedError, NobodyMetError
from app.formatting import format_day
from app.queries.contacts import attendances_of_day, valid_mentorship_ids
from app.queries.pairing import lock_mentor
from app.services.contact_writing import Meeting, write_contact
from app.services.transaction import Receipt, transaction
from models import Contact, Mentor


def log_contact(
    scope: WardScope, mentor_id: int, meeting: Meeting, *, request_key: str | None = None
) -> Receipt:
    """Record a contact of a mentor with the mentees of some mentorships.

    A mentorship takes part from its start to its end, both included. Raises `NobodyMetError`,
    `AttendeeNotPairedError`, and `ContactRepeatedError` when the same people were recorded for the
    same day before.
    """
    with transaction(scope, "contact_logged", request_key=request_key) as unit:
        mentor = lock_mentor(scope, mentor_id)
        if not meeting.mentorship_ids <= valid_mentorship_ids(scope, mentor_id, meeting.on):
            raise AttendeeNotPairedError(day=format_day(meeting.on))
        unit.about(_write(scope, mentor, meeting), ward_id=mentor.ward_id)
    return unit.receipt


def log_contact_with_everyone(
    scope: WardScope, mentor_id: int, *, on: date, request_key: str | None = None
) -> Receipt:
    """Record that a mentor met everybody whom they guide on a day, but those who left on it."""
    with transaction(scope, "contact_logged", request_key=request_key) as unit:
        mentor = lock_mentor(scope, mentor_id)
        attendees = valid_mentorship_ids(scope, mentor_id, on, with_last_day=False)
        unit.about(_write(scope, mentor, Meeting(on, frozenset(attendees))), ward_id=mentor.ward_id)
    return unit.receipt


def _write(scope: WardScope, mentor: Mentor, meeting: Meeting) -> Contact:
    if not meeting.mentorship_ids:
        raise NobodyMetError
    recorded = attendances_of_day(scope, mentor.id, meeting.on)
    if meeting.mentorship_ids in recorded.values():
        raise ContactRepeatedError(name=mentor.person.full_name, day=format_day(meeting.on))
    return write_contact(mentor, meeting)
