"""Rows of a file and what is recorded → what becomes of each row. Writes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.exchange.columns import Column
from app.exchange.records import Problem, RosterFile, RosterRole, RosterRow, Severity, problem_in
from app.queries.roster_catalogues import Catalogues
from app.roster.changes import changes_of, untaken_groups
from app.roster.decisions import Decisions
from app.roster.doubles import Doubles
from app.roster.facts import (
    differences,
    doubtful_people,
    doubts,
    learn,
    new_person,
    shared_phone,
)
from app.roster.mentors import MentorFinder, MentorRefusedError, names_mentor_of
from app.roster.network import Pairing, RoleSpell, Someone
from app.roster.people import PeoplePool, TwoPeopleError, matching_spell
from app.roster.plan import RosterPlan, RowPlan
from app.roster.roles import NewRoles, RowRefusedError
from app.roster.wards import WardBook, WardRefusedError
from app.roster.words import Words
from models.enums import RowOutcome
from models.names import fold

HAMLET_AT_MOST = 80
NAME_KEY_AT_MOST = 120
# Mentors first, since a mentee's row may name one who stands further down.
ORDER = (RosterRole.MENTOR, RosterRole.SUPPORT, RosterRole.MENTEE)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a file is planned against. `today` starts the roles without a start of their own.

    `decisions` tell what is taken over of what the file says otherwise of known people, and whom
    doubtful rows are about; without them all of that stays as it is, with a warning.
    """

    wards: WardBook
    pool: PeoplePool
    catalogues: Catalogues
    today: date
    default_capacity: int
    decisions: Decisions | None = None


class Complaint(NamedTuple):
    """Why a row cannot be imported, and the columns to look at, the likeliest first."""

    message: str
    columns: tuple[Column, ...]


WARD_COLUMNS = (Column.WARD, Column.WARD_CODE)
MENTOR_COLUMNS = (Column.MENTOR, Column.MENTOR_PHONE)
NAME_COLUMNS = (Column.FULL_NAME, Column.GIVEN_NAME)


def plan_roster(file: RosterFile, around: Surroundings) -> RosterPlan:
    """Return what the file would change; every row has its outcome and all of its problems.

    The rules are those of docs/definitions.md. The pool of the surroundings is used up.
    """
    planner = _Planner(file, around)
    planner.plan()
    around.pool.let_go()
    return planner.result()


