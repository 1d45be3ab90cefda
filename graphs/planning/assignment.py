"""The best plan of pairings for the people of a day, with its proof."""

from collections.abc import Collection, Iterable

from graphs.planning.arcs import Surroundings
from graphs.planning.checking import Violation, check_plan
from graphs.planning.classes import NOBODY, People, Places, gather
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
from graphs.planning.program import SECONDS, Patience
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
    seconds: float = SECONDS,
) -> AssignmentPlan:
    """The plan that is best by the aims, one after the other, and the proof that it is.

    `wards` (None: all) holds the wards of everybody whom the plan may touch; the figures are of
    those. `on_aim` is called before each aim. Equal rows in any order give the equal plan, unless
    branching takes longer than `seconds`: then it is the best found, and the proof says so.
    """
    rows = rows._replace(
        wards=sorted(rows.wards), mentors=list(rows.mentors), mentees=list(rows.mentees)
    )
    is_by_hamlet = reach is Reach.WARD or _size(rows, wards) <= PEOPLE_TOLD_BY_HAMLET
    people = gather(rows, wards=wards, by_hamlet=is_by_hamlet)
    surroundings, patience = Surroundings(rows, reach), Patience(seconds)
    solutions = solve(people, surroundings, patience, floor=rows.floor, on_aim=on_aim)
    pairings = name_people(people, solutions, floor=rows.floor)
    after = _guided_after(people, pairings)
    moves = _moves(people, pairings, after, floor=rows.floor)
    is_waiting = people.mentor_of == NOBODY
    waiting = int(is_waiting.sum())
    is_waiting[[pairing.mentee for pairing in pairings]] = False
    proof = proof_of(solutions, waiting)
    proof = proof if is_by_hamlet else _with_hamlets(proof, moves, people)
    lacking = {group: count for part in solutions for group, count in part.lacking.items()}
    return AssignmentPlan(
        status=_status(moves, proof),
        objective=Objective(
            mentors_meeting_floor_before=int((people.guided >= rows.floor).sum()),
            mentors_meeting_floor_after=int((after >= rows.floor).sum()),
            upper_bound=int(proof[0].bound),
            waiting_before=waiting,
            waiting_after=int(is_waiting.sum()),
            pairs_changed=sum(move.from_mentor is not None for move in moves),
            distance_km=sum(pairing.arc.metres for pairing in pairings) / METRES_PER_KM,
        ),
        proof=proof,
        moves=moves,
        impossible=shortages(people, lacking, after, is_waiting, floor=rows.floor),
    )


def _size(rows: PlanRows, wards: Collection[str] | None) -> int:
    people: list[PlanMentor | PlanMentee] = [*rows.mentors, *rows.mentees]
    return len(people) if wards is None else sum(row.ward in wards for row in people)


def _guided_after(people: People, pairings: Iterable[Pairing]) -> Places:
    """How many people count for each mentor after the plan."""
    guided = people.guided.copy()
    for mentee, mentor, _ in pairings:
        row = people.mentees[mentee]
        if row.mentor is not None and row.mentor not in row.counted_by:
            guided[people.mentor_of[mentee]] -= 1
        if people.mentors[mentor].id not in row.counted_by:
            guided[mentor] += 1
    return guided


def _moves(
    people: People, pairings: Iterable[Pairing], after: Places, *, floor: int
) -> tuple[Move, ...]:
    rises = ((people.guided < floor) & (after >= floor)).tolist()
    moves = []
    for mentee_place, mentor_place, arc in pairings:
        mentee, mentor = people.mentees[mentee_place], people.mentors[mentor_place]
        fills = rises[mentor_place] and mentor.id not in mentee.counted_by
        ends = MoveReason.ENDS_WAITING if mentee.mentor is None else MoveReason.MAKES_ROOM
        moves.append(
            Move(
                mentee=mentee.id,
                from_mentor=mentee.mentor,
                to_mentor=mentor.id,
                ward=mentor.ward,
                distance_km=arc.metres / METRES_PER_KM,
                shares_language=arc.shares_language,
                shares_hamlet=mentee.hamlet is not None and mentee.hamlet == mentor.hamlet,
                why=MoveReason.FILLS_FLOOR if fills else ends,
            )
        )
    return tuple(moves)


def _with_hamlets(
    proof: tuple[StageProof, ...], moves: tuple[Move, ...], people: People
) -> tuple[StageProof, ...]:
    """The proof where hamlets were looked at last: at best, all moves that could be in one are."""
    homes = {row.hamlet for row in people.mentors} - {None}
    value = sum(move.shares_hamlet for move in moves)
    there = sum(row.hamlet in homes for row in people.mentees) if homes else 0
    bound = min(len(moves), there)
    return (*proof[:-1], StageProof(Aim.COMMON_HAMLET, value, bound, value == bound))


def _status(moves: tuple[Move, ...], proof: tuple[StageProof, ...]) -> PlanStatus:
    if not all(stage.is_optimal for stage in proof):
        return PlanStatus.FEASIBLE
    return PlanStatus.OPTIMAL if moves else PlanStatus.NOTHING_TO_DO
