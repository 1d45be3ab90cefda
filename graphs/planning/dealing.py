"""Who leaves which mentor, once it is known how many of each kind leave a crowd."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from graphs.planning.classes import People, Places
from graphs.planning.crowds import Crowd

Leaving = tuple[int, int]
"""The place of a mentor, and a kind of which somebody leaves."""
EXHAUSTED = np.iinfo(np.intp).min


class Overdrawn(NamedTuple):
    """Kinds of which more leave than the mentors at the floor can let go."""

    kinds: tuple[int, ...]


def deal(
    people: People, crowd: Crowd, given: Mapping[int, int], *, floor: int | None, filled: int
) -> list[Leaving] | Overdrawn:
    """Leavers for each kind `given`, so that those who come bring all mentors to the floor.

    `filled`: how many places that the leavers open are filled again; with `floor` None it does not
    matter how many. In turn somebody leaves who guides most.
    """
    free = people.guided[crowd.mentors] - (floor or 0)
    if floor is not None:
        free = np.maximum(free, 0)
    there = {kind: crowd.with_each(kind) for kind in given}
    dealt = list(_in_turn(given, free.copy(), there))
    taken = np.bincount([member for member, _ in dealt], minlength=len(crowd))
    if floor is not None and len(crowd) > 1 and np.maximum(taken - free, 0).sum() > filled:
        found = _by_flow(given, free, there, filled=filled)
        if isinstance(found, Overdrawn):
            return found
        dealt = found
    return [(int(crowd.mentors[member]), kind) for member, kind in dealt]


def _in_turn(
    given: Mapping[int, int], free: Places, there: Mapping[int, Places]
) -> Iterator[Leaving]:
    """From whoever has most left to give, one by one."""
    for kind, count in given.items():
        still = there[kind].copy()
        for _ in range(count):
            member = int(np.where(still > 0, free, EXHAUSTED).argmax())
            still[member] -= 1
            free[member] -= 1
            yield member, kind


def _by_flow(
    given: Mapping[int, int], free: Places, there: Mapping[int, Places], *, filled: int
) -> list[Leaving] | Overdrawn:
    """As many as can leave by what is free, the others wherever somebody is left.

    Where even so more leave than are `filled` again, the least cut says which kinds it is about.
    """
    room = _network(given, free, there)
    flow = maximum_flow(room, 0, room.shape[0] - 1)
    if sum(given.values()) - flow.flow_value > filled:
        rest = csr_array(room - flow.flow)
        rest.eliminate_zeros()
        reached = set(breadth_first_order(rest, 0, return_predecessors=False).tolist())
        return Overdrawn(tuple(kind for number, kind in enumerate(given, 1) if number in reached))
    dealt = []
    for number, (kind, count) in enumerate(given.items(), 1):
        leaving = flow.flow[[number], 1 + len(given) : -1].toarray()[0]
        still = np.repeat(np.arange(len(free)), there[kind] - leaving)
        dealt += [(int(member), kind) for member in np.repeat(np.arange(len(free)), leaving)]
        dealt += [(int(member), kind) for member in still[: count - leaving.sum()]]
    return dealt


def _network(given: Mapping[int, int], free: Places, there: Mapping[int, Places]) -> csr_array:
    """From a source to the kinds, on to the mentors who have them, and to a sink."""
    kinds, members = np.arange(1, 1 + len(given)), 1 + len(given) + np.arange(len(free))
    sink = 1 + len(given) + len(free)
    starts = [np.zeros_like(kinds), np.repeat(kinds, len(free)), members]
    ends = [kinds, np.tile(members, len(given)), np.full_like(members, sink)]
    rooms = [np.array(list(given.values())), np.concatenate(list(there.values())), free]
    places = np.concatenate(starts), np.concatenate(ends)
    network = coo_array((np.concatenate(rooms).astype(np.int32), places), shape=(sink + 1,) * 2)
    return csr_array(network)
