"""The figures of a ward and of all wards; what each one means stands in docs/definitions.md."""

from collections.abc import Iterable, Mapping, Sequence, Sized
from enum import IntEnum
from typing import NamedTuple

from graphs.findings import WardStatus
from graphs.standing import MentorStanding, WardStanding
from graphs.ward_state import WardState


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


class Counted(IntEnum):
    """What people are counted as; the place of each in a list of those people."""

    MENTOR = 0
    MENTOR_PAUSED = 1
    MENTOR_AT_FLOOR = 2
    MENTOR_AT_FLOOR_IN_FACT = 3
    MENTEE = 4
    WAITING = 5


def mentor_counts_as(mentor: MentorStanding) -> tuple[Counted, ...]:
    """What the person of a mentor spell is counted as in the spell's ward."""
    if not mentor.is_open:
        return ()
    if mentor.is_paused:
        return (Counted.MENTOR_PAUSED,)
    if mentor.meets_floor_in_fact:
        return Counted.MENTOR, Counted.MENTOR_AT_FLOOR, Counted.MENTOR_AT_FLOOR_IN_FACT
    return (Counted.MENTOR, Counted.MENTOR_AT_FLOOR) if mentor.meets_floor else (Counted.MENTOR,)


def people_of(ward: WardStanding) -> list[set[int]]:
    """The people of a ward, by what they are counted as."""
    people: list[set[int]] = [set() for _ in Counted]
    for mentor in ward.mentors:
        for counted in mentor_counts_as(mentor):
            people[counted].add(mentor.row.person)
    people[Counted.MENTEE] = {row.person for row in ward.mentee_rows}
    people[Counted.WAITING] = {mentee.row.person for mentee in ward.waiting_mentees}
    return people


def ward_figures(ward: WardState, people: Sequence[Sized]) -> WardFigures:
    """Count what one ward has; `people` are its people, by what they are counted as."""
    return WardFigures(
        code=ward.row.code,
        name=ward.row.name,
        mentors=len(people[Counted.MENTOR]),
        mentors_paused=len(people[Counted.MENTOR_PAUSED]),
        mentors_meeting_floor=len(people[Counted.MENTOR_AT_FLOOR]),
        mentors_meeting_floor_in_fact=len(people[Counted.MENTOR_AT_FLOOR_IN_FACT]),
        mentees=len(people[Counted.MENTEE]),
        waiting=len(people[Counted.WAITING]),
        spare=ward.spare,
        mentorships_open=ward.mentorships_open,
        mentorships_dormant=ward.dormant,
        support_posts=ward.support_posts,
        has_support=ward.has_support,
        has_support_in_fact=ward.has_support_in_fact,
        sessions=ward.desk.sessions,
        people_helped=ward.desk.people,
    )


class Sums(NamedTuple):
    """The figures that simply add up over wards."""

    wards: int = 0
    with_support: int = 0
    with_support_in_fact: int = 0
    mentorships_open: int = 0
    mentorships_dormant: int = 0
    sessions: int = 0
    people_helped: int = 0


def sums_of(ward: WardFigures) -> Sums:
    """What a ward adds to the sums."""
    return Sums(
        wards=1,
        with_support=int(ward.has_support),
        with_support_in_fact=int(ward.has_support_in_fact),
        mentorships_open=ward.mentorships_open,
        mentorships_dormant=ward.mentorships_dormant,
        sessions=ward.sessions,
        people_helped=ward.people_helped,
    )


def add_up(wards: Iterable[WardFigures]) -> Sums:
    """Add wards up."""
    return Sums(*map(sum, zip(Sums(), *map(sums_of, wards), strict=True)))


def united(people_of_wards: Sequence[Sequence[Iterable[int]]]) -> list[set[int]]:
    """The people of several wards together, by what they are counted as."""
    return [set().union(*(people[counted] for people in people_of_wards)) for counted in Counted]


def network_totals(
    sums: Sums, people: Sequence[Sized], wards_by_status: Mapping[WardStatus, int]
) -> Totals:
    """Count what wards have together; a person with a role in two wards counts once."""
    return Totals(
        wards=sums.wards,
        wards_covered=wards_by_status.get(WardStatus.COVERED, 0),
        wards_critical=wards_by_status.get(WardStatus.CRITICAL, 0),
        wards_warning=wards_by_status.get(WardStatus.WARNING, 0),
        wards_no_data=wards_by_status.get(WardStatus.NO_DATA, 0),
        wards_with_support=sums.with_support,
        wards_with_support_in_fact=sums.with_support_in_fact,
        mentors=len(people[Counted.MENTOR]),
        mentors_paused=len(people[Counted.MENTOR_PAUSED]),
        mentors_meeting_floor=len(people[Counted.MENTOR_AT_FLOOR]),
        mentors_meeting_floor_in_fact=len(people[Counted.MENTOR_AT_FLOOR_IN_FACT]),
        mentees=len(people[Counted.MENTEE]),
        mentees_waiting=len(people[Counted.WAITING]),
        mentorships_open=sums.mentorships_open,
        mentorships_dormant=sums.mentorships_dormant,
        sessions=sums.sessions,
        people_helped=sums.people_helped,
    )
