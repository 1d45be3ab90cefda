"""Carries moves of a plan out: all old pairs end first, then all new ones begin. No commit."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.queries.assignment_drafts import open_mentorships_of, wards_of_spells
from app.queries.catalogues_for_forms import get_end_reason
from models import Mentorship, db

MENTOR_CHANGED = "mentor_changed"


class Pairing(NamedTuple):
    """A mentee who is to be with a mentor; `leaves` is the present mentor, None for who waits."""

    mentee: int
    mentor: int
    leaves: int | None


def write_pairings(scope: WardScope, pairings: Sequence[Pairing], *, on: date) -> list[Mentorship]:
    """End and begin pairs on a day, and return the new ones.

    That each of them may be was checked against the rows of the plan in the same transaction; the
    database itself refuses a second mentor. Raises `OutOfScopeError` for people beyond the scope.
    """
    leaving = [pairing.mentee for pairing in pairings if pairing.leaves is not None]
    reason_id = get_end_reason(MENTOR_CHANGED).id
    for mentorship in open_mentorships_of(scope, leaving):
        mentorship.ended_on, mentorship.end_reason_id = on, reason_id
    db.session.flush()
    wards = wards_of_spells(
        scope,
        (pairing.mentor for pairing in pairings),
        (pairing.mentee for pairing in pairings),
    )
    begun = [
        Mentorship(
            mentor_id=pairing.mentor,
            mentee_id=pairing.mentee,
            mentor_ward_id=wards.mentors[pairing.mentor],
            mentee_ward_id=wards.mentees[pairing.mentee],
            started_on=on,
        )
        for pairing in pairings
    ]
    db.session.add_all(begun)
    db.session.flush()
    return begun
