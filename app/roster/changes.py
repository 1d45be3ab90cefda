"""What a file says otherwise of people who are recorded already: old → new, field by field."""

from collections.abc import Iterator
from typing import NamedTuple

from app.exchange.records import RosterRow
from app.roster.network import Someone
from models.names import fold


class FieldChange(NamedTuple):
    """One field of a person, recorded and in the file; `is_taken`: the file's is to be recorded."""

    name: str
    old: str | int | None
    new: str | int
    is_taken: bool = False

    @property
    def fills(self) -> bool:
        """Say whether nothing is recorded so far."""
        return self.old is None


def changes_of(someone: Someone, row: RosterRow) -> Iterator[FieldChange]:
    """Yield what the row says otherwise of a known person; an empty cell says nothing."""
    told: tuple[tuple[str, str | int | None, str | int | None], ...] = (
        ("birth_year", someone.birth_year, row.birth_year),
        ("gender", someone.gender, row.gender),
        ("phone", someone.phone, row.phone),
    )
    for name, old, new in told:
        if new is not None and new != old:
            yield FieldChange(name, old, new)
    if row.hamlet and fold(row.hamlet) != fold(someone.hamlet or ""):
        yield FieldChange("hamlet", someone.hamlet, row.hamlet)
