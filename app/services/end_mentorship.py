"""Ends a mentorship; a completed one may end the mentee's spell as well."""

from dataclasses import dataclass
from datetime import date

from app.access.scope import WardScope
from app.queries.pairing import get_end_reason, get_mentorship
from app.services.pairing_rules import finish_mentorship
from app.services.transaction import Receipt, transaction


@dataclass(frozen=True, slots=True)
class Ending:
    """How a mentorship ends: the first day without it, and the id of the reason."""

    on: date
    reason_id: int
    keeps_learning: bool = False


def end_mentorship(
    scope: WardScope, mentorship_id: int, ending: Ending, *, request_key: str | None = None
) -> Receipt:
    """End a mentorship for a reason of the catalogue.

    With a completing reason the mentee's spell ends the same day, unless the mentee keeps learning.
    Raises a `RuleBrokenError` as `finish_mentorship` does.
    """
    with transaction(scope, "mentorship_ended", request_key=request_key) as unit:
        mentorship = get_mentorship(scope, mentorship_id)
        reason = get_end_reason(scope, ending.reason_id)
        finish_mentorship(scope, mentorship, reason, on=ending.on)
        mentee = mentorship.mentee
        if reason.is_completion and not ending.keeps_learning and mentee.ended_on is None:
            mentee.ended_on = ending.on
            mentee.end_reason_id = reason.id
        unit.about(mentorship, ward_id=mentorship.mentor_ward_id)
    return unit.receipt
