"""What happens if a mentor leaves, in words, and for scripts and other programs."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from app.access.scope import WardScope
from app.finding_wording import capitalised, label_rules
from app.formatting import format_number
from app.queries.departure import Departure
from app.queries.person_pairings import PairingLine, list_pairings_of_mentor
from app.queries.subjects import PersonName, name_mentors
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


class PersonLine(NamedTuple):
    """A mentee who is left behind, as a page names them; `id` is 0 where the page is not theirs."""

    id: int
    name: str
    ward: str


class MoveLine(NamedTuple):
    """Who goes to which mentor, how far it is, and why."""

    mentee: PersonLine
    mentor_id: int
    mentor: str
    ward: str
    distance_km: float
    why: str


class DepartureLines(NamedTuple):
    """What a page says of a departure: `unplaced` with their reasons, what is found no more."""

    mentor: str
    moves: list[MoveLine]
    unplaced: list[tuple[PersonLine, str]]
    resting: list[PersonLine]
    beyond: list[PersonLine]
    closed: list[tuple[str, int]]


def tell_departure(names_in: WardScope, departure: Departure) -> DepartureLines:
    """Return the lines of a page; people are named where the reader may see them."""
    pairings = list_pairings_of_mentor(names_in, departure.mentor.id, departure.as_of)
    people = {line.other_id: _person(line) for line in pairings if line.is_open}
    nobody = PersonLine(0, _("Người học"), "")
    name = name_mentors(names_in, [departure.mentor.id]).get(departure.mentor.id)
    return DepartureLines(
        mentor=_("mentor này") if name is None else name.written,
        moves=[
            MoveLine(
                people.get(move.mentee, nobody),
                move.to_mentor,
                _named(departure, move).written,
                departure.wards[move.ward],
                move.distance_km,
                _say_briefly(departure, move),
            )
            for move in departure.plan.plan.moves
        ],
        unplaced=[
            (people.get(row.mentee, nobody), say_unplaced(departure, row))
            for row in departure.plan.unplaced
        ],
        resting=[people.get(mentee, nobody) for mentee in departure.resting],
        beyond=[people.get(mentee, nobody) for mentee in departure.beyond],
        closed=[
            (label_rules()[rule], count)
            for rule, count in Counter(
                finding.rule for finding in closed(departure, departure.left)
            ).items()
        ],
    )


def say_move(departure: Departure, move: Move) -> str:
    """Say why a mentee goes best to this mentor."""
    name = _named(departure, move).full_name
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
        "mentor_id": departure.mentor.id,
        "ward": departure.mentor.ward,
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
                "from_mentor_id": departure.mentor.id,
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


def _say_briefly(departure: Departure, move: Move) -> str:
    """Say beside the mentor's name why the mentee goes best there."""
    reasons = [_("còn nhận được")]
    if move.why is MoveReason.FILLS_FLOOR:
        reasons = [_("nhờ đó đủ %(floor)s người học", floor=departure.floor)]
    if move.shares_hamlet:
        reasons.append(_("cùng thôn, làng, tổ"))
    return capitalised(", ".join(reasons))


def _named(departure: Departure, move: Move) -> PersonName:
    return departure.mentors.get(move.to_mentor, PersonName(_("mentor"), None))


def _person(line: PairingLine) -> PersonLine:
    year = "" if line.birth_year is None else f" ({line.birth_year})"
    page = line.other_id if line.is_other_in_scope else 0
    return PersonLine(page, f"{line.full_name}{year}", line.ward_name)
