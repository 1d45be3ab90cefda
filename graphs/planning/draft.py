"""A plan under review: moves that somebody may drop or redirect, and what then becomes of whom."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from graphs.geography import distance_km
from graphs.planning.plan import AssignmentPlan, Move, MoveReason
from graphs.planning.rows import PlanMentee, PlanMentor, PlanRows, PlanWard


class DraftMentor(NamedTuple):
    """A mentor whom a move concerns, as things stand before the plan.

    `guided` counts as the floor does; `open` are pairs.
    """

    id: int
    ward: str
    guided: int
    open: int
    capacity: int


class DraftMove(NamedTuple):
    """A move under review.

    `ward` is the mentee's. `adds` and `takes` say whether the person counts for the floor of the
    new mentor who did not before, and no more for the present one. `proposed` is the mentor whom
    the plan named; `to_mentor` may be another one since. A dropped move is not carried out.
    """

    mentee: int
    ward: str
    from_mentor: int | None
    to_mentor: int
    proposed: int
    distance_km: float
    why: str
    adds: bool
    takes: bool
    is_dropped: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """Moves in the order of the plan, and every mentor in them by id."""

    mentors: Mapping[int, DraftMentor]
    moves: tuple[DraftMove, ...]

    @classmethod
    def of_values(cls, values: Mapping[str, Any]) -> "Draft":
        """Make a draft of what `as_values` returned."""
        mentors = [DraftMentor(*row) for row in values["mentors"]]
        moves = tuple(DraftMove(*row) for row in values["moves"])
        return cls({mentor.id: mentor for mentor in mentors}, moves)

    def as_values(self) -> dict[str, Any]:
        """Return the draft as values that JSON knows."""
        return {
            "mentors": list(map(list, self.mentors.values())),
            "moves": list(map(list, self.moves)),
        }

    @property
    def accepted(self) -> tuple[DraftMove, ...]:
        """The moves that are carried out."""
        return tuple(move for move in self.moves if not move.is_dropped)


class MentorOutcome(NamedTuple):
    """What becomes of a mentor: who counts for the floor and who is with them, before and after.

    `given_away` of those who are with the mentor now go to another one.
    """

    mentor: DraftMentor
    guided_after: int
    open_after: int
    given_away: int

    @property
    def is_overfull(self) -> bool:
        """Whether more people would come than the mentor takes on."""
        return self.open_after > max(self.mentor.capacity, self.mentor.open)


class WardOutcome(NamedTuple):
    """What changes in a ward: mentors at the floor, people who wait no more, pairs changed."""

    ward: str
    at_floor: int
    placed: int
    changed: int


def changed_draft(draft: Draft, changed: DraftMove, mentors: Iterable[DraftMentor] = ()) -> Draft:
    """Return the draft with one move changed, and mentors who were not concerned before."""
    known = {**{mentor.id: mentor for mentor in mentors}, **draft.mentors}
    moves = (changed if move.mentee == changed.mentee else move for move in draft.moves)
    return Draft(known, tuple(moves))


def redirected(
    move: DraftMove, mentee: PlanMentee, mentor: PlanMentor, wards: Iterable[PlanWard]
) -> DraftMove:
    """Return the move with another mentor, taken back where it was dropped."""
    places = {ward.code: ward for ward in wards}
    return move._replace(
        to_mentor=mentor.id,
        distance_km=distance_km(places[mentee.ward], places[mentor.ward]),
        adds=mentor.id not in mentee.counted_by,
        is_dropped=False,
    )


def moves_of(draft: Draft) -> list[Move]:
    """Return the moves that are carried out, as `check_moves` takes them."""
    return [
        Move(
            mentee=move.mentee,
            from_mentor=move.from_mentor,
            to_mentor=move.to_mentor,
            ward=draft.mentors[move.to_mentor].ward,
            distance_km=move.distance_km,
            shares_language=False,
            shares_hamlet=False,
            why=MoveReason(move.why),
        )
        for move in draft.accepted
    ]


def draft_of(rows: PlanRows, plan: AssignmentPlan) -> Draft:
    """Make the draft of a plan that was made for these rows; nothing is dropped."""
    mentors = {row.id: row for row in rows.mentors}
    mentees = {row.id: row for row in rows.mentees}
    concerned = {move.to_mentor for move in plan.moves} | {
        move.from_mentor for move in plan.moves if move.from_mentor is not None
    }
    return Draft(
        mentors=describe_mentors(concerned, mentors, mentees.values()),
        moves=tuple(
            DraftMove(
                mentee=move.mentee,
                ward=mentees[move.mentee].ward,
                from_mentor=move.from_mentor,
                to_mentor=move.to_mentor,
                proposed=move.to_mentor,
                distance_km=move.distance_km,
                why=move.why.value,
                adds=move.to_mentor not in mentees[move.mentee].counted_by,
                takes=move.from_mentor is not None
                and move.from_mentor not in mentees[move.mentee].counted_by,
            )
            for move in plan.moves
        ),
    )


def describe_mentors(
    wanted: Iterable[int], mentors: Mapping[int, PlanMentor], mentees: Iterable[PlanMentee]
) -> dict[int, DraftMentor]:
    """Say of mentors how many people are with them and count for them."""
    opened: Counter[int | None] = Counter()
    counted: dict[int | None, set[int]] = defaultdict(set)
    for mentee in mentees:
        opened[mentee.mentor] += 1
        if mentee.mentor not in mentee.counted_by:
            counted[mentee.mentor].add(mentee.person)
    return {
        key: DraftMentor(
            key,
            mentors[key].ward,
            mentors[key].guided_fixed + len(counted[key]),
            mentors[key].open_fixed + opened[key],
            mentors[key].capacity,
        )
        for key in sorted(wanted)
    }


def outcomes(draft: Draft) -> dict[int, MentorOutcome]:
    """Return what becomes of each mentor of the draft by the moves that are not dropped."""
    guided = {key: mentor.guided for key, mentor in draft.mentors.items()}
    opened = {key: mentor.open for key, mentor in draft.mentors.items()}
    given_away = Counter(move.from_mentor for move in draft.accepted)
    for move in draft.accepted:
        guided[move.to_mentor] += move.adds
        opened[move.to_mentor] += 1
        if move.from_mentor is not None:
            guided[move.from_mentor] -= move.takes
            opened[move.from_mentor] -= 1
    return {
        key: MentorOutcome(mentor, guided[key], opened[key], given_away[key])
        for key, mentor in draft.mentors.items()
    }


def ward_outcomes(draft: Draft, *, floor: int) -> list[WardOutcome]:
    """Return the wards in which something changes, in order of code.

    A mentor counts in the mentor's ward, a mentee in the mentee's, a changed pair in the ward of
    the mentor who gives it up.
    """
    at_floor: Counter[str] = Counter()
    for outcome in outcomes(draft).values():
        mentor = outcome.mentor
        at_floor[mentor.ward] += (outcome.guided_after >= floor) - (mentor.guided >= floor)
    placed = Counter(move.ward for move in draft.accepted if move.from_mentor is None)
    changed = Counter(
        draft.mentors[move.from_mentor].ward
        for move in draft.accepted
        if move.from_mentor is not None
    )
    return [
        WardOutcome(ward, at_floor[ward], placed[ward], changed[ward])
        for ward in sorted({*at_floor, *placed, *changed})
    ]


def fingerprint(rows: PlanRows) -> str:
    """Return a digest that changes with anything of which a plan is made; order does not matter."""
    digest = hashlib.sha256(repr(rows.floor).encode())
    people: tuple[Iterable[PlanMentor | PlanMentee], ...] = (rows.mentors, rows.mentees)
    for kind in people:
        for row in sorted(kind, key=attrgetter("id")):
            digest.update(repr(_in_order(row)).encode())
    return digest.hexdigest()


def _in_order(row: PlanMentor | PlanMentee) -> list[object]:
    """The values of a row, sets in their order."""
    return [sorted(value) if isinstance(value, frozenset) else value for value in row]
