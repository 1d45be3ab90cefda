"""Who came, who went and who moved between two days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from graphs.rows import MenteeRow, MentorRow, PostRow
from graphs.timeline import is_open

Presence: TypeAlias = Mapping[int, Mapping[str, int]]
"""By person, the spell that is open in each ward; paused or not."""


class Movement(NamedTuple):
    """How many people of one role came, went, or gave up one ward and took on another."""

    joined: int
    left: int
    moved: int


class Movers(NamedTuple):
    """The same people by ids of spells: the later day's, the earlier day's, both of who moved."""

    joined: tuple[int, ...]
    left: tuple[int, ...]
    moved: tuple[tuple[int, int], ...]

    @property
    def movement(self) -> Movement:
        """How many they are."""
        return Movement(len(self.joined), len(self.left), len(self.moved))


def presence(rows: Iterable[MentorRow | MenteeRow | PostRow], day: date) -> Presence:
    """Who has the role on a day, and where; of two spells in one ward the later one."""
    present: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if is_open(row, day):
            wards = present[row.person]
            wards[row.ward] = max(row.id, wards.get(row.ward, row.id))
    return present


def movers(then: Presence, now: Presence) -> Movers:
    """Tell who is there on one of two days alone, and who is elsewhere; each in order of id."""
    moved = []
    for person in then.keys() & now.keys():
        given_up = then[person].keys() - now[person].keys()
        taken_on = now[person].keys() - then[person].keys()
        # Who only took on one more ward, or gave up one of several, is where they were.
        if given_up and taken_on:
            moved.append((then[person][min(given_up)], now[person][min(taken_on)]))
    return Movers(
        joined=_spells(now, then),
        left=_spells(then, now),
        moved=tuple(sorted(moved)),
    )


def _spells(there: Presence, not_there: Presence) -> tuple[int, ...]:
    """One spell of each person who is only there, the first one recorded."""
    return tuple(sorted(min(there[person].values()) for person in there.keys() - not_there.keys()))
