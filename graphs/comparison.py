"""What changed between two days: people, mentorships, wards and findings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from graphs.audit import AuditReport
from graphs.findings import Finding, Rule, Subject, WardStatus
from graphs.measures import Totals
from graphs.movement import Movement, Movers, movers, presence
from graphs.network import ReportedPeople
from graphs.rows import MentorshipRow
from graphs.timeline import is_open


class Picture(NamedTuple):
    """A day: the people of the reported wards, and what the audit of that day found."""

    people: ReportedPeople
    report: AuditReport


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
    mentor_movers: Movers
    mentee_movers: Movers
    support_movers: Movers
    mentorships: PairChange
    wards: tuple[WardChange, ...]
    findings_opened: tuple[Finding, ...]
    findings_closed: tuple[Finding, ...]

    @property
    def mentors(self) -> Movement:
        """How many mentors came, went and moved."""
        return self.mentor_movers.movement

    @property
    def mentees(self) -> Movement:
        """How many mentees came, went and moved."""
        return self.mentee_movers.movement

    @property
    def support_staff(self) -> Movement:
        """How many support people came, went and moved."""
        return self.support_movers.movement

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
        then=then.report.as_of,
        now=now.report.as_of,
        totals_then=then.report.totals,
        totals_now=now.report.totals,
        mentor_movers=movers(
            presence(then.people.mentors, then.report.as_of),
            presence(now.people.mentors, now.report.as_of),
        ),
        mentee_movers=movers(
            presence(then.people.mentees, then.report.as_of),
            presence(now.people.mentees, now.report.as_of),
        ),
        support_movers=movers(
            presence(then.people.posts, then.report.as_of),
            presence(now.people.posts, now.report.as_of),
        ),
        mentorships=_pair_change(then, now),
        wards=tuple(ward_changes(then.report, now.report)),
        findings_opened=only_in(now.report.findings, then.report.findings),
        findings_closed=only_in(then.report.findings, now.report.findings),
    )


def _pair_change(then: Picture, now: Picture) -> PairChange:
    """Compare pairs as people: a move renews their spells, and they are still that pair."""
    first_day, last_day = then.report.as_of, now.report.as_of
    before = {pair for pair, row in _pairs(then.people) if is_open(row, first_day)}
    after = {pair for pair, row in _pairs(now.people) if is_open(row, last_day)}
    completed = {
        pair for pair, row in _pairs(now.people) if _was_completed(row, first_day, last_day)
    }
    ended = before - after
    return PairChange(begun=len(after - before), ended=len(ended), completed=len(ended & completed))


def _pairs(people: ReportedPeople) -> Iterator[tuple[tuple[int, int], MentorshipRow]]:
    """The mentorships, each with its two people."""
    mentors = {mentor.id: mentor.person for mentor in people.mentors}
    for row in people.mentorships:
        yield (mentors[row.mentor], row.person), row


def _was_completed(row: MentorshipRow, then: date, now: date) -> bool:
    return row.is_completion and row.ended_on is not None and then < row.ended_on <= now


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


def _identity(finding: Finding) -> tuple[Rule, Subject]:
    """What makes it the same finding on another day, whatever is measured then."""
    return finding.rule, finding.subject


def _identity_as_dict(finding: Finding) -> dict[str, object]:
    values = finding.as_dict()
    return {key: values[key] for key in ("rule", "severity", "ward", "subject")}
