"""People, their roles and their pairings while a file is being planned: known ones and new ones.

A known object has the `id` of its row; a new one has none, and the row of the file that makes it.
"""

from dataclasses import dataclass, field
from datetime import date

from app.exchange.records import RosterRole, RosterRow
from app.queries.roster_details import KnownDetails
from models.enums import ConsentMethod, Gender, GroupBasis


@dataclass(slots=True, eq=False)
class Someone:
    """A person. `hamlet` is a name; the wards are those of the roles.

    New people have `facts`, known ones `details` where a file is compared with them.
    """

    full_name: str
    name_key: str
    birth_year: int | None
    phone: str | None
    gender: Gender | None = None
    hamlet: str | None = None
    id: int | None = None
    spells: list["RoleSpell"] = field(default_factory=list)
    facts: "NewFacts | None" = None
    details: KnownDetails | None = None

    @property
    def has_no_proof(self) -> bool:
        """Say whether nothing but the name is known."""
        return self.phone is None and self.birth_year is None


@dataclass(slots=True)
class NewFacts:
    """What is written about a new person beside the person's own row."""

    ward_id: int
    row: RosterRow
    note: str | None = None
    group_bases: dict[int, tuple[GroupBasis, date] | None] = field(default_factory=dict)
    language_ids: dict[int, None] = field(default_factory=dict)
    consent: tuple[ConsentMethod, date] | None = None


@dataclass(slots=True, eq=False)
class RoleSpell:
    """A person's role in a ward over days `[started_on, ended_on)`.

    `row` is the row of this file that speaks of it; `open_pairings` and `limit` are a mentor's.
    """

    someone: Someone
    role: RosterRole
    ward_id: int
    started_on: date
    ended_on: date | None
    id: int | None = None
    reason_id: int | None = None
    capacity: int | None = None
    row: RosterRow | None = None
    pairings: list["Pairing"] = field(default_factory=list)
    open_pairings: int = 0
    limit: int = 0

    def meets(self, started_on: date, ended_on: date | None) -> bool:
        """Say whether the spell shares a day with `[started_on, ended_on)`."""
        return (ended_on is None or self.started_on < ended_on) and (
            self.ended_on is None or started_on < self.ended_on
        )


@dataclass(slots=True, eq=False)
class Pairing:
    """A mentorship of a mentee's spell. `mentor` is None where the mentor is outside the scope."""

    mentor_key: str
    mentor_phone: str | None
    started_on: date
    ended_on: date | None
    mentor: RoleSpell | None = None
    id: int | None = None
    reason_id: int | None = None
