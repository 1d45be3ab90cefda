"""Can the two people of a mentorship meet, and understand each other?"""

from collections.abc import Collection, Iterable, Iterator

from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from graphs.geography import distance_km
from graphs.rows import MentorshipRow
from graphs.ward_state import WardState


def far_mentorships(
    ward: WardState, mentorships: Iterable[MentorshipRow], *, neighbours: Collection[str]
) -> Iterator[Finding]:
    """Those of the ward's mentorships whose mentee lives in a ward that it does not border."""
    for mentorship in mentorships:
        place = mentorship.gap and mentorship.gap.mentee_place
        if place and place.code not in neighbours:
            yield Finding(
                rule=Rule.MENTORSHIP_FAR,
                ward=ward.row.code,
                subject=Subject(SubjectKind.MENTORSHIP, mentorship.id),
                measured=round(distance_km(ward.row, place)),
                expected=0,
                since=mentorship.started_on,
                action=ActionCode.CHANGE_MENTOR,
            )


def mentorships_without_language(
    ward: WardState, mentorships: Iterable[MentorshipRow]
) -> Iterator[Finding]:
    """Those of the ward's mentorships whose people are known to have no language in common."""
    for mentorship in mentorships:
        if mentorship.gap and mentorship.gap.lacks_language:
            yield Finding(
                rule=Rule.MENTORSHIP_LANGUAGE,
                ward=ward.row.code,
                subject=Subject(SubjectKind.MENTORSHIP, mentorship.id),
                measured=0,
                expected=1,
                since=mentorship.clock_on,
                action=ActionCode.CHANGE_MENTOR,
            )
