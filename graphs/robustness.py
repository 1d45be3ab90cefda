"""What falls if one leaves: for every support person, every mentor, and every ward's whole staff.

Only what hangs on who leaves is judged anew. The answer is that of auditing the rows after
`graphs.supposing.after_leaving`, by the same rules.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from graphs.audit import is_deciding, mentee_findings, ward_findings
from graphs.comparison import WardChange, only_in
from graphs.findings import Finding, Rule, Severity, Subject, SubjectKind, WardStatus
from graphs.judged import Judged
from graphs.robustness_alike import AlikeRoles
from graphs.robustness_ward import Loss, WardAfter
from graphs.rows import PostRow
from graphs.standing import (
    MenteeStanding,
    MentorStanding,
    WardStanding,
    waiting_mentee,
)
from graphs.supposing import orphaned
from graphs.timeline import is_open, is_paused

_URGENCY = attrgetter("sort_key")


class Fall(NamedTuple):
    """What falls if one leaves: a person with all support posts, a mentor, a ward's whole staff.

    `wards` are those in which spells end, `posts` the ids of support posts that do. `orphans` wait
    then; `resting` are mentees who are away and come back to no mentor. Findings are sorted as in
    an audit, `changes` by ward.
    """

    subject: Subject
    wards: tuple[str, ...]
    posts: tuple[int, ...]
    orphans: tuple[int, ...]
    resting: tuple[int, ...]
    opened: tuple[Finding, ...]
    closed: tuple[Finding, ...]
    changes: tuple[WardChange, ...]

    @property
    def bare_wards(self) -> tuple[str, ...]:
        """The wards that lose their last mentor or support person at work, in order of code."""
        critical = (one.ward for one in self.opened if one.severity is Severity.CRITICAL)
        return tuple(sorted(set(critical)))

    @property
    def weight(self) -> tuple[int, int, int]:
        """How much hangs on it: bare wards, then people left behind, then findings opened."""
        return len(self.bare_wards), len(self.orphans) + len(self.resting), len(self.opened)


def falls(judged: Judged) -> list[Fall]:
    """For all support people (by person), mentors (by id) and wards (by code), what falls."""
    return list(_Robustness(judged).falls())


class _Behind(NamedTuple):
    """The mentees of a mentor who leaves, as they stand then; those who are away by id."""

    orphans: list[MenteeStanding]
    resting: list[int]


class _Robustness:
    """What is known of each ward before anybody leaves."""

    def __init__(self, judged: Judged) -> None:
        self._judged = judged
        self._wards = {ward.row.code: ward for ward in judged.wards}
        self._busiest = {
            code: sorted(ward.working_mentors, key=attrgetter("open_mentorships"), reverse=True)
            for code, ward in self._wards.items()
        }
        self._of_ward = {code: self._judge_ward(ward) for code, ward in self._wards.items()}
        self._weights = Counter(
            (finding.ward, finding.severity) for finding in judged.findings if is_deciding(finding)
        )
        self._of_mentor = _by_mentor(judged)
        self._left_by: dict[int, _Behind] = {}
        self._alike = AlikeRoles(judged.alike, judged.wards, judged.as_of)

    def falls(self) -> Iterator[Fall]:
        posts: defaultdict[int, list[PostRow]] = defaultdict(list)
        for post in self._open_posts(self._judged.wards):
            posts[post.person].append(post)
        for person in sorted(posts):
            yield self._fall(Subject(SubjectKind.PERSON, person), (), posts[person])
        mentors = chain.from_iterable(ward.mentors for ward in self._judged.wards)
        for mentor in sorted(mentors, key=attrgetter("row.id")):
            yield self._fall(Subject(SubjectKind.MENTOR, mentor.row.id), (mentor,), ())
        for code, ward in sorted(self._wards.items()):
            staff = list(self._open_posts([ward]))
            yield self._fall(Subject(SubjectKind.WARD, code), ward.mentors, staff)

    def _open_posts(self, wards: Iterable[WardStanding]) -> Iterator[PostRow]:
        for ward in wards:
            yield from (post for post in ward.posts if is_open(post, self._judged.as_of))

    def _fall(
        self, subject: Subject, mentors: Sequence[MentorStanding], posts: Sequence[PostRow]
    ) -> Fall:
        losses: defaultdict[str, Loss] = defaultdict(Loss)
        for mentor in mentors:
            losses[mentor.row.ward].mentors[mentor.row.id] = mentor
        for post in posts:
            losses[post.ward].posts[post.id] = post
        wards = tuple(sorted(losses))
        resting: list[int] = []
        for mentor in mentors:
            behind = self._behind(mentor)
            resting += behind.resting
            for mentee in behind.orphans:
                losses[mentee.row.ward].orphans.append(mentee)
        opened, closed = self._alike.without(
            [
                *((mentor.row.person, mentor.row.ward) for mentor in mentors),
                *((post.person, post.ward) for post in posts),
            ]
        )
        changes: list[WardChange] = []
        for code, loss in sorted(losses.items()):
            if code in self._wards:
                found, gone = self._findings(code, loss)
                changes.extend(self._change(code, found, gone))
                opened += found
                closed += gone
        orphans = sorted(one.row.id for loss in losses.values() for one in loss.orphans)
        return Fall(
            subject,
            wards,
            tuple(sorted(post.id for post in posts)),
            tuple(orphans),
            tuple(sorted(resting)),
            tuple(sorted(opened, key=_URGENCY)),
            tuple(sorted(closed, key=_URGENCY)),
            tuple(changes),
        )

    def _behind(self, mentor: MentorStanding) -> _Behind:
        """Who is left behind by a mentor; asked for twice, with the mentor and with the ward."""
        if mentor.row.id not in self._left_by:
            self._left_by[mentor.row.id] = self._left_behind(mentor)
        return self._left_by[mentor.row.id]

    def _left_behind(self, mentor: MentorStanding) -> _Behind:
        day = self._judged.as_of
        rows = [
            row
            for pair in mentor.mentorships
            if is_open(pair, day)
            and (row := self._judged.mentees.get(pair.mentee)) is not None
            and is_open(row, day)
        ]
        return _Behind(
            orphans=[
                waiting_mentee(orphaned(row, day), day) for row in rows if not is_paused(row, day)
            ],
            resting=[row.id for row in rows if is_paused(row, day)],
        )

    def _findings(self, code: str, loss: Loss) -> tuple[list[Finding], list[Finding]]:
        """What the loss opens in a ward, and what it closes there."""
        day, limits = self._judged.as_of, self._judged.thresholds
        before, standing = self._of_ward[code], self._wards[code]
        if not standing.row.has_data:
            return [], []
        after = WardAfter(standing, loss, self._busiest[code], limits, day)
        now = list(ward_findings(after, day, limits))
        opened = [*only_in(now, before), *mentee_findings(after, loss.orphans, day, limits)]
        return opened, [*only_in(before, now), *self._of_lost(loss)]

    def _of_lost(self, loss: Loss) -> Iterator[Finding]:
        """What was found about mentors who leave, and about their pairings."""
        for mentor_id in loss.mentors:
            yield from self._of_mentor.get(mentor_id, ())

    def _change(
        self, code: str, opened: Iterable[Finding], closed: Iterable[Finding]
    ) -> Iterator[WardChange]:
        weights = Counter({weight: self._weights[code, weight] for weight in Severity})
        then = self._status(code, weights)
        weights.update(finding.severity for finding in opened)
        weights.subtract(finding.severity for finding in closed)
        now = self._status(code, weights)
        if then is not now:
            yield WardChange(code, self._wards[code].row.name, then, now)

    def _status(self, code: str, weights: Mapping[Severity, int]) -> WardStatus:
        if not self._wards[code].row.has_data:
            return WardStatus.NO_DATA
        if weights[Severity.CRITICAL]:
            return WardStatus.CRITICAL
        return WardStatus.WARNING if weights[Severity.WARNING] else WardStatus.COVERED

    def _judge_ward(self, ward: WardStanding) -> list[Finding]:
        if not ward.row.has_data:
            return []
        return list(ward_findings(ward, self._judged.as_of, self._judged.thresholds))


def _by_mentor(judged: Judged) -> Mapping[int, Sequence[Finding]]:
    """By mentor, what is found about them, unless the ward is meant, and about their pairings."""
    about = defaultdict[SubjectKind, dict[int | str, list[Finding]]](dict)
    for finding in judged.findings:
        if finding.rule is not Rule.WARD_HANGS_ON_ONE_PERSON:
            about[finding.subject.kind].setdefault(finding.subject.id, []).append(finding)
    of_pairs, found = about[SubjectKind.MENTORSHIP], defaultdict[int, list[Finding]](list)
    for mentor in chain.from_iterable(ward.mentors for ward in judged.wards):
        mentor_id = mentor.row.id
        found[mentor_id] += about[SubjectKind.MENTOR].get(mentor_id, ())
        for pair in mentor.mentorships:
            if pair.id in of_pairs:
                found[mentor_id] += of_pairs[pair.id]
    return found
