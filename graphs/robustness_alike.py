"""Alike people whom nobody has to compare any more once one of them has no role left."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import networkx as nx

from graphs.checks.plausibility import possible_duplicates
from graphs.comparison import only_in
from graphs.findings import Finding
from graphs.rows import AlikeRow
from graphs.standing import WardStanding
from graphs.timeline import is_open

Role = tuple[int, str]
"""A person in a ward."""


class AlikeRoles:
    """The rows of alike people, found by who has a role where; they are few."""

    def __init__(self, alike: Sequence[AlikeRow], wards: Iterable[WardStanding], day: date) -> None:
        together: nx.Graph[int] = nx.Graph((row.earlier, row.later) for row in alike)
        group_of = {
            person: number
            for number, people in enumerate(nx.connected_components(together))
            for person in people
        }
        self._groups: defaultdict[int, list[AlikeRow]] = defaultdict(list)
        self._group_of: dict[Role, int] = {}
        for row in alike:
            group = group_of[row.earlier]
            self._groups[group].append(row)
            for role in ((row.earlier, row.earlier_ward), (row.later, row.later_ward)):
                self._group_of[role] = group
        self._open = Counter(role for role in _roles(wards, day) if role in self._group_of)

    def without(self, lost: Iterable[Role]) -> tuple[list[Finding], list[Finding]]:
        """What is found anew, and what no more, when people give up a role each in these wards."""
        counts = Counter(role for role in lost if role in self._group_of)
        gone = {role for role, count in counts.items() if count == self._open[role]}
        opened: list[Finding] = []
        closed: list[Finding] = []
        for group in {self._group_of[role] for role in gone}:
            rows = self._groups[group]
            before, after = possible_duplicates(rows), possible_duplicates(_left(rows, gone))
            opened += only_in(after, before)
            closed += only_in(before, after)
        return opened, closed


def _left(rows: Iterable[AlikeRow], gone: set[Role]) -> Iterable[AlikeRow]:
    return (
        row
        for row in rows
        if (row.earlier, row.earlier_ward) not in gone and (row.later, row.later_ward) not in gone
    )


def _roles(wards: Iterable[WardStanding], day: date) -> Iterator[Role]:
    for ward in wards:
        code = ward.row.code
        yield from ((mentor.row.person, code) for mentor in ward.mentors)
        yield from ((post.person, code) for post in ward.posts if is_open(post, day))
        yield from ((mentee.person, code) for mentee in ward.mentee_rows)
