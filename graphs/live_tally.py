"""Different people counted while they come and go."""

from collections.abc import Iterator

from graphs.live_multimap import Multimap
from graphs.rows import MenteeRow


class Tally:
    """Different people; somebody who was added twice is there until removed twice.

    With `report_to`, another tally gets each of them once.
    """

    __slots__ = ("_above", "_times")

    def __init__(self) -> None:
        self._above: Tally | None = None
        self._times: dict[int, int] = {}

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
        times = self._times.get(person, 0)
        self._times[person] = times + 1
        if not times and self._above is not None:
            self._above.add(person)

    def remove(self, person: int) -> None:
        """Remove a person who was added before, once."""
        times = self._times[person] - 1
        if times:
            self._times[person] = times
            return
        del self._times[person]
        if self._above is not None:
            self._above.remove(person)


class Roll:
    """A tally that holds the rows of its people, of which there are more than of all others."""

    __slots__ = ("_above", "_rows")

    def __init__(self) -> None:
        self._above: Tally | None = None
        self._rows: Multimap[MenteeRow] = Multimap()

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    @property
    def spells(self) -> int:
        """How many rows there are."""
        return self._rows.count

    @property
    def rows(self) -> Iterator[MenteeRow]:
        """All rows, in no particular order."""
        return self._rows.values()

    def report_to(self, above: Tally) -> None:
        """Let a tally know who is here, now and from now on."""
        self._above = above
        for person in self:
            above.add(person)

    def add(self, row: MenteeRow) -> None:
        """Add a row of a person."""
        before = len(self._rows)
        self._rows.add(row.person, row)
        if self._above is not None and len(self._rows) > before:
            self._above.add(row.person)

    def remove(self, row: MenteeRow) -> None:
        """Remove a row that was added before."""
        before = len(self._rows)
        self._rows.remove(row.person, row)
        if self._above is not None and len(self._rows) < before:
            self._above.remove(row.person)
