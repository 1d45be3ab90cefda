"""The best plan of pairings for the people of a day, with its proof."""

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from operator import attrgetter

from graphs.planning.arcs import Surroundings
from graphs.planning.checking import Violation, check_plan
from graphs.planning.classes import People, gather
from graphs.planning.explanation import shortages
from graphs.planning.individuals import Pairing, name_people
from graphs.planning.plan import (
    Aim,
    AssignmentPlan,
    Move,
    MoveReason,
    Objective,
    PlanStatus,
    StageProof,
    WardShortage,
)
from graphs.planning.rows import PlanMentee, PlanMentor, PlanRows, Reach
from graphs.planning.stages import METRES_PER_KM, OnAim, proof_of, solve

__all__ = [
    "Aim",
    "AssignmentPlan",
    "Move",
    "MoveReason",
    "Objective",
    "OnAim",
    "PlanStatus",
    "StageProof",
    "Violation",
    "WardShortage",
    "check_plan",
    "checked_plan",
    "plan_assignment",
]

PEOPLE_TOLD_BY_HAMLET = 2_000
"""With more people than this, hamlets are looked at only within the best flows, unless each ward
is planned by itself: then no more people are told apart at once than a ward has."""


def checked_plan(rows: PlanRows, *, reach: Reach, on_aim: OnAim | None = None) -> AssignmentPlan:
    """Return the best plan for all of these people, looked at again rule by rule.

    Raises `RuntimeError` for a plan that breaks a rule: it is never shown.
    """
    plan = plan_assignment(rows, reach=reach, on_aim=on_aim)
    if broken := check_plan(rows, plan, reach=reach):
        raise RuntimeError(broken)
    return plan


def plan_assignment(
    rows: PlanRows,
    *,
    reach: Reach,
    wards: Collection[str] | None = None,
    on_aim: OnAim | None = None,
) -> AssignmentPlan:
    """The plan that is best by the aims, one after the other, and the proof that it is.

    `wards` (None: all) holds the wards of everybody whom the plan may touch; the figures are of
    those. `on_aim` is called before each aim. Equal rows in any order give the equal plan.
    """
    rows = _kept(rows)
    is_by_hamlet = reach is Reach.WARD or _size(rows, wards) <= PEOPLE_TOLD_BY_HAMLET
    people = gather(rows, wards=wards, by_hamlet=is_by_hamlet)
    surroundings = Surroundings(rows, reach)
    solutions = solve(people, surroundings, floor=rows.floor, on_aim=on_aim)
    pairings = name_people(solutions, floor=rows.floor)
    before = _guided(people)
    after = _guided_after(people, before, pairings)
    moves = tuple(
        _move(
            people.mentees[mentee],
            people.mentors[mentor],
            surroundings,
            fills=before[mentor] < rows.floor <= after[mentor]
            and mentor not in people.mentees[mentee].counted_by,
        )
        for mentee, mentor in pairings
    )
    placed = {mentee for mentee, _ in pairings}
    waiting = {mentee for ids in people.waiting.values() for mentee in ids}
    proof = proof_of(solutions, len(waiting))
    proof = proof if is_by_hamlet else _with_hamlets(proof, moves, people)
    lacking = {key: count for part in solutions for key, count in part.lacking.items()}
    return AssignmentPlan(
        status=_status(moves, proof),
        objective=Objective(
            mentors_meeting_floor_before=sum(count >= rows.floor for count in before.values()),
            mentors_meeting_floor_after=sum(count >= rows.floor for count in after.values()),
            upper_bound=int(proof[0].bound),
            waiting_before=len(waiting),
            waiting_after=len(waiting - placed),
            pairs_changed=sum(move.from_mentor is not None for move in moves),
            distance_km=sum(round(move.distance_km * METRES_PER_KM) for move in moves)
            / METRES_PER_KM,
        ),
        proof=proof,
        moves=moves,
        impossible=shortages(people, lacking, after, waiting - placed, floor=rows.floor),
    )


def _kept(rows: PlanRows) -> PlanRows:
    """The rows where they can be gone through more than once."""
    return rows._replace(
        wards=sorted(rows.wards),
        borders=list(rows.borders),
        mentors=list(rows.mentors),
        mentees=sorted(rows.mentees, key=attrgetter("id")),
    )


def _size(rows: PlanRows, wards: Collection[str] | None) -> int:
    places = chain((row.ward for row in rows.mentors), (row.ward for row in rows.mentees))
    return sum(wards is None or ward in wards for ward in places)


def _guided(people: People) -> dict[int, int]:
    """How many people count for each mentor."""
    return {mentor: key.guided for key, mentors in people.classes.items() for mentor in mentors}


def _guided_after(
    people: People, before: Mapping[int, int], pairings: Iterable[Pairing]
) -> dict[int, int]:
    guided = dict(before)
    for mentee, mentor in pairings:
        row = people.mentees[mentee]
        if row.mentor is not None and row.mentor not in row.counted_by:
            guided[row.mentor] -= 1
        if mentor not in row.counted_by:
            guided[mentor] += 1
    return guided


def _move(
    mentee: PlanMentee, mentor: PlanMentor, surroundings: Surroundings, *, fills: bool
) -> Move:
    ends = MoveReason.ENDS_WAITING if mentee.mentor is None else MoveReason.MAKES_ROOM
    return Move(
        mentee=mentee.id,
        from_mentor=mentee.mentor,
        to_mentor=mentor.id,
        ward=mentor.ward,
        distance_km=surroundings.metres(mentee.ward, mentor.ward) / METRES_PER_KM,
        shares_language=not mentee.languages.isdisjoint(mentor.languages),
        shares_hamlet=mentee.hamlet is not None and mentee.hamlet == mentor.hamlet,
        why=MoveReason.FILLS_FLOOR if fills else ends,
    )


def _with_hamlets(
    proof: tuple[StageProof, ...], moves: tuple[Move, ...], people: People
) -> tuple[StageProof, ...]:
    """The proof where hamlets were looked at last: at best, all moves that could be in one are."""
    homes = {row.hamlet for row in people.mentors.values()} - {None}
    value = sum(move.shares_hamlet for move in moves)
    bound = min(len(moves), sum(row.hamlet in homes for row in people.mentees.values()))
    return (*proof[:-1], StageProof(Aim.COMMON_HAMLET, value, bound, value == bound))


def _status(moves: tuple[Move, ...], proof: tuple[StageProof, ...]) -> PlanStatus:
    if not all(stage.is_optimal for stage in proof):
        return PlanStatus.FEASIBLE
    return PlanStatus.OPTIMAL if moves else PlanStatus.NOTHING_TO_DO
