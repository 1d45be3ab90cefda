"""Different people counted while they come and go."""

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from graphs.paged import Paged
from graphs.rows import MenteeRow

_ID = attrgetter("id")


class Tally:
    """Different people; somebody who was added twice is there until removed twice.

    With `report_to`, another tally gets each of them once. `are_all`: most people of the network
    will be there, which another kind of memory is made for.
    """

    __slots__ = ("_above", "_times")

    def __init__(self, *, are_all: bool = False) -> None:
        self._above: Tally | None = None
        self._times: dict[int, int] | Paged[int] = Paged() if are_all else {}

    def __len__(self) -> int:
        return len(self._times)

    def __iter__(self) -> Iterator[int]:
        return iter(self._times)

    def report_to(self, above: "Tally") -> None:
        """Let another tally know who is here, now and from now on."""
        self._above = above
        for person in self:
            above.add(person)

    def add(self, person: int) -> None:
        """Add a person once more."""
        times = self._times.get(person) or 0
        self._times[person] = times + 1
        if not times and self._above is not None:
            self._above.add(person)

    def remove(self, person: int) -> None:
        """Remove a person who was added before, once."""
        times = (self._times.get(person) or 0) - 1
        if times:
            self._times[person] = times
            return
        self._times.pop(person)
        if self._above is not None:
            self._above.remove(person)


class Roll:
    """A tally that holds the rows of its people, of which there are more than of all others.

    A ward's people lie all over the ids of a province, so they are found by bisection.
    """

    __slots__ = ("_above", "_length", "_people", "_rows")

    def __init__(self) -> None:
        self._above: Tally | None = None
        self._length = 0
        self._people = array("q")
        self._rows: list[MenteeRow] = []

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[int]:
        return (person for person, _ in groupby(self._people))

    @property
    def spells(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def rows(self) -> Sequence[MenteeRow]:
        """All rows in order of id."""
        return self._rows

    def report_to(self, above: Tally) -> None:
        """Let a tally know who is here, now and from now on."""
        self._above = above
        for person in self:
            above.add(person)

    def add(self, row: MenteeRow) -> None:
        """Add a row of a person."""
        insort(self._rows, row, key=_ID)
        place = bisect_left(self._people, row.person)
        is_new = not self._has_at(place, row.person)
        self._people.insert(place, row.person)
        self._length += is_new
        if is_new and self._above is not None:
            self._above.add(row.person)

    def remove(self, row: MenteeRow) -> None:
        """Remove a row that was added before."""
        del self._rows[bisect_left(self._rows, row.id, key=_ID)]
        place = bisect_left(self._people, row.person)
        del self._people[place]
        is_gone = not self._has_at(place, row.person)
        self._length -= is_gone
        if is_gone and self._above is not None:
            self._above.remove(row.person)

    def _has_at(self, place: int, person: int) -> bool:
        return place < len(self._people) and self._people[place] == person
