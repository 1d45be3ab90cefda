"""One ward of the network that is kept: its people as they stand, its figures and findings."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable
from datetime import date
from operator import attrgetter
from typing import TypeVar

from graphs.audit import (
    AuditedWard,
    OddMentorships,
    audited_ward,
    is_deciding,
    mentee_findings,
    mentor_findings,
    mentorship_findings,
    ward_findings,
)
from graphs.findings import RULES_BY_URGENCY, Finding, Rule
from graphs.live_tally import Roll, Tally
from graphs.measures import Counted, mentor_counts_as, ward_figures
from graphs.rows import DeskRow, MenteeRow, MentorRow, PostRow, Thresholds, WardRow
from graphs.standing import (
    MenteeStanding,
    MentorStanding,
    WardPeople,
    WardStanding,
    busiest,
    support_at_work,
    support_shows,
    ward_standing,
)

_ROW_ID = attrgetter("id")
_STANDING_ID = attrgetter("row.id")
_SUBJECT = attrgetter("subject.id", "subject.kind")
_KeyT = TypeVar("_KeyT", int, str, date)


class LiveWard:
    """A ward as `WardState` describes it. After rows were put or dropped, `settle` judges it."""

    __slots__ = (
        "_as_of",
        "_busiest",
        "_is_busiest_known",
        "_mentors",
        "_neighbours",
        "_of_days",
        "_of_mentees",
        "_of_mentors",
        "_of_pairings",
        "_of_ward",
        "_posts",
        "_roll",
        "_stale_mentees",
        "_stale_mentors",
        "_standing",
        "_surroundings",
        "_tallies",
        "_thresholds",
        "_waiting",
        "audited",
        "desk",
        "dormant",
        "findings",
        "has_support_in_fact",
        "mentorships_open",
        "open_mentors",
        "people",
        "row",
        "spare",
        "support_posts",
    )

    def __init__(
        self, code: str, neighbours: frozenset[str], as_of: date, thresholds: Thresholds
    ) -> None:
        self._neighbours = neighbours
        self._as_of = as_of
        self._thresholds = thresholds
        self._posts: dict[int, PostRow] = {}
        self._mentors: dict[int, MentorStanding] = {}
        self._busiest: MentorStanding | None = None
        self._is_busiest_known = True
        self._roll = Roll()
        self._waiting: dict[int, MenteeStanding] = {}
        self._of_ward: dict[str, list[Finding]] = {}
        self._of_mentors: dict[int, list[Finding]] = {}
        self._of_pairings: dict[int, list[Finding]] = {}
        self._of_mentees: dict[int, list[Finding]] = {}
        self._of_days: dict[date, list[Finding]] = {}
        self._stale_mentors: set[int] = set()
        self._stale_mentees: set[int] = set()
        self._surroundings = (False, 0, False)
        self._standing: WardStanding | None = None
        self.row = WardRow(code, "", 0, 0, has_data=False, last_entry_on=None, last_desk_on=None)
        self.desk = DeskRow(code, 0, 0)
        self._tallies: dict[Counted, Tally] = {
            counted: Tally() for counted in Counted if counted is not Counted.MENTEE
        }
        self.people: list[Tally | Roll] = [
            self._tallies.get(counted, self._roll) for counted in Counted
        ]
        self.support_posts = 0
        self.has_support_in_fact = False
        self.spare = 0
        self.open_mentors = 0
        self.mentorships_open = 0
        self.dormant = 0
        self.findings: dict[Rule, list[Finding]] = {rule: [] for rule in RULES_BY_URGENCY}
        self.audited = self.settle()

    @property
    def posts(self) -> Collection[PostRow]:
        """All posts, ended ones too."""
        return self._posts.values()

    @property
    def mentor_spells(self) -> Collection[MentorRow]:
        """All mentor spells, ended ones too."""
        return [mentor.row for mentor in self._mentors.values()]

    @property
    def has_support(self) -> bool:
        """Whether somebody is registered to help citizens: support on paper."""
        return self.support_posts > 0

    @property
    def has_mentor(self) -> bool:
        """Whether a mentor is at work."""
        return len(self.people[Counted.MENTOR]) > 0

    @property
    def working_mentors(self) -> Collection[MentorStanding]:
        """The mentors who are not paused."""
        return [mentor for mentor in self._mentors.values() if mentor.is_working]

    @property
    def busiest_mentor(self) -> MentorStanding | None:
        """The mentor at work with the most open mentorships; sought when the last one is gone."""
        if not self._is_busiest_known:
            self._busiest = busiest(self.working_mentors)
            self._is_busiest_known = True
        return self._busiest

    @property
    def open_mentees(self) -> int:
        """How many mentee spells are open."""
        return self._roll.spells

    @property
    def waiting(self) -> int:
        """How many mentees wait."""
        return len(self._waiting)

    @property
    def standing(self) -> WardStanding:
        """The ward with its people, in order of id; made when asked, kept until `settle`."""
        if self._standing is None:
            people = WardPeople(
                posts=sorted(self.posts, key=_ROW_ID),
                mentors=sorted(self._mentors.values(), key=_STANDING_ID),
                mentee_rows=list(self._roll.rows),
                waiting_mentees=sorted(self._waiting.values(), key=_STANDING_ID),
            )
            self._standing = ward_standing(
                self.row, people, self.desk, self._thresholds, self._as_of
            )
        return self._standing

    def mentor(self, mentor_id: int) -> MentorStanding:
        """Where a mentor of the ward stands."""
        return self._mentors[mentor_id]

    def waiting_since(self, mentee_id: int) -> date | None:
        """Since when a mentee of the ward waits; None for who does not."""
        mentee = self._waiting.get(mentee_id)
        return None if mentee is None else mentee.waiting_since

    def put_post(self, post: PostRow) -> None:
        """Put a post in place of the one of the same id."""
        self._posts[post.id] = post

    def drop_post(self, post_id: int) -> None:
        """Take a post away."""
        del self._posts[post_id]

    def put_mentor(self, mentor: MentorStanding) -> None:
        """Put a mentor in place of the one of the same id."""
        self.drop_mentor(mentor.row.id)
        self._mentors[mentor.row.id] = mentor
        for counted in mentor_counts_as(mentor):
            self._tallies[counted].add(mentor.row.person)
        self.open_mentors += mentor.is_open
        self.spare += mentor.spare
        self.mentorships_open += mentor.open_mentorships
        self.dormant += len(mentor.dormant)
        if self._is_busiest_known and mentor.is_working:
            self._busiest = busiest(filter(None, (self._busiest, mentor)))

    def drop_mentor(self, mentor_id: int) -> None:
        """Take a mentor away, if there."""
        self._stale_mentors.add(mentor_id)
        mentor = self._mentors.pop(mentor_id, None)
        if mentor is None:
            return
        for counted in mentor_counts_as(mentor):
            self._tallies[counted].remove(mentor.row.person)
        self.open_mentors -= mentor.is_open
        self.spare -= mentor.spare
        self.mentorships_open -= mentor.open_mentorships
        self.dormant -= len(mentor.dormant)
        if mentor is self._busiest:
            self._is_busiest_known = False

    def put_mentee(self, mentee: MenteeRow) -> None:
        """Put an open mentee spell that is not there; it does not wait yet."""
        self._roll.add(mentee)

    def drop_mentee(self, mentee: MenteeRow) -> None:
        """Take a mentee away who is there."""
        self.drop_waiting(mentee.id)
        self._roll.remove(mentee)

    def put_waiting(self, mentee: MenteeStanding) -> None:
        """Let a mentee of the ward wait."""
        self.drop_waiting(mentee.row.id)
        self._waiting[mentee.row.id] = mentee
        self._stale_mentees.add(mentee.row.id)
        self._tallies[Counted.WAITING].add(mentee.row.person)

    def drop_waiting(self, mentee_id: int) -> None:
        """Let a mentee wait no longer."""
        mentee = self._waiting.pop(mentee_id, None)
        if mentee is not None:
            self._stale_mentees.add(mentee_id)
            self._tallies[Counted.WAITING].remove(mentee.row.person)

    def put_bursts(self, day: date, bursts: list[Finding]) -> None:
        """Put the bursts of a day of entering in place of those found there before."""
        self._file(self._of_days, day, bursts)

    def settle(self) -> AuditedWard:
        """Judge what changed since the last time, and the ward as a whole."""
        self._standing = None
        self.support_posts = support_at_work(self.posts, self._as_of)
        self.has_support_in_fact = support_shows(
            self.row, self.support_posts, self._thresholds, self._as_of
        )
        self._mark_by_surroundings()
        self._settle_people()
        self._file(self._of_ward, self.row.code, self._judge_ward())
        figures = ward_figures(self, self.people)
        deciding = next(filter(is_deciding, self._first_of_each_rule()), None)
        self.audited = audited_ward(figures, deciding, has_data=self.row.has_data)
        return self.audited

    def _mark_by_surroundings(self) -> None:
        """Findings about mentors depend on these facts of the ward: find anew when they turn."""
        surroundings = self.row.has_data, self.spare, self.waiting > 0
        if surroundings[0] is not self._surroundings[0]:
            self._stale_mentors.update(self._mentors)
            self._stale_mentees.update(self._waiting)
        elif surroundings != self._surroundings:
            for mentor_id in list(self._of_mentors):
                self._file(self._of_mentors, mentor_id, self._judge_mentor(mentor_id))
        self._surroundings = surroundings

    def _settle_people(self) -> None:
        for mentor_id in self._stale_mentors:
            self._file(self._of_mentors, mentor_id, self._judge_mentor(mentor_id))
            self._file(self._of_pairings, mentor_id, self._judge_pairings(mentor_id))
        for mentee_id in self._stale_mentees:
            self._file(self._of_mentees, mentee_id, self._judge_mentee(mentee_id))
        self._stale_mentors.clear()
        self._stale_mentees.clear()

    def _judge_ward(self) -> list[Finding]:
        if not self.row.has_data:
            return []
        return list(ward_findings(self, self._as_of, self._thresholds))

    def _judge_mentor(self, mentor_id: int) -> list[Finding]:
        mentor = self._mentors.get(mentor_id)
        if mentor is None or not mentor.is_working or not self.row.has_data:
            return []
        return list(mentor_findings(self, (mentor,), self._as_of, self._thresholds))

    def _judge_pairings(self, mentor_id: int) -> list[Finding]:
        mentor = self._mentors.get(mentor_id)
        if mentor is None or not self.row.has_data:
            return []
        mentorships = OddMentorships(mentor.dormant, mentor.apart)
        limits = self._as_of, self._thresholds
        return list(mentorship_findings(self, mentorships, self._neighbours, *limits))

    def _judge_mentee(self, mentee_id: int) -> list[Finding]:
        mentee = self._waiting.get(mentee_id)
        if mentee is None or not self.row.has_data:
            return []
        return list(mentee_findings(self, (mentee,), self._as_of, self._thresholds))

    def _file(self, shelf: dict[_KeyT, list[Finding]], key: _KeyT, found: list[Finding]) -> None:
        """Put the findings of one subject in place of those it had."""
        had = shelf.pop(key, [])
        if found:
            shelf[key] = found
        if found == had:
            return
        for finding in had:
            of_rule = self.findings[finding.rule]
            del of_rule[bisect_left(of_rule, _SUBJECT(finding), key=_SUBJECT)]
        for finding in found:
            insort(self.findings[finding.rule], finding, key=_SUBJECT)

    def _first_of_each_rule(self) -> Iterable[Finding]:
        return (findings[0] for findings in self.findings.values() if findings)
