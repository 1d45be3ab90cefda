"""The mentors of a crowd who end in one state: what they give, what they take, and who it is."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from graphs.planning.classes import People
from graphs.planning.crowds import Crowd, first_of, rest_of
from graphs.planning.dealing import Leaving, Overdrawn, deal
from graphs.planning.program import Vector

Terms = list[tuple[int, float]]


@dataclass(slots=True)
class Side:
    """The variables of the mentors of a crowd who end in one state, at the floor or not.

    `z` (None: all of the crowd are on this side): that of how many are at the floor. `lacking`:
    that of newcomers who do not exist and fill what is missing; they need no room of their own, for
    whoever can reach the floor has room for so many.
    """

    crowd: Crowd
    is_at_floor: bool
    z: int | None = None
    gives: dict[int, int] = field(default_factory=dict)
    takes: dict[bool, int] = field(default_factory=dict)
    lacking: int | None = None
    is_told_apart: bool = False

    def told_apart(self, kinds: Collection[int]) -> Iterator[int]:
        """Return each kind that has no row of its own yet, the first time; `kinds` have one now."""
        if not self.is_told_apart:
            self.is_told_apart = True
            yield from (kind for kind in self.gives if {kind} != set(kinds))

    def leaving(self, kinds: Iterable[int]) -> Terms:
        """How many more of these kinds leave than come."""
        lost = [(self.gives[kind], 1.0) for kind in kinds]
        won = [(self.takes[True], -1.0)] if True in self.takes else []
        filled = [] if self.lacking is None else [(self.lacking, -1.0)]
        return [*lost, *won, *filled]

    def members(self, values: Vector) -> Crowd:
        """Who is on this side: of a class the first ones are at the floor."""
        if self.z is None:
            return self.crowd
        count = int(values[self.z])
        return first_of(self.crowd, count) if self.is_at_floor else rest_of(self.crowd, count)

    def dealt(self, people: People, values: Vector, *, floor: int) -> list[Leaving] | Overdrawn:
        """Who leaves which mentor, or why that many cannot."""
        given = self._given(values)
        if not given:
            return []
        crowd = self.members(values)
        if not self.is_at_floor:
            return deal(people, crowd, given, floor=None, filled=0)
        filled = self._filled(people, crowd, values, floor=floor)
        return deal(people, crowd, given, floor=floor, filled=filled)

    def overdrawn(self, people: People, values: Vector, *, floor: int) -> Overdrawn | None:
        """Why not so many can leave the mentors at the floor; None where they can.

        Where all are replaced whoever may leave, nobody need be named.
        """
        given = self._given(values)
        if not given or sum(given.values()) <= self._filled(
            people, self.crowd, values, floor=floor
        ):
            return None
        dealt = self.dealt(people, values, floor=floor)
        return dealt if isinstance(dealt, Overdrawn) else None

    def _given(self, values: Vector) -> dict[int, int]:
        return {kind: int(values[one]) for kind, one in self.gives.items() if values[one]}

    def _filled(self, people: People, crowd: Crowd, values: Vector, *, floor: int) -> int:
        """How many come beyond those who are missing today."""
        come = -sum(int(factor * values[one]) for one, factor in self.leaving(()))
        return come + crowd.most_leaving(people, (), floor=floor)
