"""What changed between two days: people, mentorships, wards and findings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

from graphs.audit import AuditReport
from graphs.findings import Finding, Rule, Subject, WardStatus
from graphs.measures import Totals
from graphs.network import Network
from graphs.rows import MenteeRow, MentorRow, MentorshipRow, PostRow
from graphs.timeline import is_open

_Spells = Mapping[str, Sequence[MentorRow | MenteeRow | PostRow]]


class Picture(NamedTuple):
    """A day: the network as of it, and what its audit with the settings of that day found."""

    network: Network
    report: AuditReport


class Movement(NamedTuple):
    """How many people of one role came, went, or gave up one ward and took on another."""

    joined: int
    left: int
    moved: int


class PairChange(NamedTuple):
    """How many pairs of people are open on the later day alone, and on the earlier day alone.

    `completed` are those of the ended ones that ended with the goal reached.
    """

    begun: int
    ended: int
    completed: int


class WardChange(NamedTuple):
    """A ward whose state differs; None on a day on which it is not reported."""

    code: str
    name: str
    then: WardStatus | None
    now: WardStatus | None

    @property
    def is_won(self) -> bool:
        """Whether it became covered."""
        return self.now is WardStatus.COVERED

    @property
    def is_lost(self) -> bool:
        """Whether it is covered no longer."""
        return self.then is WardStatus.COVERED


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two days; wards in order of code, findings most urgent first."""

    then: date
    now: date
    totals_then: Totals
    totals_now: Totals
    mentors: Movement
    mentees: Movement
    support_staff: Movement
    mentorships: PairChange
    wards: tuple[WardChange, ...]
    findings_opened: tuple[Finding, ...]
    findings_closed: tuple[Finding, ...]

    @property
    def wards_won(self) -> list[WardChange]:
        """The wards that became covered."""
        return [ward for ward in self.wards if ward.is_won]

    @property
    def wards_lost(self) -> list[WardChange]:
        """The wards that are covered no longer."""
        return [ward for ward in self.wards if ward.is_lost]

    def as_dict(self) -> dict[str, object]:
        """Values that JSON knows: the totals then, numbers of people, wards and findings."""
        return {
            "as_of": self.then.isoformat(),
            "totals": self.totals_then._asdict(),
            "mentors": self.mentors._asdict(),
            "mentees": self.mentees._asdict(),
            "support_staff": self.support_staff._asdict(),
            "mentorships": self.mentorships._asdict(),
            "wards": [ward._asdict() for ward in self.wards],
            "wards_won": [ward.code for ward in self.wards_won],
            "wards_lost": [ward.code for ward in self.wards_lost],
            "findings_opened": [_identity_as_dict(finding) for finding in self.findings_opened],
            "findings_closed": [_identity_as_dict(finding) for finding in self.findings_closed],
        }


def compare(then: Picture, now: Picture) -> Comparison:
    """Tell what changed from one day to another, within the wards that both pictures report."""
    return Comparison(
        then=then.network.as_of,
        now=now.network.as_of,
        totals_then=then.report.totals,
        totals_now=now.report.totals,
        mentors=_movement(
            _wards_by_person(then.network, then.network.mentors),
            _wards_by_person(now.network, now.network.mentors),
        ),
        mentees=_movement(
            _wards_by_person(then.network, then.network.mentees),
            _wards_by_person(now.network, now.network.mentees),
        ),
        support_staff=_movement(
            _wards_by_person(then.network, then.network.posts),
            _wards_by_person(now.network, now.network.posts),
        ),
        mentorships=_pair_change(then.network, now.network),
        wards=tuple(ward_changes(then.report, now.report)),
        findings_opened=only_in(now.report.findings, then.report.findings),
        findings_closed=only_in(then.report.findings, now.report.findings),
    )


def ward_changes(then: AuditReport, now: AuditReport) -> Iterator[WardChange]:
    """The wards whose state differs, in order of code."""
    before = {ward.code: ward for ward in then.wards}
    after = {ward.code: ward for ward in now.wards}
    for code, ward in sorted((before | after).items()):
        status_then = before[code].status if code in before else None
        status_now = after[code].status if code in after else None
        if status_then is not status_now:
            yield WardChange(code, ward.name, status_then, status_now)


def only_in(findings: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, in their order, that are not among the others, whatever those measured."""
    known = {_identity(finding) for finding in others}
    return tuple(finding for finding in findings if _identity(finding) not in known)


def _wards_by_person(network: Network, spells: _Spells) -> dict[int, set[str]]:
    """The reported wards in which each person has the role on the day, paused or not."""
    wards: defaultdict[int, set[str]] = defaultdict(set)
    for row in chain.from_iterable(spells.get(code, ()) for code in network.wards):
        if is_open(row, network.as_of):
            wards[row.person].add(row.ward)
    return wards


def _movement(then: Mapping[int, set[str]], now: Mapping[int, set[str]]) -> Movement:
    stayed = then.keys() & now.keys()
    # Who only took on one more ward, or gave up one of several, is where they were.
    moved = sum(
        bool(then[person] - now[person] and now[person] - then[person]) for person in stayed
    )
    return Movement(joined=len(now) - len(stayed), left=len(then) - len(stayed), moved=moved)


def _pair_change(then: Network, now: Network) -> PairChange:
    """Compare pairs as people: a move renews their spells, and they are still that pair."""
    before = {pair for pair, row in _pairs(then) if is_open(row, then.as_of)}
    after = {pair for pair, row in _pairs(now) if is_open(row, now.as_of)}
    completed = {pair for pair, row in _pairs(now) if _was_completed(row, then.as_of, now.as_of)}
    ended = before - after
    return PairChange(begun=len(after - before), ended=len(ended), completed=len(ended & completed))


def _pairs(network: Network) -> Iterator[tuple[tuple[int, int], MentorshipRow]]:
    """The mentorships of the reported wards' mentors, each with its two people."""
    for mentor in chain.from_iterable(network.mentors.get(code, ()) for code in network.wards):
        for row in network.mentorships.get(mentor.id, ()):
            yield (mentor.person, row.person), row


def _was_completed(row: MentorshipRow, then: date, now: date) -> bool:
    return row.is_completion and row.ended_on is not None and then < row.ended_on <= now


def _identity(finding: Finding) -> tuple[Rule, Subject]:
    """What makes it the same finding on another day, whatever is measured then."""
    return finding.rule, finding.subject


def _identity_as_dict(finding: Finding) -> dict[str, object]:
    values = finding.as_dict()
    return {key: values[key] for key in ("rule", "severity", "ward", "subject")}
