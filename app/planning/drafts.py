"""A plan under review in words: who comes to whom, and what becomes of mentors and wards."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from app.access.scope import WardScope
from app.formatting import format_number
from app.planning.assignment import say_reason
from app.queries.assignment_drafts import DraftContent
from app.queries.subjects import PersonName, name_mentees, name_mentors
from app.queries.wards import list_wards
from app.texts import _
from graphs.planning.draft import (
    Draft,
    DraftMove,
    MentorOutcome,
    WardOutcome,
    outcomes,
    ward_outcomes,
)
from graphs.planning.plan import Aim, MoveReason

AIM_LABELS = {
    Aim.MENTORS_AT_FLOOR: "nhiều mentor đủ người học nhất",
    Aim.FEWEST_WAITING: "ít người phải chờ nhất",
    Aim.FEWEST_CHANGES: "ít cặp phải đổi nhất",
    Aim.LEAST_DISTANCE: "gần nhất",
    Aim.COMMON_LANGUAGE: "cùng ngôn ngữ nhiều nhất",
    Aim.COMMON_HAMLET: "cùng thôn, làng, tổ nhiều nhất",
}


class DraftFigures(NamedTuple):
    """What the moves that are kept come to, beside how things stand."""

    floor: int
    at_floor_before: int
    at_floor_after: int
    waiting_before: int
    waiting_after: int
    changed: int
    dropped: int
    redirected: int


class MoveLine(NamedTuple):
    """One move: who, from whom (None: who waits), how far, and why."""

    mentee_id: int
    mentee: str
    from_mentor: str | None
    ward: str | None
    distance_km: float
    why: str
    is_dropped: bool
    is_redirected: bool


class MentorLine(NamedTuple):
    """A mentor with the moves that lead there, and what becomes of them by all moves kept."""

    id: int
    name: str
    ward: str
    outcome: MentorOutcome
    moves: Sequence[MoveLine]


class WardLine(NamedTuple):
    """What changes in a ward."""

    code: str
    name: str
    outcome: WardOutcome


class _Names(NamedTuple):
    """Who is who in the moves of a page, as far as the reader may know."""

    mentors: Mapping[int, PersonName]
    mentees: Mapping[int, PersonName]
    wards: Mapping[str, str]
    floor: int

    @classmethod
    def of(cls, scope: WardScope, shown: Sequence[DraftMove], floor: int) -> "_Names":
        teachers = {move.to_mentor for move in shown}
        givers = {move.from_mentor for move in shown if move.from_mentor is not None}
        return cls(
            name_mentors(scope, teachers | givers),
            name_mentees(scope, {move.mentee for move in shown}),
            {ward.code: ward.name for ward in list_wards(scope)},
            floor,
        )

    def line(self, move: DraftMove, becoming: MentorOutcome) -> MoveLine:
        name, mentor_ward = self.mentors.get(move.to_mentor), becoming.mentor.ward
        giver, why = move.from_mentor, _reason(move, becoming, self.floor)
        return MoveLine(
            mentee_id=move.mentee,
            mentee=_said(self.mentees.get(move.mentee)),
            from_mentor=None if giver is None else _said(self.mentors.get(giver)),
            ward=None if move.ward == mentor_ward else self.wards[move.ward],
            distance_km=move.distance_km,
            why=say_reason(why, name.full_name if name else None, self.floor),
            is_dropped=move.is_dropped,
            is_redirected=move.to_mentor != move.proposed,
        )


def draft_figures(content: DraftContent) -> DraftFigures:
    """Add up what the moves that are kept reach."""
    before, floor = content.outcome["objective"], content.outcome["floor"]
    wards = ward_outcomes(content.draft, floor=floor)
    at_floor, waiting = before["mentors_meeting_floor_before"], before["waiting_before"]
    moves = content.draft.moves
    return DraftFigures(
        floor=floor,
        at_floor_before=at_floor,
        at_floor_after=at_floor + sum(ward.at_floor for ward in wards),
        waiting_before=waiting,
        waiting_after=waiting - sum(ward.placed for ward in wards),
        changed=sum(ward.changed for ward in wards),
        dropped=sum(move.is_dropped for move in moves),
        redirected=sum(move.to_mentor != move.proposed for move in moves),
    )


def move_order(draft: Draft) -> list[DraftMove]:
    """Return the moves as they are shown: by ward and mentor, then by mentee."""
    return sorted(
        draft.moves,
        key=lambda move: (draft.mentors[move.to_mentor].ward, move.to_mentor, move.mentee),
    )


def mentor_lines(
    scope: WardScope, content: DraftContent, shown: Sequence[DraftMove]
) -> list[MentorLine]:
    """Describe the moves of a page, grouped by the mentor they lead to."""
    draft = content.draft
    names = _Names.of(scope, shown, content.outcome["floor"])
    becoming = outcomes(draft)
    return [
        MentorLine(
            mentor_id,
            _said(names.mentors.get(mentor_id)),
            names.wards[draft.mentors[mentor_id].ward],
            becoming[mentor_id],
            [names.line(move, becoming[mentor_id]) for move in moves],
        )
        for mentor_id, moves in groupby(shown, key=lambda move: move.to_mentor)
    ]


def ward_lines(scope: WardScope, content: DraftContent) -> list[WardLine]:
    """Describe the wards in which something changes."""
    names = {ward.code: ward.name for ward in list_wards(scope)}
    found = ward_outcomes(content.draft, floor=content.outcome["floor"])
    return [
        WardLine(ward.ward, names[ward.ward], ward)
        for ward in found
        if any((ward.at_floor, ward.placed, ward.changed))
    ]


def overfull_mentors(scope: WardScope, draft: Draft) -> list[str]:
    """Return the names of mentors to whom the moves that are kept send too many people."""
    overfull = [key for key, outcome in outcomes(draft).items() if outcome.is_overfull]
    return [_said(name) for name in name_mentors(scope, overfull).values()]


def say_draft_proof(outcome: Mapping[str, Any]) -> str:
    """Say how sure it is that no other plan is better."""
    open_aims = [stage["aim"] for stage in outcome["proof"] if not stage["is_optimal"]]
    if not open_aims:
        return _(
            "Đã chứng minh: không cách ghép nào đưa được nhiều mentor đủ người học hơn; cùng mức "
            "đó thì không cách nào ít người chờ hơn, đổi ít cặp hơn hay gần hơn."
        )
    return _(
        "Đây là cách tốt đã tìm được; chưa chứng minh được là tốt nhất về: %(aims)s.",
        aims=", ".join(_(AIM_LABELS[Aim(aim)]) for aim in open_aims),
    )


def say_publication(figures: DraftFigures) -> str:
    """Say exactly what publishing does to whom."""
    placed = figures.waiting_before - figures.waiting_after
    parts = []
    if placed:
        parts.append(_("%(count)s người đang chờ có mentor", count=format_number(placed)))
    if figures.changed:
        parts.append(_("%(count)s người đổi mentor", count=format_number(figures.changed)))
    return _(
        "%(what)s, tính từ hôm nay. Có thể hoàn tác tất cả trong 30 ngày.", what=", ".join(parts)
    )


def name_wards(scope: WardScope, codes: Collection[str]) -> dict[str, str]:
    """Return the names of wards of the scope by their codes."""
    return {ward.code: ward.name for ward in list_wards(scope) if ward.code in codes}


def _reason(move: DraftMove, becoming: MentorOutcome, floor: int) -> MoveReason:
    """What the move is good for by the moves that are kept: others may have been dropped."""
    why = MoveReason(move.why)
    if why is not MoveReason.FILLS_FLOOR or becoming.guided_after >= floor:
        return why
    return MoveReason.ENDS_WAITING if move.from_mentor is None else MoveReason.MAKES_ROOM


def _said(name: PersonName | None) -> str:
    """A name with the birth year where there is another one of that name."""
    if name is None:
        return _("(không còn trong danh sách)")
    return f"{name.full_name} ({name.birth_year})" if name.birth_year else name.full_name
