"""Records that somebody is away from the desk, and who stands in."""

from app.access.scope import WardScope
from app.desk.stand_ins import Absence, cover_absence, overlaps
from app.errors import LeaveRecordedError, PostNotOpenError, SubstituteBusyError
from app.formatting import format_day
from app.queries.duty import load_post
from app.queries.duty_leave import ONE_DAY
from app.queries.duty_plan import read_duty_facts_around
from app.services.transaction import Receipt, transaction
from models import DutyLeave, db


def record_leave(
    scope: WardScope,
    absence: Absence,
    *,
    substitute_post_id: int | None = None,
    request_key: str | None = None,
) -> Receipt:
    """Write down an absence; a substitute is a post of this ward or of a bordering one.

    Raises `PostNotOpenError`, `LeaveRecordedError` where it overlaps with leave,
    `SubstituteBusyError`, `OutOfScopeError`.
    """
    with transaction(scope, "duty_leave_recorded", request_key=request_key) as unit:
        post = load_post(scope, absence.post_id)
        for day in (absence.first_day, absence.last_day):
            if not post.is_open_on(day):
                raise PostNotOpenError(day=format_day(day))
        facts = read_duty_facts_around(scope, post.ward_id, absence.first_day, absence.last_day)
        if overlaps(facts.leaves, absence):
            raise LeaveRecordedError
        if substitute_post_id is not None:
            coverage = cover_absence(facts, absence)
            if not coverage.is_free(substitute_post_id):
                raise SubstituteBusyError
        row = DutyLeave(
            ward_id=post.ward_id,
            support_post_id=post.id,
            started_on=absence.first_day,
            ended_on=absence.last_day + ONE_DAY,
            half_day=absence.half_day,
            substitute_post_id=substitute_post_id,
        )
        db.session.add(row)
        unit.about(row, ward_id=post.ward_id)
    return unit.receipt
