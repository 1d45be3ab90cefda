"""The people whom a plan may touch, in columns, and who of them are alike for it."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count, repeat
from operator import attrgetter, itemgetter
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from graphs.planning.rows import PlanMentee, PlanMentor, PlanRows

ANYBODY = -1
"""Stands for no hamlet, and for nobody in particular."""
NOBODY = -1
"""Stands for the mentor of who waits."""
BEYOND = -2
"""Stands for a mentor whom the plan does not touch."""

Places = NDArray[np.intp]
Told = TypeVar("Told", "Kind", "Group")
# There are six times as many mentees as all others: read by place, in one go.
_ALIKE = itemgetter(*map(PlanMentee._fields.index, ("ward", "languages", "hamlet")))


class Kind(NamedTuple):
    """Mentees who are alike; `alone` is the id of one who has to be told apart from all others."""

    ward: str
    languages: tuple[int, ...]
    hamlet: int
    alone: int


class Group(NamedTuple):
    """Mentors who are alike to whoever is paired with them; `alone` as with `Kind`."""

    ward: str
    languages: tuple[int, ...]
    hamlet: int
    alone: int


class Shares(NamedTuple):
    """How many of a kind are with a mentor and could be moved away, by mentor and kind."""

    mentors: Places
    kinds: Places
    sizes: Places


@dataclass(frozen=True, slots=True)
class People:
    """Those whom a plan may touch, by id; all others speak of them by their place.

    `mentees` may move or be placed. `kinds` and `groups` are in order; `kind_of` and `group_of`
    tell each person's, `mentor_of` with whom a mentee is. `room`: for how many more people a mentor
    has time. `guided`: how many count towards the floor. `idle` kinds count for their mentor
    whether they are with that mentor or not.
    """

    mentors: Sequence[PlanMentor]
    mentees: Sequence[PlanMentee]
    groups: Sequence[Group]
    kinds: Sequence[Kind]
    group_of: Places
    kind_of: Places
    mentor_of: Places
    room: Places
    guided: Places
    idle: NDArray[np.bool_]

    def mentor(self, number: int) -> PlanMentor:
        """The mentor of this id."""
        return self.mentors[bisect_left(self.mentors, number, key=attrgetter("id"))]

    def mentee(self, number: int) -> PlanMentee:
        """The mentee of this id."""
        return self.mentees[bisect_left(self.mentees, number, key=attrgetter("id"))]

    def shares(self) -> Shares:
        """Who could be moved away from whom."""
        paired = self.mentor_of != NOBODY
        pairs = self.mentor_of[paired] * len(self.kinds) + self.kind_of[paired]
        known, sizes = np.unique(pairs, return_counts=True)
        mentors, kinds = np.divmod(known, max(1, len(self.kinds)))
        return Shares(mentors, kinds, sizes)

    def waiting(self) -> dict[int, int]:
        """How many of each kind wait."""
        sizes = np.bincount(self.kind_of[self.mentor_of == NOBODY], minlength=len(self.kinds))
        return {int(kind): int(sizes[kind]) for kind in np.flatnonzero(sizes)}


def gather(rows: PlanRows, *, wards: Collection[str] | None, by_hamlet: bool) -> People:
    """Put alike people together; with `by_hamlet` only those of one hamlet are alike.

    `wards` (None: all) holds the wards of the mentors and mentees who may be moved or chosen.
    """
    mentors = [row for row in rows.mentors if wards is None or row.ward in wards]
    mentors.sort(key=attrgetter("id"))
    mentees = sorted(rows.mentees, key=attrgetter("id"))
    place_of: dict[int | None, int] = {row.id: place for place, row in enumerate(mentors)}
    place_of[None] = NOBODY
    with_whom = map(place_of.get, map(attrgetter("mentor"), mentees), repeat(BEYOND))
    mentor_of = np.fromiter(with_whom, dtype=np.intp, count=len(mentees))
    opened, guided = _standing(mentors, mentees, mentor_of)
    may_move = mentor_of != BEYOND
    if wards is not None:
        may_move &= np.array([row.ward in wards for row in mentees], dtype=bool)
    if not may_move.all():
        mentees = [row for row, is_so in zip(mentees, may_move, strict=True) if is_so]
        mentor_of = mentor_of[may_move]
    persons = {row.person for row in mentors}
    teaching = persons.intersection(map(attrgetter("person"), mentees))
    kinds, kind_of = _kinds(mentees, teaching, by_hamlet=by_hamlet)
    groups, group_of = _groups(mentors, mentees, teaching, by_hamlet=by_hamlet)
    counted = {row.id for row in mentees if row.counted_by and row.mentor in row.counted_by}
    return People(
        mentors=mentors,
        mentees=mentees,
        groups=groups,
        kinds=kinds,
        group_of=group_of,
        kind_of=kind_of,
        mentor_of=mentor_of,
        room=_places([row.capacity for row in mentors]) - opened,
        guided=guided,
        idle=np.array([kind.alone in counted for kind in kinds], dtype=bool),
    )


def _places(numbers: list[int]) -> Places:
    return np.array(numbers, dtype=np.intp)


def _standing(
    mentors: Sequence[PlanMentor], mentees: Sequence[PlanMentee], mentor_of: Places
) -> tuple[Places, Places]:
    """How many open pairs each mentor has, and how many people who count towards the floor."""
    with_mentor = np.bincount(mentor_of[mentor_of >= 0], minlength=len(mentors))
    again = Counter(
        int(mentor_of[place])
        for place, row in enumerate(mentees)
        if row.counted_by and row.mentor in row.counted_by
    )
    opened = with_mentor + _places([row.open_fixed for row in mentors])
    guided = with_mentor + _places([row.guided_fixed for row in mentors])
    for place, again_there in again.items():
        if place >= 0:
            guided[place] -= again_there
    return opened, guided


def _kinds(
    mentees: Sequence[PlanMentee], teaching: Collection[int], *, by_hamlet: bool
) -> tuple[list[Kind], Places]:
    """Told apart are those who count for a mentor already, and who teach: by person `teaching`."""
    numbers: defaultdict[tuple[str, frozenset[int], int | None], int]
    numbers = defaultdict(count().__next__)
    codes = list(map(numbers.__getitem__, map(_ALIKE, mentees)))
    kinds = [Kind(*_told(*alike, by_hamlet=by_hamlet)) for alike in numbers]
    for place, row in enumerate(mentees):
        if row.counted_by or (teaching and row.person in teaching):
            kinds.append(kinds[codes[place]]._replace(alone=row.id))
            codes[place] = len(kinds) - 1
    return _in_order(kinds, codes)


def _groups(
    mentors: Sequence[PlanMentor],
    mentees: Sequence[PlanMentee],
    learning: Collection[int],
    *,
    by_hamlet: bool,
) -> tuple[list[Group], Places]:
    """Told apart are mentors to whom not everybody is alike: who learn, or have taught before."""
    taught = set(chain.from_iterable(row.counted_by for row in mentees if row.counted_by))
    groups, codes = [], []
    known: dict[tuple[str, frozenset[int], int | None], int] = {}
    for row in mentors:
        alike = row.ward, row.languages, row.hamlet
        is_apart = row.person in learning or row.id in taught
        if is_apart or alike not in known:
            group = Group(*_told(*alike, by_hamlet=by_hamlet))
            groups.append(group._replace(alone=row.id) if is_apart else group)
            if is_apart:
                codes.append(len(groups) - 1)
                continue
            known[alike] = len(groups) - 1
        codes.append(known[alike])
    return _in_order(groups, codes)


def _told(
    ward: str, languages: frozenset[int], hamlet: int | None, *, by_hamlet: bool
) -> tuple[str, tuple[int, ...], int, int]:
    home = hamlet if by_hamlet and hamlet is not None else ANYBODY
    return ward, tuple(sorted(languages)), home, ANYBODY


def _in_order(told: Sequence[Told], codes: Sequence[int]) -> tuple[list[Told], Places]:
    """Those who occur, in order and once each, and the place there of each code."""
    occurring = sorted({told[code] for code in set(codes)})
    place_of: Mapping[Told, int] = {one: place for place, one in enumerate(occurring)}
    places = _places([place_of.get(one, NOBODY) for one in told])
    return occurring, places[np.array(codes, dtype=np.intp)]
