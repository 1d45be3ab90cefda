"""Run all checks over a network and put figures, findings and ward states into one report."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal

from graphs.checks.coverage import (
    silent_wards,
    support_on_paper,
    wards_without_mentor,
    wards_without_support,
)
from graphs.checks.orphans import dormant_mentorships, pending_handoffs, waiting_mentees
from graphs.checks.workload import (
    mentors_below_floor,
    mentors_on_paper,
    mentors_over_capacity,
    wards_short_of_capacity,
)
from graphs.findings import ActionCode, Finding, Rule, Severity, WardStatus
from graphs.measures import Totals, WardFigures, network_totals, ward_figures
from graphs.network import Network
from graphs.rows import Thresholds
from graphs.standing import WardStanding, ward_standings


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
    findings = sorted(_all_findings(standings, network.as_of, thresholds))
    by_ward: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_ward[finding.ward].append(finding)
    wards = tuple(_audited_ward(ward, by_ward[ward.row.code]) for ward in standings)
    return AuditReport(
        as_of=network.as_of,
        thresholds=thresholds,
        totals=network_totals(standings, Counter(ward.status for ward in wards)),
        wards=wards,
        findings=tuple(findings),
    )


def _all_findings(
    standings: Sequence[WardStanding], as_of: date, thresholds: Thresholds
) -> Iterable[Finding]:
    """A ward without data yields no finding: it is a state of its own, not a failing one."""
    wards = [ward for ward in standings if ward.row.has_data]
    waiting_days = thresholds.waiting_days
    return chain(
        wards_without_support(wards, as_of=as_of),
        wards_without_mentor(wards, as_of=as_of),
        wards_short_of_capacity(wards),
        mentors_below_floor(wards, as_of=as_of, thresholds=thresholds),
        support_on_paper(wards, as_of=as_of, desk_days=thresholds.desk_days),
        mentors_on_paper(wards, floor=thresholds.floor),
        pending_handoffs(wards, as_of=as_of, waiting_days=waiting_days),
        waiting_mentees(wards, as_of=as_of, waiting_days=waiting_days),
        dormant_mentorships(wards, as_of=as_of, contact_days=thresholds.contact_days),
        mentors_over_capacity(wards, as_of=as_of),
        silent_wards(wards, as_of=as_of, silent_days=thresholds.silent_days),
    )


def _audited_ward(ward: WardStanding, findings: Sequence[Finding]) -> AuditedWard:
    figures = ward_figures(ward)
    if not ward.row.has_data:
        return AuditedWard(
            figures, WardStatus.NO_DATA, WardStatus.NO_DATA, ActionCode.IMPORT_ROSTER
        )
    deciding = [finding for finding in findings if finding.severity is not Severity.NOTICE]
    if not deciding:
        return AuditedWard(figures, WardStatus.COVERED, None, None)
    first = deciding[0]
    return AuditedWard(figures, WardStatus(first.severity.value), first.rule, first.action)
