"""People who are alike for a plan, taken together: a province becomes a few thousand classes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import NamedTuple

from graphs.planning.rows import PlanMentee, PlanMentor, PlanRows

ANYBODY = -1
"""Stands for no hamlet, and for nobody in particular."""


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


class Share(NamedTuple):
    """How many of a kind are with a mentor, and whether they count there only by being paired."""

    kind: Kind
    size: int
    counts: bool


class MentorClass(NamedTuple):
    """Mentors who are alike altogether.

    `open`: open pairs, fixed ones included. `guided`: people who count towards the floor. `shares`:
    who could be moved away from each mentor of the class.
    """

    group: Group
    capacity: int
    open: int
    guided: int
    shares: tuple[Share, ...]

    @property
    def takes(self) -> bool:
        """Whether there is room; who is full takes nobody, whoever may leave."""
        return self.open < self.capacity

    def can_reach(self, floor: int) -> bool:
        """Whether its own capacity lets a mentor of the class reach the floor."""
        if not self.takes:
            return self.guided >= floor
        idle = sum(share.size for share in self.shares if not share.counts)
        return self.guided + idle + self.capacity - self.open >= floor


@dataclass(frozen=True, slots=True)
class People:
    """Those whom a plan may touch, sorted by id, each with the class it belongs to.

    `kinds` holds the mentees that may move or be placed, by id; `classes` the mentors of each
    class, `waiting` the ids of those who wait of each kind, `with_mentor` those who may move.
    """

    mentors: Mapping[int, PlanMentor]
    mentees: Mapping[int, PlanMentee]
    kinds: Mapping[int, Kind]
    classes: Mapping[MentorClass, Sequence[int]]
    waiting: Mapping[Kind, Sequence[int]]
    with_mentor: Mapping[int, Sequence[int]]


def gather(rows: PlanRows, *, wards: Collection[str] | None, by_hamlet: bool) -> People:
    """Put alike people together; with `by_hamlet` only those of one hamlet are alike.

    `wards` (None: all) holds the wards of the mentors and mentees who may be moved or chosen.
    """
    mentors = {row.id: row for row in _within(rows.mentors, wards)}
    everybody = sorted(rows.mentees, key=attrgetter("id"))
    mentees = {row.id: row for row in everybody if _may_move(row, mentors, wards)}
    kinds = _kinds(mentors, mentees, by_hamlet=by_hamlet)
    waiting: defaultdict[Kind, list[int]] = defaultdict(list)
    with_mentor: defaultdict[int, list[int]] = defaultdict(list)
    for row in mentees.values():
        if row.mentor is None:
            waiting[kinds[row.id]].append(row.id)
        else:
            with_mentor[row.mentor].append(row.id)
    people = People(mentors, mentees, kinds, {}, dict(sorted(waiting.items())), with_mentor)
    held = [row for row in everybody if row.id not in mentees and row.mentor in mentors]
    return replace(people, classes=_classes(people, held, by_hamlet=by_hamlet))


def parts_of(people: People, parts: Mapping[str, int]) -> dict[int, People]:
    """The people of each part by its number; `parts` holds that of each ward with a mentor.

    Who waits in a ward beyond all parts is in none.
    """
    classes: defaultdict[int, dict[MentorClass, Sequence[int]]] = defaultdict(dict)
    waiting: defaultdict[int, dict[Kind, Sequence[int]]] = defaultdict(dict)
    for key, mentors in people.classes.items():
        classes[parts[key.group.ward]][key] = mentors
    for kind, mentees in people.waiting.items():
        if kind.ward in parts:
            waiting[parts[kind.ward]][kind] = mentees
    return {
        number: replace(people, classes=classes[number], waiting=waiting[number])
        for number in sorted({*parts.values()})
    }


def _classes(
    people: People, held: Iterable[PlanMentee], *, by_hamlet: bool
) -> dict[MentorClass, list[int]]:
    """The mentors of each class, in order of class; `held` stay with their mentors."""
    stay = Counter(row.mentor for row in held)
    stay_and_count = Counter(row.mentor for row in held if row.mentor not in row.counted_by)
    told_apart = _mentors_told_apart(people.mentors, people.mentees)
    known: dict[tuple[Kind, ...], tuple[Share, ...]] = {}
    classes: defaultdict[MentorClass, list[int]] = defaultdict(list)
    for mentor in people.mentors.values():
        own = people.with_mentor.get(mentor.id, [])
        is_apart = mentor.id in told_apart
        if is_apart:
            shares = _shares(people, mentor.id, own)
        else:
            alike = tuple(people.kinds[mentee] for mentee in own)
            if alike not in known:
                known[alike] = _shares(people, mentor.id, own)
            shares = known[alike]
        group = Group(
            mentor.ward,
            tuple(sorted(mentor.languages)),
            _hamlet(mentor.hamlet, by_hamlet=by_hamlet),
            mentor.id if is_apart else ANYBODY,
        )
        key = MentorClass(
            group=group,
            capacity=mentor.capacity,
            open=mentor.open_fixed + stay[mentor.id] + len(own),
            guided=mentor.guided_fixed
            + stay_and_count[mentor.id]
            + sum(size for _, size, counts in shares if counts),
            shares=shares,
        )
        classes[key].append(mentor.id)
    return {key: classes[key] for key in sorted(classes)}


def _shares(people: People, mentor: int, own: Iterable[int]) -> tuple[Share, ...]:
    sizes = Counter(
        (people.kinds[mentee], mentor not in people.mentees[mentee].counted_by) for mentee in own
    )
    return tuple(sorted(Share(kind, size, counts) for (kind, counts), size in sizes.items()))


def _within(mentors: Iterable[PlanMentor], wards: Collection[str] | None) -> list[PlanMentor]:
    inside = (row for row in mentors if wards is None or row.ward in wards)
    return sorted(inside, key=attrgetter("id"))


def _may_move(
    row: PlanMentee, mentors: Mapping[int, PlanMentor], wards: Collection[str] | None
) -> bool:
    is_inside = wards is None or row.ward in wards
    return is_inside and (row.mentor is None or row.mentor in mentors)


def _kinds(
    mentors: Mapping[int, PlanMentor], mentees: Mapping[int, PlanMentee], *, by_hamlet: bool
) -> dict[int, Kind]:
    teachers = {mentor.person for mentor in mentors.values()}
    known: dict[tuple[str, frozenset[int], int | None], Kind] = {}
    kinds: dict[int, Kind] = {}
    for row in mentees.values():
        alike = row.ward, row.languages, row.hamlet
        kind = known.get(alike)
        if kind is None:
            hamlet = _hamlet(row.hamlet, by_hamlet=by_hamlet)
            kind = Kind(row.ward, tuple(sorted(row.languages)), hamlet, ANYBODY)
            known[alike] = kind
        is_apart = row.counted_by or row.person in teachers
        kinds[row.id] = kind._replace(alone=row.id) if is_apart else kind
    return kinds


def _mentors_told_apart(
    mentors: Mapping[int, PlanMentor], mentees: Mapping[int, PlanMentee]
) -> set[int]:
    """Mentors to whom not everybody of a kind is alike: who learn too, or have taught before."""
    learners = {row.person for row in mentees.values()}
    told_apart = {row.id for row in mentors.values() if row.person in learners}
    for mentee in mentees.values():
        if mentee.counted_by:
            told_apart |= mentee.counted_by
    return told_apart


def _hamlet(hamlet: int | None, *, by_hamlet: bool) -> int:
    return ANYBODY if hamlet is None or not by_hamlet else hamlet
