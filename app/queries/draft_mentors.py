"""Which other mentors the mentee of a move may go to: near, around, and in a ward that is asked."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.queries.candidates import (
    Facts,
    MenteeChoice,
    MentorChoice,
    get_mentee_choice,
    list_bordering_mentors,
    list_mentor_choices,
)
from app.queries.settings import get_settings
from app.queries.wards import WardCard
from graphs.planning.draft import DraftMove
from graphs.planning.rows import Reach


class OtherMentors(NamedTuple):
    """Who is to be moved, and mentors with room: in the same ward, bordering it, and elsewhere.

    `floor` is how many people each of them is to guide.
    """

    mentee: MenteeChoice
    near: list[MentorChoice]
    bordering: list[MentorChoice]
    elsewhere: list[MentorChoice]
    floor: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody to choose."""
        return not (self.near or self.bordering or self.elsewhere)


def get_other_mentors(
    scope: WardScope,
    move: DraftMove,
    reach: Reach,
    day: date,
    *,
    ward: WardCard | None = None,
) -> OtherMentors:
    """Return whom a plan of that reach may move the mentee to instead; 404 outside the scope.

    `ward` is one to look for mentors in, wherever it lies, where the whole province is in reach.
    """
    settings = get_settings(day)
    mentee = get_mentee_choice(scope, move.mentee, day, settings)
    person, taken = mentee.person, {move.to_mentor, move.from_mentor}

    def of_wards(wards: WardScope) -> list[MentorChoice]:
        choices = list_mentor_choices(wards, day, settings, beside=person)
        return [mentor for mentor in choices if _may_take(mentor, person, taken)]

    around: list[MentorChoice] = []
    if reach is not Reach.WARD:
        around = list_bordering_mentors(scope, person.ward_id, day, settings, beside=person)
    elsewhere = scope.narrowed_to(ward.id) if ward and reach is Reach.PROVINCE else None
    return OtherMentors(
        mentee,
        near=of_wards(scope.narrowed_to(person.ward_id)),
        bordering=[mentor for mentor in around if _may_take(mentor, person, taken)],
        elsewhere=[] if elsewhere is None else of_wards(elsewhere),
        floor=settings.floor,
    )


def _may_take(mentor: MentorChoice, mentee: Facts, taken: Collection[int | None]) -> bool:
    """Whether a mentor has room, speaks with the mentee, and is neither of the two of the move."""
    are_known = mentor.person.languages and mentee.languages
    can_talk = not are_known or bool(mentor.match.languages)
    is_other = mentor.person.person_id != mentee.person_id
    return mentor.spare > 0 and can_talk and is_other and mentor.id not in taken
