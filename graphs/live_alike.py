"""People of the kept network who seem to be one, while they come, change and are told apart."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from graphs.checks.plausibility import possible_duplicates
from graphs.findings import Finding
from graphs.rows import AlikeRow


class LiveAlike:
    """The rows of alike people. They are few, so the findings of some wards are found when asked.

    Who is alike in some wards depends on those wards alone: what leads out of them is not known
    there.
    """

    __slots__ = ("_found", "_rows")

    def __init__(self, rows: Iterable[AlikeRow]) -> None:
        self._rows: defaultdict[int, set[AlikeRow]] = defaultdict(set)
        self._found: dict[frozenset[str], tuple[Finding, ...]] = {}
        self.put((), rows)

    def put(self, compared: Collection[int], rows: Iterable[AlikeRow]) -> None:
        """Put rows in place of all that name one of the people compared."""
        for person in compared:
            for row in self._rows.pop(person, ()):
                self._rows[row.later if person == row.earlier else row.earlier].discard(row)
        for row in rows:
            self._rows[row.earlier].add(row)
            self._rows[row.later].add(row)
        self._found.clear()

    def findings(self, codes: Collection[str]) -> tuple[Finding, ...]:
        """Return the findings of some wards, in their order; kept until rows are put."""
        wanted = frozenset(codes)
        if wanted not in self._found:
            self._found[wanted] = tuple(sorted(possible_duplicates(self.rows(wanted))))
        return self._found[wanted]

    def rows(self, codes: Collection[str]) -> set[AlikeRow]:
        """Return the rows that lead out of none of the wards."""
        wanted = frozenset(codes)
        return {
            row
            for rows in self._rows.values()
            for row in rows
            if row.earlier_ward in wanted and row.later_ward in wanted
        }
