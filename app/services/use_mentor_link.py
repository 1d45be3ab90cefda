"""What a mentor does through the own link: opening it, noting whom they met, taking that back."""

from sqlalchemy import select

from app import clock
from app.errors import ContactRepeatedError, OutOfScopeError
from app.formatting import format_day
from app.learning_errors import MentorLinkClosedError
from app.queries.contacts import attendances_of_day, valid_mentorship_ids
from app.queries.mentor_links import OpenMentorLink, find_marks_by_link, is_still_open
from app.queries.pairing import lock_mentor
from app.services.contact_writing import Meeting, write_contact
from app.services.transaction import Receipt, Unit, technical_write, transaction
from models import Attendance, Contact, MentorLinkUse, Mentorship, db
from models.enums import LinkDeed


def note_opening(link: OpenMentorLink) -> None:
    """Write down that a link was opened: its number and the moment, nothing else."""
    with technical_write() as session:
        session.add(
            MentorLinkUse(link_id=link.id, deed=LinkDeed.OPENED, used_at=clock.now(), batch_id=None)
        )


def log_meeting_by_link(link: OpenMentorLink, mentorship_id: int) -> Receipt:
    """Record that a mentor met one of their own mentees today, in one meeting with the others.

    Raises `MentorLinkClosedError` where it was switched off meanwhile, `ContactRepeatedError` where
    today is recorded already, `OutOfScopeError` for anybody but the mentor's own.
    """
    scope, today = link.scope, clock.today()
    with transaction(scope, "contact_logged_by_link", ward_id=link.ward_id) as unit:
        mentor = lock_mentor(scope, link.mentor_id)
        _use(unit, link, LinkDeed.MET)
        if mentorship_id not in valid_mentorship_ids(scope, mentor.id, today, with_last_day=False):
            raise OutOfScopeError(Mentorship, mentorship_id)
        recorded = attendances_of_day(scope, mentor.id, today)
        if any(mentorship_id in met for met in recorded.values()):
            raise ContactRepeatedError(name=mentor.person.full_name, day=format_day(today))
        marks = find_marks_by_link(scope, mentor.id, today)
        if marks:
            contact = db.session.get_one(Contact, marks[-1].contact_id)
            db.session.add(Attendance(contact_id=contact.id, mentorship_id=mentorship_id))
        else:
            contact = write_contact(mentor, Meeting(today, frozenset({mentorship_id})))
        unit.about(contact)
    return unit.receipt


def take_back_meeting_by_link(link: OpenMentorLink, mentorship_id: int) -> Receipt:
    """Take back what was noted of today through the link; what others noted stays.

    Raises `MentorLinkClosedError`, and `OutOfScopeError` where there is nothing of the kind.
    """
    scope, today, now = link.scope, clock.today(), clock.now()
    with transaction(scope, "contact_taken_back_by_link", ward_id=link.ward_id) as unit:
        _use(unit, link, LinkDeed.TAKEN_BACK)
        marks = find_marks_by_link(scope, link.mentor_id, today, mentorship_id)
        if not marks:
            raise OutOfScopeError(Mentorship, mentorship_id)
        contact = db.session.get_one(Contact, marks[0].contact_id)
        for mark in marks:
            mark.deleted_at = now
        db.session.flush()
        left = select(Attendance.id).where(Attendance.contact_id == contact.id).limit(1)
        if db.session.scalar(left) is None:
            contact.deleted_at = now
        unit.about(contact)
    return unit.receipt


def _use(unit: Unit, link: OpenMentorLink, deed: LinkDeed) -> None:
    """Note the deed with the unit that it is, unless the link was switched off meanwhile."""
    now = clock.now()
    if not is_still_open(link.scope, link.id, now):
        raise MentorLinkClosedError
    db.session.add(MentorLinkUse(link_id=link.id, deed=deed, used_at=now, batch_id=unit.batch_id))
