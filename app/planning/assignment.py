"""The assignment plan in words, and for scripts and other programs."""

from typing import Any

from app.formatting import format_number
from app.queries.assignment import Assignment
from app.texts import _
from graphs.planning.plan import AssignmentPlan, Move, MoveReason, WardShortage


def say_why(assignment: Assignment, move: Move) -> str:
    """Say what a move is good for."""
    name = assignment.mentors.get(move.to_mentor)
    return say_reason(move.why, None if name is None else name.full_name, assignment.floor)


def say_reason(why: MoveReason, name: str | None, floor: int) -> str:
    """Say what a move to a mentor is good for, who is named where the reader may know."""
    mentor = _("mentor") if name is None else name
    match why:
        case MoveReason.FILLS_FLOOR:
            return _("Để %(mentor)s đủ %(floor)s người học.", mentor=mentor, floor=floor)
        case MoveReason.ENDS_WAITING:
            return _("Để người học không phải chờ: %(mentor)s còn nhận được.", mentor=mentor)
        case MoveReason.MAKES_ROOM:
            return _(
                "Chuyển sang %(mentor)s để có chỗ cho người khác.",
                mentor=mentor,
            )


def say_shortage(row: WardShortage) -> str:
    """Say with numbers why not every mentor of a ward can reach the floor."""
    begin = _(
        "%(mentees)s người học cho %(mentors)s mentor: tối đa %(at_most)s mentor đạt %(floor)s;",
        mentees=format_number(row.mentees),
        mentors=format_number(row.mentors),
        at_most=format_number(row.at_most),
        floor=row.floor,
    )
    way = _("cần nâng sức nhận")
    if row.missing_mentees:
        way = _("cần thêm %(count)s người học", count=format_number(row.missing_mentees))
    surplus = _("bớt %(count)s mentor", count=format_number(row.surplus_mentors))
    return _("%(begin)s %(way)s hoặc %(surplus)s.", begin=begin, way=way, surplus=surplus)


def outcome_as_values(plan: AssignmentPlan, floor: int) -> dict[str, Any]:
    """Return what a plan reaches, how that is proven, and what it cannot; without its moves."""
    return {
        "status": plan.status.value,
        "floor": floor,
        "objective": plan.objective._asdict(),
        "proof": [stage._asdict() | {"aim": stage.aim.value} for stage in plan.proof],
        "impossible": [{"ward": row.ward, "message": say_shortage(row)} for row in plan.impossible],
    }


def assignment_as_json(assignment: Assignment) -> dict[str, Any]:
    """Return a plan as values that JSON knows, by the contract in docs/planning.md."""
    plan = assignment.plan
    outcome = outcome_as_values(plan, assignment.floor)
    return {
        "as_of": assignment.as_of.isoformat(),
        "reach": assignment.reach.value,
        "status": outcome["status"],
        "objective": outcome["objective"],
        "proof": outcome["proof"],
        "moves": [
            {
                "mentee_id": move.mentee,
                "from_mentor_id": move.from_mentor,
                "to_mentor_id": move.to_mentor,
                "ward": move.ward,
                "distance_km": move.distance_km,
                "why": say_why(assignment, move),
            }
            for move in plan.moves
        ],
        "impossible": outcome["impossible"],
    }
