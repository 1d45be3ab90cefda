"""Does every mentor guide enough people, and nobody too many?"""

from collections.abc import Iterable, Iterator
from datetime import date

from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from graphs.rows import Thresholds
from graphs.standing import MentorStanding, guided_intervals
from graphs.timeline import last_crossing, last_return, latest
from graphs.ward_state import WardState


def ward_short_of_capacity(ward: WardState) -> Iterator[Finding]:
    """A ward where more people wait than its mentors can take on."""
    if ward.waiting > ward.spare:
        yield Finding(
            rule=Rule.WARD_SHORT_OF_CAPACITY,
            ward=ward.row.code,
            subject=Subject(SubjectKind.WARD, ward.row.code),
            measured=ward.waiting,
            expected=ward.spare,
            since=None,
            action=ActionCode.ADD_MENTOR,
        )


def mentors_below_floor(
    ward: WardState, mentors: Iterable[MentorStanding], *, as_of: date, thresholds: Thresholds
) -> Iterator[Finding]:
    """Those of the ward's working mentors who guide fewer people than the floor."""
    for mentor in mentors:
        if not mentor.meets_floor:
            yield Finding(
                rule=Rule.MENTOR_BELOW_FLOOR,
                ward=ward.row.code,
                subject=Subject(SubjectKind.MENTOR, mentor.row.id),
                measured=mentor.guided,
                expected=thresholds.floor,
                since=_below_floor_since(mentor, as_of=as_of, thresholds=thresholds),
                action=_way_to_the_floor(mentor, ward),
            )


def mentors_on_paper(
    ward: WardState, mentors: Iterable[MentorStanding], *, floor: int
) -> Iterator[Finding]:
    """Those of the ward's working mentors who meet the floor on paper but not in fact."""
    for mentor in mentors:
        if mentor.meets_floor and not mentor.meets_floor_in_fact:
            yield Finding(
                rule=Rule.MENTOR_ON_PAPER,
                ward=ward.row.code,
                subject=Subject(SubjectKind.MENTOR, mentor.row.id),
                measured=mentor.guided_in_fact,
                expected=floor,
                since=None,
                action=ActionCode.LOG_CONTACT,
            )


def mentors_over_capacity(
    ward: WardState, mentors: Iterable[MentorStanding], *, as_of: date
) -> Iterator[Finding]:
    """Those of the ward's working mentors with more open mentorships than they take on."""
    for mentor in mentors:
        excess = mentor.open_mentorships - mentor.row.capacity
        if excess > 0:
            yield Finding(
                rule=Rule.MENTOR_OVER_CAPACITY,
                ward=ward.row.code,
                subject=Subject(SubjectKind.MENTOR, mentor.row.id),
                measured=mentor.open_mentorships,
                expected=mentor.row.capacity,
                since=_over_capacity_since(mentor, as_of=as_of),
                action=ActionCode.MOVE_MENTEES
                if ward.spare >= excess
                else ActionCode.RAISE_CAPACITY,
            )


def _way_to_the_floor(mentor: MentorStanding, ward: WardState) -> ActionCode:
    if mentor.spare == 0:
        return ActionCode.RAISE_CAPACITY
    return ActionCode.PAIR_WAITING if ward.waiting else ActionCode.REGISTER_MENTEE


def _below_floor_since(
    mentor: MentorStanding, *, as_of: date, thresholds: Thresholds
) -> date | None:
    counted = guided_intervals(mentor.mentorships, thresholds.floor_counts)
    fell_on = last_crossing(counted, level=thresholds.floor, as_of=as_of)
    return latest((mentor.row.started_on, fell_on, last_return(mentor.row, as_of)))


def _over_capacity_since(mentor: MentorStanding, *, as_of: date) -> date | None:
    pairings = [(pair.started_on, pair.ended_on) for pair in mentor.mentorships]
    rose_on = last_crossing(pairings, level=mentor.row.capacity + 1, as_of=as_of)
    return latest((rose_on, last_return(mentor.row, as_of)))
