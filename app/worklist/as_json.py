"""The audit for scripts and other programs."""

from typing import Any

from app.access.policy import GRANTS, Permission
from app.access.scope import WardScope
from app.queries.subjects import name_subjects
from app.queries.wards import list_wards
from app.worklist.actions import Place, link_action
from app.worklist.items import FindingTeller, WorkItem
from graphs.audit import AuditedWard, AuditReport
from graphs.findings import ActionCode
from models.enums import Role


def audit_as_json(scope: WardScope, report: AuditReport, *, names_in: WardScope) -> dict[str, Any]:
    """Return a report of the scope as values that JSON knows, by the contract in docs/audit.md.

    People are named in the messages where they belong to the wards of `names_in`. The addresses
    are paths that the leader of the ward in question may open, whoever asks. Needs a request
    context, which a command makes for itself.
    """
    names = name_subjects(names_in, report.findings)
    teller = FindingTeller(report, list_wards(scope), names, _leader_holds)
    items = [teller.tell(finding) for finding in report.findings]
    # Sorted by urgency, so the first of a ward is its primary cause.
    causes = {item.finding.ward: item for item in reversed(items)}
    return {
        **report.as_dict(),
        "wards": [_ward(ward, causes.get(ward.code)) for ward in report.wards],
        "findings": [_finding(item) for item in items],
    }


def _finding(item: WorkItem) -> dict[str, object]:
    values = item.finding.as_dict()
    values.pop("action")  # the contract names it last, after the sentence
    action = {"code": item.finding.action.value, "url": item.action_url}
    return {**values, "message": item.message, "action": action}


def _ward(ward: AuditedWard, cause: WorkItem | None) -> dict[str, object]:
    values = ward.as_dict()
    if ward.action is not None:
        values["action"] = {"code": ward.action.value, "url": _first_step(ward, ward.action, cause)}
    return values


def _first_step(ward: AuditedWard, action: ActionCode, cause: WorkItem | None) -> str | None:
    """Return where the primary cause is removed; without data there is no finding to ask."""
    if cause is not None:
        return cause.action_url
    link = link_action(action, Place(ward.code), _leader_holds)
    return link and link.url


def _leader_holds(permission: Permission) -> bool:
    return permission in GRANTS[Role.WARD_LEADER]
