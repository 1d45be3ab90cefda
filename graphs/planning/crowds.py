"""Mentors looked at together: all of a group who are bound to end alike, or a class of alike ones.

What a crowd can give and take is not more than the sum of what its mentors can, and not less: to
each set of kinds belongs the most that can leave at once, and these sets say all there is to say
(sums of g-polymatroids, A. Frank, Connections in Combinatorial Optimization, 2011, ch. 14).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphs.planning.classes import People, Places, Shares


class Offer(NamedTuple):
    """Mentors who are with people of one kind, by id, and with how many each."""

    mentors: Places
    sizes: Places

    @property
    def total(self) -> int:
        return int(self.sizes.sum())


@dataclass(frozen=True, slots=True)
class Crowd:
    """Mentors of one group, by id, all with `takes` and `can_reach` alike.

    `takes`: whether they have room; who is full takes nobody, whoever may leave. `can_reach`:
    whether their own room lets them reach the floor. `offers` by kind: who could leave whom.
    """

    group: int
    takes: bool
    can_reach: bool
    mentors: Places
    offers: Mapping[int, Offer]

    def __len__(self) -> int:
        return len(self.mentors)

    def with_each(self, kind: int) -> Places:
        """How many of the kind are with each mentor."""
        there = np.zeros(len(self), dtype=np.intp)
        offer = self.offers[kind]
        there[np.searchsorted(self.mentors, offer.mentors)] = offer.sizes
        return there

    def most_leaving(self, people: People, kinds: Iterable[int], *, floor: int) -> int:
        """How many more of these kinds can leave than come, with all at the floor."""
        there = np.zeros(len(self), dtype=np.intp)
        for kind in kinds:
            there += self.with_each(kind)
        return int(np.minimum(there, people.guided[self.mentors] - floor).sum())


def crowds(people: People, shares: Shares, *, floor: int) -> list[Crowd]:
    """All mentors in as few crowds as there are groups, with room or not, who can reach or not."""
    takes = people.room > 0
    can_reach = _can_reach(people, shares, floor=floor)
    codes = (people.group_of * 2 + takes) * 2 + can_reach
    known, crowd_of = np.unique(codes, return_inverse=True)
    offers = _offers(people, shares, crowd_of)
    members = _split(np.argsort(crowd_of, kind="stable"), np.bincount(crowd_of))
    return [
        Crowd(code // 4, bool(code // 2 % 2), bool(code % 2), mentors, offers[number])
        for number, (code, mentors) in enumerate(zip(known.tolist(), members, strict=True))
    ]


def classes(people: People, crowd: Crowd) -> Iterator[Crowd]:
    """The mentors of a crowd who are alike altogether, class by class."""
    own: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for kind, offer in sorted(crowd.offers.items()):
        for mentor, size in zip(offer.mentors.tolist(), offer.sizes.tolist(), strict=True):
            own[mentor].append((kind, size))
    alike: defaultdict[tuple[int, int, tuple[tuple[int, int], ...]], list[int]]
    alike = defaultdict(list)
    for mentor in crowd.mentors.tolist():
        key = int(people.guided[mentor]), int(people.room[mentor]), tuple(own[mentor])
        alike[key].append(mentor)
    for (_, _, shares), mentors in alike.items():
        places = np.array(mentors, dtype=np.intp)
        offers = {kind: Offer(places, np.full(len(mentors), size)) for kind, size in shares}
        yield Crowd(crowd.group, crowd.takes, crowd.can_reach, places, offers)


def first_of(crowd: Crowd, count: int) -> Crowd:
    """So many of the mentors of a class; the first ones."""
    return _some_of(crowd, slice(None, count))


def rest_of(crowd: Crowd, count: int) -> Crowd:
    """The mentors of a class after so many."""
    return _some_of(crowd, slice(count, None))


def _some_of(crowd: Crowd, part: slice) -> Crowd:
    offers = {
        kind: Offer(offer.mentors[part], offer.sizes[part]) for kind, offer in crowd.offers.items()
    }
    return replace(crowd, mentors=crowd.mentors[part], offers=offers)


def _can_reach(people: People, shares: Shares, *, floor: int) -> NDArray[np.bool_]:
    """Who can be at the floor; idle mentees may make room for others who count."""
    idle = people.idle[shares.kinds]
    making_room = np.bincount(shares.mentors[idle], shares.sizes[idle], len(people.mentors))
    more = np.where(people.room > 0, people.room + making_room, 0)
    return people.guided + more >= floor


def _offers(people: People, shares: Shares, crowd_of: Places) -> dict[int, dict[int, Offer]]:
    """The offers of each crowd by kind."""
    codes = crowd_of[shares.mentors] * len(people.kinds) + shares.kinds
    order = np.argsort(codes, kind="stable")
    known, sizes = np.unique(codes, return_counts=True)
    mentors, counts = _split(shares.mentors[order], sizes), _split(shares.sizes[order], sizes)
    offers: defaultdict[int, dict[int, Offer]] = defaultdict(dict)
    for code, *offer in zip(known.tolist(), mentors, counts, strict=True):
        crowd, kind = divmod(code, len(people.kinds))
        offers[crowd][kind] = Offer(*offer)
    return offers


def _split(places: Places, sizes: Places) -> list[Places]:
    return np.split(places, np.cumsum(sizes)[:-1]) if len(sizes) else []
