"""Which other mentors a mentee may go to, those first who leave nothing to find fault with."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.queries.candidates import (
    Facts,
    MenteeChoice,
    MentorChoice,
    get_mentee_choice,
    get_mentor_choice,
    list_bordering_mentors,
    list_mentor_choices,
)
from app.queries.pairing import PairCard, get_pair_card
from app.queries.settings import SiteSettings


class MentorChange(NamedTuple):
    """A mentorship, its two people, and the mentors of the mentee's ward and around it.

    `mentee` is None where the mentee belongs to a ward outside the scope: then nobody is proposed.
    """

    pair: PairCard
    mentor: MentorChoice
    mentee: MenteeChoice | None
    near: tuple[MentorChoice, ...] = ()
    bordering: tuple[MentorChoice, ...] = ()

    @property
    def has_room_somewhere(self) -> bool:
        """Whether one of the proposed mentors can take the mentee on."""
        return any(mentor.spare for mentor in (*self.near, *self.bordering))


def get_mentor_change(
    scope: WardScope, mentorship_id: int, day: date, settings: SiteSettings
) -> MentorChange:
    """Return who may take on the mentee of a mentorship that the scope may end; else 404."""
    pair = get_pair_card(scope, mentorship_id, day)
    mentor = get_mentor_choice(scope, pair.mentor_id, day, settings)
    if not pair.is_mentee_in_scope:
        return MentorChange(pair, mentor, None)
    mentee = get_mentee_choice(scope, pair.mentee_id, day, settings)
    person = mentee.person
    within = scope.narrowed_to(person.ward_id)
    near = list_mentor_choices(within, day, settings, beside=person)
    bordering = list_bordering_mentors(scope, person.ward_id, day, settings, beside=person)
    return MentorChange(
        pair, mentor, mentee, _others(near, pair, person), _others(bordering, pair, person)
    )


def _others(
    mentors: Iterable[MentorChoice], pair: PairCard, mentee: Facts
) -> tuple[MentorChoice, ...]:
    """Leave out the present mentor and the mentee; who shares no language comes last."""
    others = (
        mentor
        for mentor in mentors
        if mentor.id != pair.mentor_id and mentor.person.person_id != mentee.person_id
    )
    return tuple(
        sorted(others, key=lambda mentor: (not mentor.spare, _cannot_talk(mentor, mentee)))
    )


def _cannot_talk(mentor: MentorChoice, mentee: Facts) -> bool:
    is_known = bool(mentor.person.languages and mentee.languages)
    return is_known and not mentor.match.languages
