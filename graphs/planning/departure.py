"""Where the mentees of a mentor who leaves go best, and why somebody cannot be placed."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from graphs.planning.arcs import Surroundings
from graphs.planning.assignment import check_plan, plan_assignment
from graphs.planning.plan import AssignmentPlan
from graphs.planning.rows import PlanMentee, PlanMentor, PlanRows, Reach, may_talk


class WhyNot(StrEnum):
    """Why somebody finds no new mentor within reach, the first that holds."""

    NOBODY_NEAR = "nobody_near"
    NO_ROOM = "no_room"
    NO_COMMON_LANGUAGE = "no_common_language"
    PLACES_TAKEN = "places_taken"


class Unplaced(NamedTuple):
    """Who finds no mentor, with the numbers that say why.

    `mentors` at work are within reach and have `room` for so many more people today; `fitting` of
    these places are with mentors who speak a language of the mentee's, or of whom it is not known.
    """

    mentee: int
    ward: str
    why: WhyNot
    mentors: int
    room: int
    fitting: int


@dataclass(frozen=True, slots=True)
class DeparturePlan:
    """Where each orphan goes; nobody else moves.

    In `plan` the orphans are those who wait, and mentors are counted within reach of them.
    `unplaced` are in order of mentee.
    """

    orphans: tuple[int, ...]
    plan: AssignmentPlan
    unplaced: tuple[Unplaced, ...]


def plan_departure(rows: PlanRows, orphans: Collection[int], *, reach: Reach) -> DeparturePlan:
    """The best mentors for the orphans by the aims of `plan_assignment`, looked at again.

    `rows` are the people as they are once the mentor is gone: the orphans wait, and nobody counts
    for that mentor. All other pairs stay, and who waited before has no part in the plan.
    """
    rows = rows._replace(wards=list(rows.wards), borders=list(rows.borders))
    surroundings = Surroundings(rows, reach)
    fixed = _others_fixed(rows, frozenset(orphans), surroundings)
    plan = plan_assignment(fixed, reach=reach)
    if broken := check_plan(fixed, plan, reach=reach):
        raise RuntimeError(broken)
    placed = {move.mentee for move in plan.moves}
    left = [mentee for mentee in fixed.mentees if mentee.id not in placed]
    return DeparturePlan(
        orphans=tuple(mentee.id for mentee in fixed.mentees),
        plan=plan,
        unplaced=tuple(_why_not(mentee, _near(mentee, fixed, surroundings)) for mentee in left),
    )


def _others_fixed(rows: PlanRows, orphans: Collection[int], surroundings: Surroundings) -> PlanRows:
    """The orphans alone, and the mentors within reach with everybody else as they are."""
    mentees = sorted(rows.mentees, key=lambda row: row.id)
    movable = [row for row in mentees if row.id in orphans]
    others = [row for row in mentees if row.id not in orphans]
    held = Counter(row.mentor for row in others)
    counted = Counter(row.mentor for row in others if row.mentor not in row.counted_by)
    near = {ward for row in movable for ward in surroundings.near(row.ward)}
    return rows._replace(
        mentors=[_holding(row, held, counted) for row in rows.mentors if row.ward in near],
        mentees=movable,
    )


def _holding(
    mentor: PlanMentor, held: Mapping[int | None, int], counted: Mapping[int | None, int]
) -> PlanMentor:
    return mentor._replace(
        open_fixed=mentor.open_fixed + held[mentor.id],
        guided_fixed=mentor.guided_fixed + counted[mentor.id],
    )


def _near(mentee: PlanMentee, rows: PlanRows, surroundings: Surroundings) -> Iterator[PlanMentor]:
    """The mentors within reach of a mentee; nobody guides themselves."""
    wards = set(surroundings.near(mentee.ward))
    return (row for row in rows.mentors if row.ward in wards and row.person != mentee.person)


def _why_not(mentee: PlanMentee, near: Iterable[PlanMentor]) -> Unplaced:
    mentors = list(near)
    room = sum(map(_spare, mentors))
    fitting = sum(_spare(mentor) for mentor in mentors if may_talk(mentor, mentee))
    why = WhyNot.PLACES_TAKEN
    if not mentors:
        why = WhyNot.NOBODY_NEAR
    elif not room:
        why = WhyNot.NO_ROOM
    elif not fitting:
        why = WhyNot.NO_COMMON_LANGUAGE
    return Unplaced(mentee.id, mentee.ward, why, len(mentors), room, fitting)


def _spare(mentor: PlanMentor) -> int:
    return max(0, mentor.capacity - mentor.open_fixed)
