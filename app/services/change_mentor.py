"""Gives a mentee another mentor."""

from datetime import date

from app.access.scope import WardScope
from app.errors import SameMentorError
from app.queries.catalogues_for_forms import get_end_reason
from app.queries.pairing import get_mentorship, load_mentees, lock_mentor
from app.services.pairing_rules import begin_mentorships, finish_mentorship
from app.services.transaction import Receipt, transaction
from models import db

MENTOR_CHANGED = "mentor_changed"


def change_mentor(
    scope: WardScope,
    mentorship_id: int,
    mentor_id: int,
    *,
    on: date,
    request_key: str | None = None,
) -> Receipt:
    """End a mentorship on a day and begin one with another mentor the same day, or neither.

    The scope has to hold the wards of both mentors and of the mentee. Raises `SameMentorError`, and
    a `RuleBrokenError` as `finish_mentorship` and `begin_mentorships` do.
    """
    with transaction(scope, "mentor_changed", request_key=request_key) as unit:
        present = get_mentorship(scope, mentorship_id)
        [mentee] = load_mentees(scope, [present.mentee_id])
        mentor = lock_mentor(scope, mentor_id)
        if mentor.id == present.mentor_id:
            raise SameMentorError(name=mentee.person.full_name, mentor=mentor.person.full_name)
        finish_mentorship(scope, present, get_end_reason(MENTOR_CHANGED), on=on)
        db.session.flush()
        [begun] = begin_mentorships(scope, mentor, [mentee], on=on)
        unit.about(begun, ward_id=mentor.ward_id)
    return unit.receipt
