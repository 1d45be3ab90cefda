"""The plan: what becomes of each row, and what would be written."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from app.exchange.records import Problem, RosterRole, RosterRow, Severity
from app.roster.changes import FieldChange
from app.roster.network import Pairing, RoleSpell, Someone
from models.enums import RowOutcome


@dataclass(slots=True)
class RowPlan:
    """What becomes of one row. `problems` are all of the row: of the file and of its content.

    `changes` is what it says otherwise of somebody known, where that can be taken over;
    `candidates` refers to the people whom it may be about as well (`app/roster/doubles.py`).
    """

    row: RosterRow
    outcome: RowOutcome
    problems: list[Problem] = field(default_factory=list)
    someone: Someone | None = None
    ward_id: int | None = None
    changes: list[FieldChange] = field(default_factory=list)
    candidates: Sequence[str] = ()


class PlanCounts(NamedTuple):
    """Rows by what becomes of them, and what is made: role spells, mentorships, people.

    `waiting` are the new mentees without a mentor.
    """

    rows: int
    created: int
    unchanged: int
    duplicate: int
    rejected: int
    people: int
    mentors: int
    mentees: int
    support_posts: int
    mentorships: int
    waiting: int


class PlanSummary(NamedTuple):
    """What is said of a plan once it is done: without its people, roles and pairings."""

    outcomes: Sequence[RowOutcome]
    problems: Sequence[Problem]
    notes: Sequence[str]
    counts: PlanCounts
    is_empty: bool

    @property
    def has_errors(self) -> bool:
        return _has_errors(self.problems)


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What a file would change. `pairings` are (mentee spell, new mentorship)."""

    rows: Sequence[RowPlan]
    file_problems: Sequence[Problem]
    notes: Sequence[str]
    people: Sequence[Someone]
    spells: Sequence[RoleSpell]
    pairings: Sequence[tuple[RoleSpell, Pairing]]

    @property
    def problems(self) -> list[Problem]:
        """Every error and warning: those of the whole file first, then row by row."""
        of_rows = chain.from_iterable(map(attrgetter("problems"), self.rows))
        return [*self.file_problems, *of_rows]

    @property
    def has_errors(self) -> bool:
        return _has_errors(self.problems)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing would be written."""
        return not (self.people or self.spells or self.pairings or self.updates)

    @property
    def updates(self) -> list[tuple[int, int, FieldChange]]:
        """Return what is taken over about known people: the person, the row's ward, the change."""
        return [
            (plan.someone.id, plan.ward_id, change)
            for plan in self.rows
            for change in plan.changes
            if change.is_taken and plan.someone and plan.someone.id and plan.ward_id
        ]

    @property
    def counts(self) -> PlanCounts:
        """Return the figures of the report."""
        outcomes = Counter(map(attrgetter("outcome"), self.rows))
        roles = Counter(map(attrgetter("role"), self.spells))
        waiting = sum(
            spell.role is RosterRole.MENTEE
            and spell.ended_on is None
            and None not in [pairing.ended_on for pairing in spell.pairings]
            for spell in self.spells
        )
        return PlanCounts(
            rows=len(self.rows),
            created=outcomes[RowOutcome.CREATED],
            unchanged=outcomes[RowOutcome.UNCHANGED],
            duplicate=outcomes[RowOutcome.DUPLICATE],
            rejected=outcomes[RowOutcome.REJECTED],
            people=len(self.people),
            mentors=roles[RosterRole.MENTOR],
            mentees=roles[RosterRole.MENTEE],
            support_posts=roles[RosterRole.SUPPORT],
            mentorships=len(self.pairings),
            waiting=waiting,
        )

    @property
    def summary(self) -> PlanSummary:
        """Return what a report keeps of the plan."""
        return PlanSummary(
            outcomes=list(map(attrgetter("outcome"), self.rows)),
            problems=self.problems,
            notes=self.notes,
            counts=self.counts,
            is_empty=self.is_empty,
        )


def _has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
