"""The figures of a ward and of all wards; what each one means stands in docs/definitions.md."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from graphs.findings import WardStatus
from graphs.standing import MentorStanding, WardStanding


class WardFigures(NamedTuple):
    """The figures of one ward; people are distinct within the ward."""

    code: str
    name: str
    mentors: int
    mentors_paused: int
    mentors_meeting_floor: int
    mentors_meeting_floor_in_fact: int
    mentees: int
    waiting: int
    spare: int
    mentorships_open: int
    mentorships_dormant: int
    support_posts: int
    has_support: bool
    has_support_in_fact: bool
    sessions: int
    people_helped: int


class Totals(NamedTuple):
    """The figures of all reported wards together; people are distinct across wards."""

    wards: int
    wards_covered: int
    wards_critical: int
    wards_warning: int
    wards_no_data: int
    wards_with_support: int
    wards_with_support_in_fact: int
    mentors: int
    mentors_paused: int
    mentors_meeting_floor: int
    mentors_meeting_floor_in_fact: int
    mentees: int
    mentees_waiting: int
    mentorships_open: int
    mentorships_dormant: int
    sessions: int
    people_helped: int


class _PeopleCounts(NamedTuple):
    mentors: int
    mentors_paused: int
    mentors_meeting_floor: int
    mentors_meeting_floor_in_fact: int
    mentees: int
    waiting: int


def ward_figures(ward: WardStanding) -> WardFigures:
    """Count what one ward has."""
    return WardFigures(
        code=ward.row.code,
        name=ward.row.name,
        **_people_counts([ward])._asdict(),
        spare=ward.spare,
        mentorships_open=ward.mentorships_open,
        mentorships_dormant=len(ward.mentorships_dormant),
        support_posts=ward.support_posts,
        has_support=ward.has_support,
        has_support_in_fact=ward.has_support_in_fact,
        sessions=ward.desk.sessions,
        people_helped=ward.desk.people,
    )


def network_totals(
    wards: Sequence[WardStanding], wards_by_status: Mapping[WardStatus, int]
) -> Totals:
    """Count what the wards have together; a person with a role in two wards counts once."""
    people = _people_counts(wards)
    return Totals(
        wards=len(wards),
        wards_covered=wards_by_status.get(WardStatus.COVERED, 0),
        wards_critical=wards_by_status.get(WardStatus.CRITICAL, 0),
        wards_warning=wards_by_status.get(WardStatus.WARNING, 0),
        wards_no_data=wards_by_status.get(WardStatus.NO_DATA, 0),
        wards_with_support=sum(ward.has_support for ward in wards),
        wards_with_support_in_fact=sum(ward.has_support_in_fact for ward in wards),
        mentors=people.mentors,
        mentors_paused=people.mentors_paused,
        mentors_meeting_floor=people.mentors_meeting_floor,
        mentors_meeting_floor_in_fact=people.mentors_meeting_floor_in_fact,
        mentees=people.mentees,
        mentees_waiting=people.waiting,
        mentorships_open=sum(ward.mentorships_open for ward in wards),
        mentorships_dormant=sum(len(ward.mentorships_dormant) for ward in wards),
        sessions=sum(ward.desk.sessions for ward in wards),
        people_helped=sum(ward.desk.people for ward in wards),
    )


def _people_counts(wards: Sequence[WardStanding]) -> _PeopleCounts:
    mentors = [mentor for ward in wards for mentor in ward.working_mentors]
    mentees = [mentee for ward in wards for mentee in ward.mentees]
    return _PeopleCounts(
        mentors=_distinct(mentors),
        mentors_paused=_distinct(
            mentor for ward in wards for mentor in ward.mentors if mentor.is_paused
        ),
        mentors_meeting_floor=_distinct(mentor for mentor in mentors if mentor.meets_floor),
        mentors_meeting_floor_in_fact=_distinct(
            mentor for mentor in mentors if mentor.meets_floor_in_fact
        ),
        mentees=len({mentee.row.person for mentee in mentees}),
        waiting=len({mentee.row.person for mentee in mentees if mentee.waiting_since}),
    )


def _distinct(mentors: Iterable[MentorStanding]) -> int:
    return len({mentor.row.person for mentor in mentors})
