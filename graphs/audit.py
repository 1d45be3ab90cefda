"""Run all checks over a network and put figures, findings and ward states into one report."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Literal, NamedTuple

from graphs.checks.apartness import far_mentorships, mentorships_without_language
from graphs.checks.coverage import (
    support_on_paper,
    ward_silent,
    ward_without_mentor,
    ward_without_support,
)
from graphs.checks.dependence import ward_hangs_on_one_person
from graphs.checks.orphans import dormant_mentorships, pending_handoffs, waiting_mentees
from graphs.checks.plausibility import entry_bursts, possible_duplicates
from graphs.checks.workload import (
    mentors_below_floor,
    mentors_on_paper,
    mentors_over_capacity,
    ward_short_of_capacity,
)
from graphs.findings import ActionCode, Finding, Rule, Severity, WardStatus
from graphs.measures import (
    Totals,
    WardFigures,
    add_up,
    network_totals,
    people_of,
    united,
    ward_figures,
)
from graphs.network import Network
from graphs.rows import MentorshipRow, Thresholds
from graphs.standing import (
    MenteeStanding,
    MentorStanding,
    WardStanding,
    ward_standings,
)
from graphs.ward_state import WardState

_URGENCY = attrgetter("sort_key")


class OddMentorships(NamedTuple):
    """Those of the mentorships of a ward or a mentor that may be found something about."""

    dormant: Sequence[MentorshipRow]
    apart: Sequence[MentorshipRow]


@dataclass(frozen=True, slots=True)
class AuditedWard:
    """A ward's figures, its state, and the one next step; cause and step are None when covered."""

    figures: WardFigures
    status: WardStatus
    primary_cause: Rule | Literal[WardStatus.NO_DATA] | None
    action: ActionCode | None

    @property
    def code(self) -> str:
        """The ward's five-digit code."""
        return self.figures.code

    @property
    def name(self) -> str:
        """The ward's name."""
        return self.figures.name

    def as_dict(self) -> dict[str, object]:
        """Values that JSON knows; the link is for the caller to add."""
        return {
            "code": self.code,
            "name": self.name,
            "status": self.status.value,
            "primary_cause": self.primary_cause and self.primary_cause.value,
            "action": self.action and {"code": self.action.value},
            "mentors": self.figures.mentors,
            "mentees": self.figures.mentees,
            "waiting": self.figures.waiting,
            "support_posts": self.figures.support_posts,
        }


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What the network tells as of a date: wards in order of code, findings most urgent first."""

    as_of: date
    thresholds: Thresholds
    totals: Totals
    wards: tuple[AuditedWard, ...]
    findings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, object]:
        """Values that JSON knows; sentences and links are for the caller to add."""
        return {
            "as_of": self.as_of.isoformat(),
            "settings": self.thresholds._asdict(),
            "totals": self.totals._asdict(),
            "wards": [ward.as_dict() for ward in self.wards],
            "findings": [finding.as_dict() for finding in self.findings],
        }


def audit(network: Network, thresholds: Thresholds) -> AuditReport:
    """Audit every ward of the network as of its date."""
    standings = ward_standings(network, thresholds)
    people = [people_of(ward) for ward in standings]
    wards = []
    found: list[Finding] = []
    for ward, people_there in zip(standings, people, strict=True):
        findings = sorted(_all_findings(ward, network, thresholds), key=_URGENCY)
        deciding = next(filter(is_deciding, findings), None)
        figures = ward_figures(ward, people_there)
        wards.append(audited_ward(figures, deciding, has_data=ward.row.has_data))
        found += findings
    found += possible_duplicates(network.alike)
    found += (burst for burst, _ in entry_bursts(network.entries, as_of=network.as_of))
    return AuditReport(
        as_of=network.as_of,
        thresholds=thresholds,
        totals=network_totals(
            add_up(ward.figures for ward in wards),
            united(people),
            Counter(ward.status for ward in wards),
        ),
        wards=tuple(wards),
        findings=tuple(sorted(found, key=_URGENCY)),
    )


def ward_findings(ward: WardState, as_of: date, thresholds: Thresholds) -> Iterator[Finding]:
    """What is found about a ward as such, in no order."""
    return chain(
        ward_without_support(ward, as_of=as_of),
        ward_without_mentor(ward, as_of=as_of),
        ward_short_of_capacity(ward),
        support_on_paper(ward, as_of=as_of, desk_days=thresholds.desk_days),
        ward_silent(ward, as_of=as_of, silent_days=thresholds.silent_days),
        ward_hangs_on_one_person(ward, as_of=as_of),
    )


def mentor_findings(
    ward: WardState, mentors: Sequence[MentorStanding], as_of: date, thresholds: Thresholds
) -> Iterator[Finding]:
    """What is found about working mentors of a ward, in no order."""
    return chain(
        mentors_below_floor(ward, mentors, as_of=as_of, thresholds=thresholds),
        mentors_on_paper(ward, mentors, floor=thresholds.floor),
        mentors_over_capacity(ward, mentors, as_of=as_of),
    )


def mentee_findings(
    ward: WardState, mentees: Sequence[MenteeStanding], as_of: date, thresholds: Thresholds
) -> Iterator[Finding]:
    """What is found about mentees of a ward who wait, in no order."""
    waiting_days = thresholds.waiting_days
    return chain(
        pending_handoffs(ward, mentees, as_of=as_of, waiting_days=waiting_days),
        waiting_mentees(ward, mentees, as_of=as_of, waiting_days=waiting_days),
    )


def mentorship_findings(
    ward: WardState,
    mentorships: OddMentorships,
    neighbours: Collection[str],
    as_of: date,
    thresholds: Thresholds,
) -> Iterator[Finding]:
    """What is found about mentorships of a ward, in no order; `neighbours` are codes of wards."""
    dormant, apart = mentorships
    contact_days = thresholds.contact_days
    return chain(
        dormant_mentorships(ward, dormant, as_of=as_of, contact_days=contact_days),
        far_mentorships(ward, apart, neighbours=neighbours),
        mentorships_without_language(ward, apart),
    )


def is_deciding(finding: Finding) -> bool:
    """Whether the state of a ward depends on it."""
    return finding.severity is not Severity.NOTICE


def audited_ward(figures: WardFigures, deciding: Finding | None, *, has_data: bool) -> AuditedWard:
    """The state of a ward, by the most urgent of its findings that decide."""
    if not has_data:
        return AuditedWard(
            figures, WardStatus.NO_DATA, WardStatus.NO_DATA, ActionCode.IMPORT_ROSTER
        )
    if deciding is None:
        return AuditedWard(figures, WardStatus.COVERED, None, None)
    status = WardStatus(deciding.severity.value)
    return AuditedWard(figures, status, deciding.rule, deciding.action)


def _all_findings(
    ward: WardStanding, network: Network, thresholds: Thresholds
) -> Iterable[Finding]:
    """A ward without data yields no finding: it is a state of its own, not a failing one."""
    if not ward.row.has_data:
        return ()
    as_of, neighbours = network.as_of, network.borders.adj[ward.row.code]
    mentorships = OddMentorships(ward.mentorships_dormant, ward.mentorships_apart)
    return chain(
        ward_findings(ward, as_of, thresholds),
        mentor_findings(ward, ward.working_mentors, as_of, thresholds),
        mentee_findings(ward, ward.waiting_mentees, as_of, thresholds),
        mentorship_findings(ward, mentorships, neighbours, as_of, thresholds),
    )
