"""Pairs waiting mentees with a mentor."""

from collections.abc import Collection
from datetime import date

from app.access.scope import WardScope
from app.queries.pairing import load_mentees, lock_mentor
from app.services.pairing_rules import begin_mentorships
from app.services.transaction import Receipt, transaction


def pair_mentees(
    scope: WardScope,
    mentor_id: int,
    mentee_ids: Collection[int],
    *,
    on: date,
    request_key: str | None = None,
) -> Receipt:
    """Let a mentor guide some mentees from a day on; all of them or none.

    Raises a `RuleBrokenError` as `begin_mentorships` does.
    """
    with transaction(scope, "mentees_paired", request_key=request_key) as unit:
        mentor = lock_mentor(scope, mentor_id)
        mentees = load_mentees(scope, mentee_ids)
        mentorships = begin_mentorships(scope, mentor, mentees, on=on)
        unit.about(mentorships[0], ward_id=mentor.ward_id)
    return unit.receipt
