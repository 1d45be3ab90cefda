"""What happens if a mentor leaves, in words, and for scripts and other programs."""

from collections.abc import Iterable
from typing import Any

from app.formatting import format_number
from app.queries.departure import Departure
from app.queries.subjects import PersonName
from app.texts import _
from graphs.audit import AuditReport
from graphs.comparison import only_in, ward_changes
from graphs.findings import Finding
from graphs.planning.departure import Unplaced, WhyNot
from graphs.planning.plan import Move, MoveReason
from graphs.planning.rows import Reach

NEARBY = {
    Reach.WARD: "trong xã, phường",
    Reach.BORDER: "trong xã, phường và các nơi giáp ranh",
    Reach.PROVINCE: "trong tỉnh",
}


def say_move(departure: Departure, move: Move) -> str:
    """Say why a mentee goes best to this mentor."""
    name = departure.mentors.get(move.to_mentor, PersonName(_("mentor"), None)).full_name
    if move.why is MoveReason.FILLS_FLOOR:
        return _("%(mentor)s nhờ đó đủ %(floor)s người học.", mentor=name, floor=departure.floor)
    return _("%(mentor)s còn nhận được.", mentor=name)


def say_unplaced(departure: Departure, row: Unplaced) -> str:
    """Say with numbers why somebody finds no new mentor, and what would help."""
    near = _(NEARBY[departure.reach])
    mentors, fitting = format_number(row.mentors), format_number(row.fitting)
    match row.why:
        case WhyNot.NOBODY_NEAR:
            return _("Không còn mentor nào khác %(near)s: cần thêm mentor.", near=near)
        case WhyNot.NO_ROOM:
            return _(
                "%(mentors)s mentor %(near)s đều đã kín chỗ: cần nâng sức nhận hoặc thêm mentor.",
                mentors=mentors,
                near=near,
            )
        case WhyNot.NO_COMMON_LANGUAGE:
            return _(
                "%(mentors)s mentor %(near)s còn %(room)s chỗ, nhưng không chỗ nào ở mentor nói"
                " cùng ngôn ngữ với người này.",
                mentors=mentors,
                near=near,
                room=format_number(row.room),
            )
    return _(
        "%(orphans)s người cần mentor mới, mentor hợp với người này chỉ còn %(fitting)s chỗ"
        " %(near)s và đã dành cho người khác: cần nâng sức nhận hoặc thêm mentor.",
        orphans=format_number(len(departure.plan.orphans)),
        fitting=fitting,
        near=near,
    )


def opened(departure: Departure, after: AuditReport) -> tuple[Finding, ...]:
    """What is found after it (`left` or `settled`) and is not today."""
    return only_in(after.findings, departure.now.findings)


def closed(departure: Departure, after: AuditReport) -> tuple[Finding, ...]:
    """What is found today and not after it."""
    return only_in(departure.now.findings, after.findings)


def departure_as_json(departure: Departure) -> dict[str, Any]:
    """Return a departure as values that JSON knows, by the contract in docs/planning.md."""
    plan = departure.plan.plan
    return {
        "as_of": departure.as_of.isoformat(),
        "reach": departure.reach.value,
        "mentor_id": departure.mentor,
        "ward": departure.ward,
        "status": plan.status.value,
        "objective": {
            "orphans": len(departure.plan.orphans),
            "placed": len(plan.moves),
            "mentors_meeting_floor_before": plan.objective.mentors_meeting_floor_before,
            "mentors_meeting_floor_after": plan.objective.mentors_meeting_floor_after,
            "distance_km": plan.objective.distance_km,
        },
        "proof": [stage._asdict() | {"aim": stage.aim.value} for stage in plan.proof],
        "moves": [
            {
                "mentee_id": move.mentee,
                "from_mentor_id": departure.mentor,
                "to_mentor_id": move.to_mentor,
                "ward": move.ward,
                "distance_km": move.distance_km,
                "why": say_move(departure, move),
            }
            for move in plan.moves
        ],
        "not_placed": [
            {
                "mentee_id": row.mentee,
                "ward": row.ward,
                "why": row.why.value,
                "message": say_unplaced(departure, row),
            }
            for row in departure.plan.unplaced
        ],
        "paused": list(departure.resting),
        "beyond": list(departure.beyond),
        "if_left": _consequences(departure, departure.left),
        "if_settled": _consequences(departure, departure.settled),
    }


def _consequences(departure: Departure, after: AuditReport) -> dict[str, object]:
    return {
        "wards": [change._asdict() for change in ward_changes(departure.now, after)],
        "findings_opened": _as_values(opened(departure, after)),
        "findings_closed": _as_values(closed(departure, after)),
    }


def _as_values(findings: Iterable[Finding]) -> list[dict[str, object]]:
    rows = (finding.as_dict() for finding in findings)
    return [{key: row[key] for key in ("rule", "severity", "ward", "subject")} for row in rows]
