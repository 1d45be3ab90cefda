"""What happens in a ward while somebody is away, in words."""

from collections import Counter
from collections.abc import Iterable

from app.finding_wording import RULE_LABELS
from app.queries.pauses import Absence
from app.texts import _
from graphs.audit import AuditReport
from graphs.comparison import only_in
from graphs.findings import Finding, Severity


def say_absence(absence: Absence) -> list[str]:
    """Return what is found while they are away and is not now, the gravest first."""
    return say_opened(absence.now, absence.away)


def say_opened(before: AuditReport, after: AuditReport) -> list[str]:
    """Return a line for each rule that more breaks after than before, the gravest first.

    Notices, which ask for nothing, are left out.
    """
    opened = only_in(after.findings, before.findings)
    counted = Counter(finding.rule for finding in _asking(opened))
    return [
        _(RULE_LABELS[rule]) if count == 1 else f"{_(RULE_LABELS[rule])}: {count}"
        for rule, count in counted.items()
    ]


def _asking(findings: Iterable[Finding]) -> Iterable[Finding]:
    return (finding for finding in findings if finding.severity is not Severity.NOTICE)
