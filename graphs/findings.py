"""Rules and the findings they yield: codes and evidence, never a sentence."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs, the heaviest first."""

    CRITICAL = "critical"
    WARNING = "warning"
    NOTICE = "notice"


class Rule(StrEnum):
    """The rules in order of precedence; the codes are stable."""

    WARD_WITHOUT_SUPPORT = "ward_without_support"
    WARD_WITHOUT_MENTOR = "ward_without_mentor"
    WARD_SHORT_OF_CAPACITY = "ward_short_of_capacity"
    MENTOR_BELOW_FLOOR = "mentor_below_floor"
    SUPPORT_ON_PAPER = "support_on_paper"
    MENTOR_ON_PAPER = "mentor_on_paper"
    HANDOFF_PENDING = "handoff_pending"
    MENTEE_WAITING = "mentee_waiting"
    MENTORSHIP_DORMANT = "mentorship_dormant"
    MENTOR_OVER_CAPACITY = "mentor_over_capacity"
    WARD_SILENT = "ward_silent"
    WARD_HANGS_ON_ONE_PERSON = "ward_hangs_on_one_person"
    MENTORSHIP_FAR = "mentorship_far"
    MENTORSHIP_LANGUAGE = "mentorship_language"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    ENTRY_BURST = "entry_burst"

    @property
    def severity(self) -> Severity:
        """The severity of every finding of this rule."""
        return _SEVERITIES[self]


_SEVERITIES = {
    Rule.WARD_WITHOUT_SUPPORT: Severity.CRITICAL,
    Rule.WARD_WITHOUT_MENTOR: Severity.CRITICAL,
    Rule.WARD_SHORT_OF_CAPACITY: Severity.WARNING,
    Rule.MENTOR_BELOW_FLOOR: Severity.WARNING,
    Rule.SUPPORT_ON_PAPER: Severity.WARNING,
    Rule.MENTOR_ON_PAPER: Severity.WARNING,
    Rule.HANDOFF_PENDING: Severity.WARNING,
    Rule.MENTEE_WAITING: Severity.WARNING,
    Rule.MENTORSHIP_DORMANT: Severity.WARNING,
    Rule.MENTOR_OVER_CAPACITY: Severity.WARNING,
    Rule.WARD_SILENT: Severity.WARNING,
    Rule.WARD_HANGS_ON_ONE_PERSON: Severity.NOTICE,
    Rule.MENTORSHIP_FAR: Severity.NOTICE,
    Rule.MENTORSHIP_LANGUAGE: Severity.NOTICE,
    Rule.POSSIBLE_DUPLICATE: Severity.NOTICE,
    Rule.ENTRY_BURST: Severity.NOTICE,
}
_PRECEDENCE = {rule: place for place, rule in enumerate(Rule)}
_WEIGHT = {severity: place for place, severity in enumerate(Severity)}
_URGENCY = {rule: (_WEIGHT[rule.severity], place) for rule, place in _PRECEDENCE.items()}
RULES_BY_URGENCY = tuple(sorted(Rule, key=_URGENCY.__getitem__))
"""By severity, then precedence: the order in which findings of different rules come."""


class SubjectKind(StrEnum):
    """What a finding is about."""

    WARD = "ward"
    SUPPORT_POST = "support_post"
    MENTOR = "mentor"
    MENTEE = "mentee"
    MENTORSHIP = "mentorship"
    PERSON = "person"
    HELP_SESSION = "help_session"


class ActionCode(StrEnum):
    """The next step that removes a finding."""

    IMPORT_ROSTER = "import_roster"
    ADD_SUPPORT_POST = "add_support_post"
    ADD_MENTOR = "add_mentor"
    REGISTER_MENTEE = "register_mentee"
    PAIR_WAITING = "pair_waiting"
    PAIR_MENTEE = "pair_mentee"
    MOVE_MENTEES = "move_mentees"
    CHANGE_MENTOR = "change_mentor"
    RAISE_CAPACITY = "raise_capacity"
    LOG_SESSION = "log_session"
    LOG_CONTACT = "log_contact"
    ENTER_DATA = "enter_data"
    COMPARE_PEOPLE = "compare_people"
    REVIEW_SESSIONS = "review_sessions"


class WardStatus(StrEnum):
    """The state of a ward, the first that applies."""

    NO_DATA = "no_data"
    CRITICAL = "critical"
    WARNING = "warning"
    COVERED = "covered"


class Subject(NamedTuple):
    """What a finding is about: by its id, a ward by its code."""

    kind: SubjectKind
    id: int | str


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule with its evidence.

    What `measured`, `expected` and `since` mean for each rule stands in docs/definitions.md; a
    `measured` of None is "never", a `since` of None is unknown.
    """

    rule: Rule
    ward: str
    subject: Subject
    measured: int | None
    expected: int
    since: date | None
    action: ActionCode

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return self.rule.severity

    @property
    def sort_key(self) -> tuple[int, int, str, int | str, SubjectKind]:
        """Severity, precedence, ward code, subject id; then its kind, where a rule has several.

        The ids of one rule are all numbers or all codes.
        """
        return *_URGENCY[self.rule], self.ward, self.subject.id, self.subject.kind

    def __lt__(self, other: "Finding") -> bool:
        return self.sort_key < other.sort_key

    def as_dict(self) -> dict[str, object]:
        """Values that JSON knows; sentence and link are for the caller to add."""
        return {
            "rule": self.rule.value,
            "severity": self.severity.value,
            "ward": self.ward,
            "subject": {"kind": self.subject.kind.value, "id": self.subject.id},
            "measured": self.measured,
            "expected": self.expected,
            "since": None if self.since is None else self.since.isoformat(),
            "action": {"code": self.action.value},
        }
