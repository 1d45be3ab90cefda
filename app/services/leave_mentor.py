"""Lets a mentor leave and others take over the mentees, at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.queries.mentors import get_mentor
from app.queries.pairing import load_mentees, lock_mentor
from app.services.ending_rules import end_role
from app.services.pairing_rules import begin_mentorships
from app.services.transaction import Receipt, transaction
from models import Mentorship, db


class Leaving(NamedTuple):
    """From which day, why, and who takes over by mentee; who is not named waits."""

    on: date
    reason_id: int
    successors: Mapping[int, int]


def leave_mentor(
    scope: WardScope, mentor_id: int, leaving: Leaving, *, request_key: str | None = None
) -> Receipt:
    """End a mentor's spell with its pairings, and begin those of the successors the same day.

    Raises what `end_role` does, what `begin_mentorships` does for a successor, and
    `OutOfScopeError`, also for a mentee whose ward is outside the scope.
    """
    with transaction(scope, "mentor_ended", request_key=request_key) as unit:
        mentor = get_mentor(scope, mentor_id)
        ended = end_role(scope, mentor, on=leaving.on, reason_id=leaving.reason_id)
        db.session.flush()
        _take_over(scope, ended, leaving)
        unit.about(mentor, ward_id=mentor.ward_id)
    return unit.receipt


def _take_over(scope: WardScope, ended: Sequence[Mentorship], leaving: Leaving) -> None:
    """Let each successor take over all of theirs at once, so that their room is seen to."""
    left = {pairing.mentee_id for pairing in ended}
    taken = {mentee: to for mentee, to in leaving.successors.items() if mentee in left}
    for mentor_id in sorted(set(taken.values())):
        mentees = load_mentees(scope, [one for one, to in taken.items() if to == mentor_id])
        begin_mentorships(scope, lock_mentor(scope, mentor_id), mentees, on=leaving.on)
