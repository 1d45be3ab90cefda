"""Which findings or wards of a report a page shows, in which order, and how many of each kind."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from app.queries.wards import WardCard
from graphs.audit import AuditedWard
from graphs.findings import Finding, Rule, Severity, WardStatus
from models.names import fold

_URGENCY = {
    status: place
    for place, status in enumerate(
        (WardStatus.CRITICAL, WardStatus.WARNING, WardStatus.NO_DATA, WardStatus.COVERED)
    )
}
_PRECEDENCE = {rule: place for place, rule in enumerate(Rule)}


class WardOrder(StrEnum):
    """How a table of wards is sorted."""

    URGENCY = "gap"
    NAME = "ten"
    WAITING = "cho"


class FindingChoice(NamedTuple):
    """The findings that are wanted; None or "" is any."""

    rule: Rule | None = None
    severity: Severity | None = None
    ward: str = ""

    def includes(self, finding: Finding) -> bool:
        """Say whether a finding is wanted."""
        return (
            self.rule in {None, finding.rule}
            and self.severity in {None, finding.severity}
            and self.ward in {"", finding.ward}
        )


class WardChoice(NamedTuple):
    """The wards that are wanted, and their order; None or "" is any.

    `without_leader` wants only those where no leader has an account.
    """

    words: str = ""
    status: WardStatus | None = None
    cause: Rule | None = None
    order: WardOrder = WardOrder.URGENCY
    without_leader: bool = False


class NamedWard(NamedTuple):
    """An audited ward with the name it has on pages."""

    card: WardCard
    audited: AuditedWard


def choose_findings(findings: Iterable[Finding], choice: FindingChoice) -> list[Finding]:
    """Return the findings that are wanted, in the order they came."""
    if choice == FindingChoice():
        return list(findings)
    return [finding for finding in findings if choice.includes(finding)]


def count_by_rule(findings: Iterable[Finding]) -> list[tuple[Rule, int]]:
    """Return how many findings each rule has, in order of precedence; without empty rules."""
    counts = Counter(finding.rule for finding in findings)
    return [(rule, counts[rule]) for rule in Rule if counts[rule]]


def count_urgent(findings: Iterable[Finding]) -> int:
    """Return how many findings are critical."""
    counts = count_by_rule(findings)
    return sum(count for rule, count in counts if rule.severity is Severity.CRITICAL)


def choose_wards(
    wards: Sequence[AuditedWard],
    cards: Iterable[WardCard],
    choice: WardChoice,
    led_wards: Collection[str] = (),
) -> list[NamedWard]:
    """Return the wards that are wanted, in the order that is wanted, the code breaking ties.

    `led_wards` are the codes of the wards whose leader has an account.
    """
    by_code = {card.code: card for card in cards}
    named = [NamedWard(by_code[ward.code], ward) for ward in wards]
    wanted = (ward for ward in named if _is_wanted(ward, choice, led_wards))
    return sorted(wanted, key=_ORDERS[choice.order])


def count_by_status(wards: Iterable[NamedWard]) -> list[tuple[WardStatus, int]]:
    """Return how many wards each status has, the most urgent first; without empty ones."""
    counts = Counter(ward.audited.status for ward in wards)
    return [(status, counts[status]) for status in _URGENCY if counts[status]]


def _is_wanted(ward: NamedWard, choice: WardChoice, led_wards: Collection[str]) -> bool:
    return (
        fold(choice.words) in ward.card.search_text
        and choice.status in {None, ward.audited.status}
        and choice.cause in {None, ward.audited.primary_cause}
        and not (choice.without_leader and ward.card.code in led_wards)
    )


def _by_urgency(ward: NamedWard) -> tuple[int, int, str]:
    cause = ward.audited.primary_cause
    place = _PRECEDENCE[cause] if isinstance(cause, Rule) else len(_PRECEDENCE)
    return _URGENCY[ward.audited.status], place, ward.card.code


def _by_name(ward: NamedWard) -> tuple[str, str]:
    return ward.card.search_text, ward.card.code


def _by_waiting(ward: NamedWard) -> tuple[int, str]:
    return -ward.audited.figures.waiting, ward.card.code


_ORDERS: Mapping[WardOrder, Callable[[NamedWard], Any]] = {
    WardOrder.URGENCY: _by_urgency,
    WardOrder.NAME: _by_name,
    WardOrder.WAITING: _by_waiting,
}
