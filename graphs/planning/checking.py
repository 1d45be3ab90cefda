"""A plan looked at again, person by person, knowing nothing of how it was found."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from graphs.planning.plan import AssignmentPlan, Move
from graphs.planning.rows import PlanMentee, PlanMentor, PlanRows, Reach, may_talk


class Broken(StrEnum):
    """What a move, or the plan as a whole, does not keep to."""

    UNKNOWN_MENTEE = "unknown_mentee"
    UNKNOWN_MENTOR = "unknown_mentor"
    MOVED_TWICE = "moved_twice"
    OTHER_MENTOR_BEFORE = "other_mentor_before"
    STAYS = "stays"
    SAME_PERSON = "same_person"
    WAS_FULL = "was_full"
    OVER_CAPACITY = "over_capacity"
    NO_COMMON_LANGUAGE = "no_common_language"
    OUT_OF_REACH = "out_of_reach"
    WRONG_WARD = "wrong_ward"
    WRONG_COUNT = "wrong_count"


class Violation(NamedTuple):
    """What is broken, and by whose move (None: by the figures of the plan)."""

    broken: Broken
    mentee: int | None
    mentor: int | None


def check_plan(rows: PlanRows, plan: AssignmentPlan, *, reach: Reach) -> list[Violation]:
    """Everything that the plan breaks, in order of its moves; empty for a plan that may be shown.

    `rows` may be gone through once only; the figures are compared where the plan is for them all.
    """
    return [*check_moves(rows, plan.moves, reach=reach), *_wrong_counts(plan)]


def check_moves(rows: PlanRows, moves: Sequence[Move], *, reach: Reach) -> list[Violation]:
    """Everything that moves break together, in their order; empty where they may be carried out."""
    mentors = {row.id: row for row in rows.mentors}
    mentees = {row.id: row for row in rows.mentees}
    borders = {
        pair
        for border in rows.borders
        for pair in ((border.code_a, border.code_b), (border.code_b, border.code_a))
    }
    known = [move for move in moves if move.mentee in mentees and move.to_mentor in mentors]
    found = list(_unknown(moves, mentors, mentees))
    opened = _open(mentors, mentees)
    after = opened.copy()
    for move in known:
        after[mentees[move.mentee].mentor] -= 1
        after[move.to_mentor] += 1
    seen: set[int] = set()
    for move in known:
        mentee, mentor = mentees[move.mentee], mentors[move.to_mentor]
        broken = {
            Broken.MOVED_TWICE: move.mentee in seen,
            Broken.OTHER_MENTOR_BEFORE: move.from_mentor != mentee.mentor,
            Broken.STAYS: move.to_mentor == mentee.mentor,
            Broken.SAME_PERSON: mentee.person == mentor.person,
            Broken.WAS_FULL: opened[mentor.id] >= mentor.capacity,
            Broken.OVER_CAPACITY: after[mentor.id] > mentor.capacity,
            Broken.NO_COMMON_LANGUAGE: not may_talk(mentor, mentee),
            Broken.OUT_OF_REACH: not _is_near(mentee.ward, mentor.ward, borders, reach),
            Broken.WRONG_WARD: move.ward != mentor.ward,
        }
        seen.add(move.mentee)
        found.extend(
            Violation(rule, mentee.id, mentor.id) for rule, is_so in broken.items() if is_so
        )
    return found


def _unknown(
    moves: Sequence[Move],
    mentors: Mapping[int, PlanMentor],
    mentees: Mapping[int, PlanMentee],
) -> Iterator[Violation]:
    """Moves of people, or to mentors, who are not there (paused, gone, never known)."""
    for move in moves:
        if move.mentee not in mentees:
            yield Violation(Broken.UNKNOWN_MENTEE, move.mentee, move.to_mentor)
        if move.to_mentor not in mentors:
            yield Violation(Broken.UNKNOWN_MENTOR, move.mentee, move.to_mentor)


def _open(
    mentors: Mapping[int, PlanMentor], mentees: Mapping[int, PlanMentee]
) -> Counter[int | None]:
    opened: Counter[int | None] = Counter(row.mentor for row in mentees.values())
    opened.update({row.id: row.open_fixed for row in mentors.values()})
    return opened


def _is_near(ward: str, other: str, borders: set[tuple[str, str]], reach: Reach) -> bool:
    if reach is Reach.PROVINCE or ward == other:
        return True
    return reach is Reach.BORDER and (ward, other) in borders


def _wrong_counts(plan: AssignmentPlan) -> Iterator[Violation]:
    """Whether the figures of the plan are those of its moves."""
    changed = sum(move.from_mentor is not None for move in plan.moves)
    metres = sum(round(1000 * move.distance_km) for move in plan.moves)
    told = plan.objective
    placed = told.waiting_before - told.waiting_after
    if (changed, len(plan.moves) - changed, metres) != (
        told.pairs_changed,
        placed,
        round(1000 * told.distance_km),
    ):
        yield Violation(Broken.WRONG_COUNT, None, None)
