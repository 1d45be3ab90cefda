"""Ends a mentorship; a completed one may end the mentee's spell as well."""

from dataclasses import dataclass
from datetime import date

from app.access.scope import WardScope
from app.errors import ContactAfterEndError, PairEndedError, PairEndsTooEarlyError
from app.formatting import format_day
from app.queries.pairing import get_end_reason, get_mentorship, last_contact_day
from app.services.transaction import Receipt, transaction
from models import Mentorship


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
    Raises `PairEndedError`, `PairEndsTooEarlyError` for a day not after the start, and
    `ContactAfterEndError` when the two met after that day.
    """
    with transaction(scope, "mentorship_ended", request_key=request_key) as unit:
        mentorship = get_mentorship(scope, mentorship_id)
        reason = get_end_reason(scope, ending.reason_id)
        _refuse_wrong_day(scope, mentorship, ending.on)
        mentorship.ended_on = ending.on
        mentorship.end_reason_id = reason.id
        mentee = mentorship.mentee
        if reason.is_completion and not ending.keeps_learning and mentee.ended_on is None:
            mentee.ended_on = ending.on
            mentee.end_reason_id = reason.id
        unit.about(mentorship, ward_id=mentorship.mentor_ward_id)
    return unit.receipt


def _refuse_wrong_day(scope: WardScope, mentorship: Mentorship, on: date) -> None:
    if mentorship.ended_on is not None:
        raise PairEndedError(day=format_day(mentorship.ended_on))
    if on <= mentorship.started_on:
        raise PairEndsTooEarlyError(day=format_day(mentorship.started_on))
    last_contact = last_contact_day(scope, mentorship.id)
    if last_contact is not None and last_contact > on:
        raise ContactAfterEndError(day=format_day(last_contact))
