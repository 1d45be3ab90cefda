"""Where every ward, mentor and mentee stands: the definitions of docs/definitions.md applied."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from operator import attrgetter
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

_OPEN_MENTORSHIPS = attrgetter("open_mentorships")


class MentorStanding(NamedTuple):
    """A mentor spell with all its pairings.

    `dormant` are those that sleep, `apart` the open ones of two people at work with a gap between
    them.
    """

    row: MentorRow
    is_open: bool
    is_paused: bool
    mentorships: Sequence[MentorshipRow]
    open_mentorships: int
    guided: int
    guided_in_fact: int
    meets_floor: bool
    meets_floor_in_fact: bool
    dormant: Sequence[MentorshipRow]
    apart: Sequence[MentorshipRow] = ()

    @property
    def is_working(self) -> bool:
        """Whether the spell is open and not paused."""
        return self.is_open and not self.is_paused

    @property
    def spare(self) -> int:
        """How many more mentees the mentor can take on today."""
        return max(0, self.row.capacity - self.open_mentorships) if self.is_working else 0


class MenteeStanding(NamedTuple):
    """An open mentee spell; `waiting_since` is None for who does not wait."""

    row: MenteeRow
    waiting_since: date | None


class WardPeople(NamedTuple):
    """The people of a ward: posts and mentors of all its spells, mentees with an open one."""

    posts: Sequence[PostRow]
    mentors: Sequence[MentorStanding]
    mentee_rows: Sequence[MenteeRow]
    waiting_mentees: Sequence[MenteeStanding]


class WardStanding(NamedTuple):
    """A ward with its people.

    `posts` and `mentor_spells` are all rows of the ward, ended ones too; `mentors` and
    `mentee_rows` have an open spell; `working_mentors` are the mentors who are not paused,
    `waiting_mentees` the mentees who wait; `support_posts` counts the open posts that are not
    paused.
    """

    row: WardRow
    posts: Sequence[PostRow]
    mentor_spells: Sequence[MentorRow]
    support_posts: int
    has_support_in_fact: bool
    mentors: Sequence[MentorStanding]
    working_mentors: Sequence[MentorStanding]
    spare: int
    mentee_rows: Sequence[MenteeRow]
    waiting_mentees: Sequence[MenteeStanding]
    mentorships_open: int
    mentorships_dormant: Sequence[MentorshipRow]
    mentorships_apart: Sequence[MentorshipRow]
    desk: DeskRow

    @property
    def has_support(self) -> bool:
        """Whether somebody is registered to help citizens: support on paper."""
        return self.support_posts > 0

    @property
    def has_mentor(self) -> bool:
        """Whether a mentor is at work."""
        return bool(self.working_mentors)

    @property
    def busiest_mentor(self) -> MentorStanding | None:
        """The mentor at work with the most open mentorships; None where nobody is."""
        return busiest(self.working_mentors)

    @property
    def waiting(self) -> int:
        """How many mentees wait."""
        return len(self.waiting_mentees)

    @property
    def dormant(self) -> int:
        """How many mentorships sleep."""
        return len(self.mentorships_dormant)

    @property
    def mentees(self) -> list[MenteeStanding]:
        """All mentees one by one; most do not wait, so they are put together only when asked."""
        waiting = {mentee.row.id: mentee for mentee in self.waiting_mentees}
        return [waiting.get(row.id) or MenteeStanding(row, None) for row in self.mentee_rows]


def ward_standings(network: Network, thresholds: Thresholds) -> list[WardStanding]:
    """Every reported ward in order of code."""
    return [_ward_standing(network, ward, thresholds) for ward in network.wards.values()]


def mentor_standing(
    mentor: MentorRow,
    mentorships: Sequence[MentorshipRow],
    paused_mentees: AbstractSet[int],
    thresholds: Thresholds,
    as_of: date,
) -> MentorStanding:
    """Where a mentor stands with all pairings of the spell; `paused_mentees` are ids of spells."""
    is_resting = is_paused(mentor, as_of)
    open_mentorships = 0
    guided = set()
    guided_in_fact = set()
    dormant, apart = [], []
    for mentorship in mentorships:
        is_running = is_open(mentorship, as_of)
        last = mentorship.last_contact_on
        is_met = is_within(last, thresholds.contact_days, as_of=as_of)
        if is_running or counts_towards_floor(mentorship, thresholds.floor_counts, as_of):
            guided.add(mentorship.person)
            if is_met or (last and not is_running):
                guided_in_fact.add(mentorship.person)
        if is_running:
            open_mentorships += 1
            if (
                not is_met
                and not is_resting
                and has_lasted(quiet_since(mentorship), thresholds.contact_days, as_of=as_of)
                and mentorship.mentee not in paused_mentees
            ):
                dormant.append(mentorship)
            if mentorship.gap and not is_resting and mentorship.mentee not in paused_mentees:
                apart.append(mentorship)
    return MentorStanding(
        row=mentor,
        is_open=is_open(mentor, as_of),
        is_paused=is_resting,
        mentorships=mentorships,
        open_mentorships=open_mentorships,
        guided=len(guided),
        guided_in_fact=len(guided_in_fact),
        meets_floor=len(guided) >= thresholds.floor,
        meets_floor_in_fact=len(guided_in_fact) >= thresholds.floor,
        dormant=tuple(dormant),
        apart=tuple(apart),
    )


def waiting_mentee(mentee: MenteeRow, as_of: date) -> MenteeStanding:
    """Since when a mentee waits, with an open spell, neither paired nor paused."""
    known = (mentee.clock_on, mentee.last_mentorship_end, last_return(mentee, as_of))
    return MenteeStanding(mentee, latest(known))


def ward_standing(
    ward: WardRow, people: WardPeople, desk: DeskRow | None, thresholds: Thresholds, as_of: date
) -> WardStanding:
    """Put a ward together."""
    support_posts = support_at_work(people.posts, as_of)
    open_mentors = [mentor for mentor in people.mentors if mentor.is_open]
    return WardStanding(
        row=ward,
        posts=people.posts,
        mentor_spells=[mentor.row for mentor in people.mentors],
        support_posts=support_posts,
        has_support_in_fact=support_shows(ward, support_posts, thresholds, as_of),
        mentors=open_mentors,
        working_mentors=[mentor for mentor in open_mentors if mentor.is_working],
        spare=sum(mentor.spare for mentor in open_mentors),
        mentee_rows=people.mentee_rows,
        waiting_mentees=people.waiting_mentees,
        mentorships_open=sum(mentor.open_mentorships for mentor in people.mentors),
        mentorships_dormant=[pair for mentor in people.mentors for pair in mentor.dormant],
        mentorships_apart=[pair for mentor in people.mentors for pair in mentor.apart],
        desk=desk or DeskRow(ward.code, 0, 0),
    )


def busiest(mentors: Iterable[MentorStanding]) -> MentorStanding | None:
    """The one of some mentors at work with the most open mentorships, if there is any."""
    return max(mentors, key=_OPEN_MENTORSHIPS, default=None)


def support_at_work(posts: Iterable[PostRow], as_of: date) -> int:
    """How many posts are open and not paused."""
    return sum(is_open(post, as_of) and not is_paused(post, as_of) for post in posts)


def support_shows(ward: WardRow, support_posts: int, thresholds: Thresholds, as_of: date) -> bool:
    """Whether a ward has support in fact: somebody at work, and a session or duty of late."""
    return support_posts > 0 and is_within(ward.last_desk_on, thresholds.desk_days, as_of=as_of)


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


def counts_towards_floor(mentorship: MentorshipRow, floor_counts: FloorCounts, day: date) -> bool:
    """Whether the mentee of a pairing counts for the mentor: open, or completed this year."""
    until = _counts_until(mentorship, floor_counts)
    return mentorship.started_on <= day and (until is None or day < until)


def quiet_since(mentorship: MentorshipRow) -> date:
    """The last contact, or the start when there was none."""
    return mentorship.last_contact_on or mentorship.clock_on


def _ward_standing(network: Network, ward: WardRow, thresholds: Thresholds) -> WardStanding:
    as_of = network.as_of
    mentees = [row for row in network.mentees.get(ward.code, ()) if is_open(row, as_of)]
    people = WardPeople(
        posts=network.posts.get(ward.code, []),
        mentors=_mentors(network, ward.code, thresholds),
        mentee_rows=mentees,
        waiting_mentees=[
            waiting_mentee(mentee, as_of)
            for mentee in mentees
            if mentee.id not in network.paired and mentee.id not in network.paused_mentees
        ],
    )
    return ward_standing(ward, people, network.desk.get(ward.code), thresholds, as_of)


def _mentors(network: Network, code: str, thresholds: Thresholds) -> list[MentorStanding]:
    return [
        mentor_standing(
            mentor,
            network.mentorships.get(mentor.id, []),
            network.paused_mentees,
            thresholds,
            network.as_of,
        )
        for mentor in network.mentors.get(code, ())
    ]


def _counts_until(mentorship: MentorshipRow, floor_counts: FloorCounts) -> date | None:
    """The end; after a completion, where completions count, the next 1 January."""
    ended_on = mentorship.ended_on
    if ended_on and mentorship.is_completion and floor_counts is FloorCounts.COMPLETED:
        return date(ended_on.year + 1, 1, 1)
    return ended_on
