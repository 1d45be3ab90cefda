"""The lines of a work list."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.access.current import may, require_reader
from app.access.policy import Permission
from app.access.scope import WardScope
from app.finding_wording import (
    SEVERITY_LABELS,
    SEVERITY_SIGNS,
    FindingWords,
    count_to_pair,
    describe_finding,
    describe_since,
)
from app.queries.subjects import PersonName, SubjectNames, name_subjects
from app.queries.wards import WardCard, list_wards
from app.worklist.actions import ActionLink, Holds, Place, link_action, link_preview
from graphs.audit import AuditReport
from graphs.findings import Finding, Rule, SubjectKind

# The id of an address that names the subject of a finding.
_PLACES = {
    SubjectKind.MENTOR: "mentor_id",
    SubjectKind.MENTEE: "mentee_id",
    SubjectKind.PERSON: "person_id",
    SubjectKind.HELP_SESSION: "session_id",
}

# The sentences about these begin with the name of the ward.
_NAMED_BY_WARD = {SubjectKind.WARD, SubjectKind.SUPPORT_POST}


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A finding as a page shows it: sentence, button, and where it belongs ("" when plain).

    `preview` leads to what would happen if the person left on whom the ward hangs.
    """

    finding: Finding
    message: str
    action: ActionLink | None
    ward_name: str
    since_text: str
    preview: ActionLink | None = None

    @property
    def sign(self) -> str:
        """The mark before the sentence; colour never stands alone."""
        return SEVERITY_SIGNS[self.finding.severity]

    @property
    def severity(self) -> str:
        """The code that styles the line."""
        return self.finding.severity.value

    @property
    def severity_label(self) -> str:
        """The word for the severity."""
        return SEVERITY_LABELS[self.finding.severity]

    @property
    def action_label(self) -> str:
        """The verb on the button, or nothing."""
        return "" if self.action is None else self.action.label

    @property
    def action_url(self) -> str | None:
        """The address of the button, or None for no button."""
        return None if self.action is None else self.action.url


class FindingTeller:
    """Tells the findings of one report: knows its wards, their figures and the people's names."""

    def __init__(
        self,
        report: AuditReport,
        wards: Iterable[WardCard],
        names: SubjectNames,
        holds: Holds,
        *,
        may_pair: bool = True,
    ) -> None:
        self._figures = {ward.code: ward.figures for ward in report.wards}
        self._wards = {ward.code: ward for ward in wards}
        self._names = names
        self._holds = holds
        self._may_pair = may_pair

    def tell(self, finding: Finding) -> WorkItem:
        """Return the line for a finding."""
        ward = self._wards[finding.ward]
        people = self._people(finding)
        figures = self._figures[finding.ward]
        words = FindingWords(
            ward.full_name,
            ward.kind.value,
            figures.waiting,
            *people,
            may_pair=self._may_pair,
            pairs=figures.mentorships_open,
            is_bundled=finding.subject.id in self._names.bundled,
        )
        link = link_action(
            finding.action,
            self._place(finding),
            self._holds,
            count=count_to_pair(finding, figures.waiting),
        )
        return WorkItem(
            finding=finding,
            message=describe_finding(finding, words),
            action=link,
            ward_name="" if self._is_ward_plain(finding) else ward.full_name,
            since_text=describe_since(finding),
            preview=link_preview(finding, self._holds),
        )

    def _is_ward_plain(self, finding: Finding) -> bool:
        """Whether the reader knows the ward anyway: there is no other, or the sentence names it."""
        return len(self._figures) == 1 or finding.subject.kind in _NAMED_BY_WARD

    def _people(self, finding: Finding) -> tuple[str, str, str]:
        """Return the names of mentor, mentee and person that a finding is about."""
        kind, subject_id = finding.subject
        if kind is SubjectKind.MENTORSHIP:
            pair = self._names.mentorships.get(int(subject_id))
            return (
                ("", "", "") if pair is None else (written(pair.mentor), written(pair.mentee), "")
            )
        if kind is SubjectKind.MENTOR:
            return written(self._names.mentors.get(int(subject_id))), "", ""
        if kind is SubjectKind.MENTEE:
            return "", written(self._names.mentees.get(int(subject_id))), ""
        if kind is SubjectKind.PERSON:
            return "", "", written(self._names.people.get(int(subject_id)))
        return "", "", ""

    def _place(self, finding: Finding) -> Place:
        kind, subject_id = finding.subject
        if kind is SubjectKind.MENTORSHIP:
            pair = self._names.mentorships.get(int(subject_id))
            mentor_id = 0 if pair is None else pair.mentor_id
            return Place(finding.ward, mentor_id=mentor_id, mentorship_id=int(subject_id))
        field = _PLACES.get(kind)
        return Place(finding.ward, **({} if field is None else {field: int(subject_id)}))


def work_items(
    scope: WardScope,
    report: AuditReport,
    findings: Iterable[Finding],
    *,
    with_actions: bool = True,
) -> list[WorkItem]:
    """Return the lines for some findings of a report of the scope, for the reader of this request.

    People are named where the reader may see them, buttons lead where the reader may act. A report
    of a past day is shown without buttons.
    """
    shown = list(findings)
    holds = may if with_actions else holds_nothing
    teller = FindingTeller(
        report,
        list_wards(scope),
        _names_of(shown),
        holds,
        may_pair=may(Permission.PAIR_PEOPLE),
    )
    return [teller.tell(finding) for finding in shown]


def _names_of(findings: Iterable[Finding]) -> SubjectNames:
    """Return the names the reader may see: people's, and at the desk whom it handed on."""
    findings, reader = list(findings), require_reader()
    names = name_subjects(reader.scope_for(Permission.VIEW_PEOPLE), findings)
    handed_on = [
        finding
        for finding in findings
        if finding.rule is Rule.HANDOFF_PENDING and finding.subject.id not in names.mentees
    ]
    if handed_on:
        of_desk = name_subjects(reader.scope_for(Permission.VIEW_HANDOFFS), handed_on)
        names.mentees.update(of_desk.mentees)
    return names


def holds_nothing(_permission: Permission) -> bool:
    """Say of every permission that it is not held."""
    return False


def written(name: PersonName | None) -> str:
    """Return a name, with the birth year where another person bears it too; "" for nobody."""
    return "" if name is None else name.written
