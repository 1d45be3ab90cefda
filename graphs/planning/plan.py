"""A plan as a value: its moves, what they reach, how that is proven, and what cannot be done."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Aim(StrEnum):
    """What a plan is for, the most important first."""

    MENTORS_AT_FLOOR = "mentors_at_floor"
    FEWEST_WAITING = "fewest_waiting"
    FEWEST_CHANGES = "fewest_changes"
    LEAST_DISTANCE = "least_distance"
    COMMON_LANGUAGE = "common_language"
    COMMON_HAMLET = "common_hamlet"


class MoveReason(StrEnum):
    """Why a move is there."""

    FILLS_FLOOR = "fills_floor"
    ENDS_WAITING = "ends_waiting"
    MAKES_ROOM = "makes_room"


class PlanStatus(StrEnum):
    """Whether every aim is proven best, some are only good, or nothing would change."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    NOTHING_TO_DO = "nothing_to_do"


class Move(NamedTuple):
    """A mentee who waits (`from_mentor` None) or changes to `to_mentor`, whose ward is `ward`."""

    mentee: int
    from_mentor: int | None
    to_mentor: int
    ward: str
    distance_km: float
    shares_language: bool
    shares_hamlet: bool
    why: MoveReason


class Objective(NamedTuple):
    """What a plan reaches; `upper_bound`: no plan at all brings more mentors to the floor."""

    mentors_meeting_floor_before: int
    mentors_meeting_floor_after: int
    upper_bound: int
    waiting_before: int
    waiting_after: int
    pairs_changed: int
    distance_km: float


class StageProof(NamedTuple):
    """The value reached for an aim, the best that is thinkable, and whether they are the same.

    Each is for the values that the aims before it have reached.
    """

    aim: Aim
    value: float
    bound: float
    is_optimal: bool


class WardShortage(NamedTuple):
    """Why not every mentor of a ward reaches the floor, in numbers.

    `mentees`: people who count for the ward's mentors, or could. `at_most`: how many mentors can
    be at the floor. `missing_mentees`: how many more people every mentor at the floor takes;
    `surplus_mentors`: how many mentors too many there are for the people.
    """

    ward: str
    mentees: int
    mentors: int
    floor: int
    at_most: int
    missing_mentees: int
    surplus_mentors: int


@dataclass(frozen=True, slots=True)
class AssignmentPlan:
    """Moves in order of mentee id; the proof in order of the aims; shortages by ward code."""

    status: PlanStatus
    objective: Objective
    proof: tuple[StageProof, ...]
    moves: tuple[Move, ...]
    impossible: tuple[WardShortage, ...]
