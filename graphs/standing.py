"""Where every ward, mentor and mentee stands: the definitions of docs/definitions.md applied."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from graphs.network import Network
from graphs.rows import (
    DeskRow,
    FloorCounts,
    MenteeRow,
    MentorRow,
    MentorshipRow,
    PostRow,
    Thresholds,
    WardRow,
)
from graphs.timeline import (
    Interval,
    has_lasted,
    is_open,
    is_paused,
    is_within,
    last_return,
    latest,
    merged,
)


class MentorStanding(NamedTuple):
    """An open mentor spell; `mentorships` are all its pairings, ended ones too."""

    row: MentorRow
    is_paused: bool
    mentorships: Sequence[MentorshipRow]
    open_mentorships: int
    guided: int
    guided_in_fact: int
    meets_floor: bool
    meets_floor_in_fact: bool

    @property
    def spare(self) -> int:
        """How many more mentees the mentor can take on today."""
        return 0 if self.is_paused else max(0, self.row.capacity - self.open_mentorships)


class MenteeStanding(NamedTuple):
    """An open mentee spell; `waiting_since` is None for who does not wait."""

    row: MenteeRow
    waiting_since: date | None


class WardStanding(NamedTuple):
    """A ward with its people.

    `posts` and `mentor_spells` are all rows of the ward, ended ones too; `mentors` and `mentees`
    have an open spell; `working_mentors` are the mentors who are not paused; `support_posts`
    counts the open posts that are not paused.
    """

    row: WardRow
    posts: Sequence[PostRow]
    mentor_spells: Sequence[MentorRow]
    support_posts: int
    has_support_in_fact: bool
    mentors: Sequence[MentorStanding]
    working_mentors: Sequence[MentorStanding]
    spare: int
    mentees: Sequence[MenteeStanding]
    waiting: int
    mentorships_open: int
    mentorships_dormant: Sequence[MentorshipRow]
    desk: DeskRow

    @property
    def has_support(self) -> bool:
        """Whether somebody is registered to help citizens: support on paper."""
        return self.support_posts > 0


def ward_standings(network: Network, thresholds: Thresholds) -> list[WardStanding]:
    """Every reported ward in order of code."""
    return [_ward_standing(network, ward, thresholds) for ward in network.wards.values()]


def guided_intervals(
    mentorships: Sequence[MentorshipRow], floor_counts: FloorCounts
) -> Iterator[Interval]:
    """When each guided person counts for the mentor; several intervals for one who came back."""
    by_person: defaultdict[int, list[Interval]] = defaultdict(list)
    for mentorship in mentorships:
        interval = mentorship.started_on, _counts_until(mentorship, floor_counts)
        by_person[mentorship.person].append(interval)
    for intervals in by_person.values():
        yield from merged(intervals)


def quiet_since(mentorship: MentorshipRow) -> date:
    """The last contact, or the start when there was none."""
    return mentorship.last_contact_on or mentorship.clock_on


def _ward_standing(network: Network, ward: WardRow, thresholds: Thresholds) -> WardStanding:
    as_of = network.as_of
    posts = network.posts.get(ward.code, ())
    support_posts = sum(is_open(post, as_of) and not is_paused(post, as_of) for post in posts)
    mentor_spells = network.mentors.get(ward.code, ())
    mentors = [
        _mentor_standing(mentor, network.mentorships.get(mentor.id, ()), thresholds, as_of)
        for mentor in mentor_spells
        if is_open(mentor, as_of)
    ]
    working_mentors = [mentor for mentor in mentors if not mentor.is_paused]
    mentees = [
        MenteeStanding(mentee, _waiting_since(network, mentee))
        for mentee in network.mentees.get(ward.code, ())
        if is_open(mentee, as_of)
    ]
    mentorships = list(_open_mentorships(network, mentor_spells))
    return WardStanding(
        row=ward,
        posts=posts,
        mentor_spells=mentor_spells,
        support_posts=support_posts,
        has_support_in_fact=support_posts > 0
        and is_within(ward.last_desk_on, thresholds.desk_days, as_of=as_of),
        mentors=mentors,
        working_mentors=working_mentors,
        spare=sum(mentor.spare for mentor in mentors),
        mentees=mentees,
        waiting=sum(mentee.waiting_since is not None for mentee in mentees),
        mentorships_open=len(mentorships),
        mentorships_dormant=[
            mentorship
            for mentor, mentorship in mentorships
            if has_lasted(quiet_since(mentorship), thresholds.contact_days, as_of=as_of)
            and not is_paused(mentor, as_of)
            and mentorship.mentee not in network.paused_mentees
        ],
        desk=network.desk.get(ward.code, DeskRow(ward.code, 0, 0)),
    )


def _open_mentorships(
    network: Network, mentors: Sequence[MentorRow]
) -> Iterator[tuple[MentorRow, MentorshipRow]]:
    for mentor in mentors:
        for mentorship in network.mentorships.get(mentor.id, ()):
            if is_open(mentorship, network.as_of):
                yield mentor, mentorship


def _mentor_standing(
    mentor: MentorRow, mentorships: Sequence[MentorshipRow], thresholds: Thresholds, as_of: date
) -> MentorStanding:
    open_mentorships = 0
    guided = set()
    guided_in_fact = set()
    for mentorship in mentorships:
        is_running = is_open(mentorship, as_of)
        open_mentorships += is_running
        if _is_counted(mentorship, thresholds.floor_counts, as_of):
            guided.add(mentorship.person)
            last = mentorship.last_contact_on
            if is_within(last, thresholds.contact_days, as_of=as_of) or (last and not is_running):
                guided_in_fact.add(mentorship.person)
    return MentorStanding(
        row=mentor,
        is_paused=is_paused(mentor, as_of),
        mentorships=mentorships,
        open_mentorships=open_mentorships,
        guided=len(guided),
        guided_in_fact=len(guided_in_fact),
        meets_floor=len(guided) >= thresholds.floor,
        meets_floor_in_fact=len(guided_in_fact) >= thresholds.floor,
    )


def _is_counted(mentorship: MentorshipRow, floor_counts: FloorCounts, day: date) -> bool:
    until = _counts_until(mentorship, floor_counts)
    return mentorship.started_on <= day and (until is None or day < until)


def _counts_until(mentorship: MentorshipRow, floor_counts: FloorCounts) -> date | None:
    """The end; after a completion, where completions count, the next 1 January."""
    ended_on = mentorship.ended_on
    if ended_on and mentorship.is_completion and floor_counts is FloorCounts.COMPLETED:
        return date(ended_on.year + 1, 1, 1)
    return ended_on


def _waiting_since(network: Network, mentee: MenteeRow) -> date | None:
    if mentee.id in network.paired or mentee.id in network.paused_mentees:
        return None
    as_of = network.as_of
    return latest((mentee.clock_on, mentee.last_mentorship_end, last_return(mentee, as_of)))
