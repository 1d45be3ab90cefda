"""Records the meetings of a mentor's paper sheet: all of them, or none."""

from collections.abc import Sequence

from app.access.scope import WardScope
from app.errors import SheetRefusedError
from app.months import Month
from app.queries.contact_sheets import TypedMeeting, get_sheet
from app.queries.pairing import lock_mentor
from app.services.contact_writing import Meeting, write_contact
from app.services.transaction import Receipt, transaction


def log_contact_sheet(
    scope: WardScope,
    mentor_id: int,
    month: Month,
    meetings: Sequence[Meeting],
    *,
    request_key: str | None = None,
) -> Receipt:
    """Record every meeting of a month, undone as one.

    Raises `SheetRefusedError` with every fault at once: a day that has a contact already, somebody
    who does not learn with the mentor on that day. Raises `OutOfScopeError`.
    """
    with transaction(scope, "contact_sheet_logged", request_key=request_key) as unit:
        mentor = lock_mentor(scope, mentor_id)
        typed = [TypedMeeting(meeting.on, meeting.mentorship_ids) for meeting in meetings]
        faults = get_sheet(scope, mentor_id, month).faults_of(typed)
        if faults:
            raise SheetRefusedError(faults=faults)
        for meeting in meetings:
            write_contact(mentor, meeting)
        unit.about(mentor, ward_id=mentor.ward_id)
    return unit.receipt
