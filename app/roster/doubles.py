"""Whose row it may be beside the one it is taken for, and what somebody said about that.

A person is named by a reference: `p12` is the recorded person 12, `r5.Mentor` whom row 5 of the
sheet “Mentor” tells of. It stands in addresses of forms and in what is kept of a preview.
"""

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from app.exchange.records import RosterRole, RosterRow, RowPlace
from app.roster.network import Someone
from app.roster.people import NOBODY, PeoplePool
from app.roster.plan import RowPlan

OFFERED_AT_MOST = 6


class Choice(NamedTuple):
    """What was said about a row: it is about `who`, or (None) about none of those shown."""

    who: str | None
    among: tuple[str, ...]


class Doubles:
    """Finds the person of a row as `PeoplePool.find` does, but for what was said about the row."""

    def __init__(
        self,
        pool: PeoplePool,
        choices: Mapping[RowPlace, Choice],
        plans: Mapping[tuple[str, int | None], RowPlan],
    ) -> None:
        self._pool = pool
        self.choices = choices
        self._plans = plans

    def find(self, row: RosterRow, role: RosterRole, ward_id: int) -> Someone | None:
        """Return the person that the row is about, None for somebody new.

        Raises `TwoPeopleError` where several fit and nobody said who it is.
        """
        return self.chosen(row) or self._pool.find(row, role, ward_id, but=self.others(row))

    def chosen(self, row: RosterRow) -> Someone | None:
        """Return who the row was said to be about, if that one is still there."""
        choice = self._choice(row)
        return None if choice is None or choice.who is None else self._someone(choice.who)

    def others(self, row: RosterRow) -> Set[Someone]:
        """Return whom the row was said not to be about."""
        choice = self._choice(row)
        if choice is None or choice.who is not None:
            return NOBODY
        return {one for one in map(self._someone, choice.among) if one is not None}

    def offered(self, row: RosterRow, doubtful: Sequence[Someone]) -> list[str]:
        """Return who is to choose from: those of the choice that was made, and who came since."""
        choice = self._choice(row)
        named = [*(() if choice is None else choice.among), *map(reference_to, doubtful)]
        return list(dict.fromkeys(named))[:OFFERED_AT_MOST]

    def _choice(self, row: RosterRow) -> Choice | None:
        return self.choices.get((row.sheet, row.row_number)) if self.choices else None

    def _someone(self, reference: str) -> Someone | None:
        person_id = person_id_of(reference)
        if person_id is not None:
            return self._pool.known(person_id)
        plan = self._plans.get(place_of(reference))
        return None if plan is None else plan.someone


def reference_to(someone: Someone) -> str:
    """Return the reference to a person; one whom the file makes is that of its first row."""
    if someone.facts is None:
        return f"p{someone.id}"
    row = someone.facts.row
    return f"r{row.row_number}.{row.sheet}"


def person_id_of(reference: str) -> int | None:
    """Return which recorded person a reference names, None where it names a row."""
    return int(reference[1:]) if reference.startswith("p") else None


def place_of(reference: str) -> RowPlace:
    """Return which row a reference names."""
    number, _, sheet = reference[1:].partition(".")
    return sheet, int(number)