class _Planner:
    def __init__(self, file: RosterFile, around: Surroundings) -> None:
        self.file = file
        self.around = around
        self.pool = around.pool
        self.words = Words(around.catalogues)
        self.mentors = MentorFinder(self.pool, self.words, around.wards)
        self.roles = NewRoles(
            self.words,
            around.wards,
            today=around.today,
            default_capacity=around.default_capacity,
        )
        self.spells: list[RoleSpell] = []
        self.pairings: list[tuple[RoleSpell, Pairing]] = []
        self.plans = {_place(row): RowPlan(row, RowOutcome.PENDING) for row in file.rows}
        self.by_role: defaultdict[RosterRole | None, list[RowPlan]] = defaultdict(list)
        for plan in self.plans.values():
            self.by_role[plan.row.role].append(plan)
        self.doubles = Doubles(
            self.pool,
            {} if around.decisions is None else around.decisions.people,
            self.plans,
        )
        self.told: defaultdict[int | None, set[str]] = defaultdict(set)
        self.file_problems: list[Problem] = []
        for problem in file.problems:
            self._take_problem(problem)

    def plan(self) -> None:
        """Decide every row, mentors first."""
        for plan in self.by_role[None]:
            self._reject(plan, [])
        for role in ORDER:
            for plan in self.by_role[role]:
                self._plan_row(plan, role)

    def result(self) -> RosterPlan:
        """Return the finished plan, its rows in the order of the file."""
        return RosterPlan(
            rows=self._in_order(),
            file_problems=self.file_problems,
            notes=self.file.notes,
            people=self.pool.new_people,
            spells=self.spells,
            pairings=self.pairings,
        )

    def _in_order(self) -> list[RowPlan]:
        if len(self.plans) == len(self.file.rows):
            return list(self.plans.values())  # no row came with its problem alone
        sheets = {
            sheet: place for place, sheet in enumerate(dict.fromkeys(s for s, _ in self.plans))
        }
        return sorted(
            self.plans.values(), key=lambda plan: (sheets[plan.row.sheet], plan.row.row_number)
        )

    def _take_problem(self, problem: Problem) -> None:
        """Hand a problem to its row; a row that repeats another is known by its problem alone."""
        plan = self.plans.get((problem.sheet, problem.row))
        if plan is not None:
            plan.problems.append(problem)
        elif problem.row is not None and problem.column is None:
            repeated = RosterRow(full_name="", sheet=problem.sheet, row_number=problem.row)
            self.plans[_place(repeated)] = RowPlan(repeated, RowOutcome.DUPLICATE, [problem])
        else:
            self.file_problems.append(problem)

    def _plan_row(self, plan: RowPlan, role: RosterRole) -> None:
        is_bad = bool(plan.problems) and any(p.severity is Severity.ERROR for p in plan.problems)
        errors = self._own_errors(plan, role, is_bad=is_bad)
        if is_bad or errors:
            self._reject(plan, errors)
            return
        try:
            self._place_row(plan, role)
        except RowRefusedError as error:
            self._reject(plan, [Complaint(str(error), error.columns)])
        except TwoPeopleError as error:
            plan.candidates = self.doubles.offered(plan.row, error.people)
            self._reject(plan, [Complaint(str(error), NAME_COLUMNS)])
        except MentorRefusedError as error:
            self._reject(plan, [Complaint(str(error), MENTOR_COLUMNS)])

    def _own_errors(self, plan: RowPlan, role: RosterRole, *, is_bad: bool) -> list[Complaint]:
        """Return what is wrong with the row whoever the person is, and note its ward."""
        row = plan.row
        errors: list[Complaint] = []
        try:
            plan.ward_id = self.around.wards.resolve(row.ward)
        except WardRefusedError as error:
            # A ward that could not be read has its own message already.
            if row.ward is not None or not is_bad:
                errors.append(Complaint(str(error), WARD_COLUMNS))
        if row.ended_on is not None and self.words.reason(row.reason, role) is None:
            known = ", ".join(self.words.reason_labels(role))
            message = f"Không nhận ra lý do “{row.reason}”. Ghi một trong: {known}."
            errors.append(Complaint(message, (Column.REASON,)))
        if row.hamlet is not None and len(row.hamlet) > HAMLET_AT_MOST:
            message = (
                f"Tên thôn, làng, tổ dài {len(row.hamlet)} ký tự; tối đa {HAMLET_AT_MOST} ký tự."
            )
            errors.append(Complaint(message, (Column.HAMLET,)))
        if len(fold(row.full_name)) > NAME_KEY_AT_MOST:
            message = f"Họ tên quá dài; tối đa {NAME_KEY_AT_MOST} ký tự."
            errors.append(Complaint(message, NAME_COLUMNS))
        if is_bad and role is RosterRole.MENTEE:
            errors += self._mentor_errors(plan)
        return errors

    def _mentor_errors(self, plan: RowPlan) -> Iterator[Complaint]:
        """Yield whether the mentor of a row in error is missing too: all is told at once."""
        row, ward_id = plan.row, plan.ward_id
        if ward_id is None or not (row.mentor_name or row.mentor_phone):
            return
        if self.pool.namesakes(ward_id, fold(row.full_name)):
            return  # the mentor of somebody known may be of another ward
        try:
            self.mentors.find(row, ward_id)
        except MentorRefusedError as error:
            yield Complaint(str(error), MENTOR_COLUMNS)

    def _reject(self, plan: RowPlan, complaints: Iterable[Complaint]) -> None:
        plan.outcome = RowOutcome.REJECTED
        plan.problems += [
            problem_in(plan.row, message, place=self.file.place_of(plan.row, *columns))
            for message, columns in complaints
        ]
        if plan.row.role in {None, RosterRole.MENTOR}:
            self.mentors.rejected.append((plan.row, plan.ward_id))

    def _place_row(self, plan: RowPlan, role: RosterRole) -> None:
        """Find person and role, or plan new ones; nothing is planned when the row is refused."""
        row, ward_id = plan.row, plan.ward_id
        if ward_id is None:
            msg = "a row without a ward was rejected before"
            raise AssertionError(msg)
        found = self.doubles.find(row, role, ward_id)
        if self.doubles.choices:
            plan.candidates = self.doubles.offered(row, ())
        known_spell = None if found is None else matching_spell(found, row, role, ward_id)
        someone = found or new_person(row, ward_id)
        spell = known_spell or self.roles.begin(someone, row, role, ward_id)
        if spell.row is not None:
            if found is not None and found is self.doubles.chosen(row):
                learn(found, row, self.words, self.pool)
            self._mark_repeated(plan, spell)
            return
        pairing = None
        if role is RosterRole.MENTEE and (row.mentor_name or row.mentor_phone):
            pairing = self._new_pairing(plan, spell)
        spell.row = row
        plan.someone = someone
        if found is None:
            self._doubt(plan, someone, ward_id)
            self.pool.add(someone)
        if someone.id is None:
            self._warn(plan, learn(someone, row, self.words, self.pool))
        else:
            self._compare(plan, someone, known_spell)
        if known_spell is None:
            self.pool.add_spell(spell)
            self.spells.append(spell)
        if pairing is not None:
            self._add_pairing(plan, spell, pairing)
        is_new = known_spell is None or pairing is not None
        plan.outcome = RowOutcome.CREATED if is_new else RowOutcome.UNCHANGED

    def _doubt(self, plan: RowPlan, someone: Someone, ward_id: int) -> None:
        """Tell who somebody new may be after all."""
        row = plan.row
        doubtful = doubtful_people(someone, row, ward_id, self.pool, self.doubles.others(row))
        if doubtful:
            plan.candidates = self.doubles.offered(row, doubtful)
            self._warn(plan, doubts(someone, row, doubtful))

    def _compare(self, plan: RowPlan, someone: Someone, spell: RoleSpell | None) -> None:
        """Tell what the row says otherwise of somebody known; what an earlier row said counts."""
        decisions = self.around.decisions
        if decisions is None:
            self._warn(plan, differences(someone, spell, plan.row))
            return
        if plan.row.phone != someone.phone:
            self._warn(plan, shared_phone(someone, plan.row, self.pool))
        self._warn(plan, untaken_groups(someone, plan.row, self.words))
        told = self.told[someone.id]
        self._warn(plan, differences(someone, spell, plan.row, of_person=False))
        for change in changes_of(someone, spell, plan.row, self.words):
            if change.name not in told:
                told.add(change.name)
                plan.changes.append(change._replace(is_taken=decisions.takes(plan.row, change)))

    def _new_pairing(self, plan: RowPlan, mentee: RoleSpell) -> Pairing | None:
        row = plan.row
        if not mentee.pairings:
            return self.mentors.pair(row, mentee, self.mentors.find(row, mentee.ward_id))
        present = next((p for p in mentee.pairings if p.ended_on is None), None)
        if any(names_mentor_of(row, pairing) for pairing in mentee.pairings):
            if present is not None and not names_mentor_of(row, present):
                self._warn(plan, ["Người này đã đổi sang mentor khác; giữ như đang có."])
            return None
        found = self.mentors.find(row, mentee.ward_id)
        if present is not None:
            message = (
                "Người này đang học với mentor khác. Kết thúc cặp đó ở trang Ghép cặp trước, hoặc "
                "xóa ô Mentor phụ trách của dòng này."
            )
            raise RowRefusedError(message, *MENTOR_COLUMNS)
        return self.mentors.pair(row, mentee, found)

    def _add_pairing(self, plan: RowPlan, mentee: RoleSpell, pairing: Pairing) -> None:
        mentee.pairings.append(pairing)
        self.pairings.append((mentee, pairing))
        mentor = pairing.mentor
        if mentor is None or pairing.ended_on is not None:
            return
        mentor.open_pairings += 1
        if mentor.open_pairings > mentor.limit:
            message = (
                f"Mentor {mentor.someone.full_name} sẽ kèm {mentor.open_pairings} người, quá sức "
                f"nhận {mentor.limit}. Vẫn nhập được; nên chuyển bớt người học sang mentor khác."
            )
            self._warn(plan, [message])

    def _mark_repeated(self, plan: RowPlan, spell: RoleSpell) -> None:
        plan.outcome, plan.someone = RowOutcome.DUPLICATE, spell.someone
        first = spell.row
        if first is not None:
            sheet = "" if first.sheet == plan.row.sheet else f" của trang “{first.sheet}”"
            where = f"dòng {first.row_number}{sheet}"
            message = f"Người này đã có ở {where} với cùng vai trò nên dòng này không được tính."
            self._warn(plan, [message])

    def _warn(self, plan: RowPlan, messages: Iterable[str]) -> None:
        for message in messages:
            plan.problems.append(problem_in(plan.row, message, severity=Severity.WARNING))


def _place(row: RosterRow) -> tuple[str, int | None]:
    return row.sheet, row.row_number
