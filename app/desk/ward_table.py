"""The desks of all wards side by side: shares and rates, never a ranking by numbers; pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.queries.desk_wards import WardPlace, WardTally

PER_THOUSAND = 1_000


class DeskOrder(StrEnum):
    """How the table is sorted; raw counts are none of the ways."""

    NAME = "ten"
    REGION = "vung"
    SELF_RELIANCE = "tu-lam"
    LAST_ENTRY = "nhap-cuoi"


class WardDesk(NamedTuple):
    """What the desk of a ward did in some days.

    A ward that never entered a session has no data: its figures are unknown, not 0.
    """

    place: WardPlace
    tally: WardTally
    last_entry_on: date | None

    @property
    def has_data(self) -> bool:
        return self.last_entry_on is not None

    @property
    def self_reliance(self) -> float | None:
        """Return the share of turns that citizens did themselves; None without a turn."""
        return self.tally.by_oneself / self.tally.sessions if self.tally.sessions else None

    @property
    def sessions_per_thousand(self) -> float | None:
        """Return turns for each thousand people living there; None where either is unknown."""
        return self._per_thousand(self.tally.sessions)

    @property
    def people_per_thousand(self) -> float | None:
        """Return people helped for each thousand people living there; None as above."""
        return self._per_thousand(self.tally.people)

    def _per_thousand(self, count: int) -> float | None:
        if not self.has_data or not self.place.population:
            return None
        return count * PER_THOUSAND / self.place.population


def tabulate_desks(
    places: Iterable[WardPlace],
    tallies: Iterable[WardTally],
    last_entries: Mapping[int, date],
    order: DeskOrder = DeskOrder.NAME,
) -> list[WardDesk]:
    """Return a row for each ward, in the order that is wanted, the code breaking ties."""
    known = {tally.ward_id: tally for tally in tallies}
    rows = [
        WardDesk(
            place, known.get(place.id, WardTally(place.id, 0, 0, 0)), last_entries.get(place.id)
        )
        for place in places
    ]
    return sorted(rows, key=_ORDERS[order])


def _by_name(row: WardDesk) -> tuple[object, ...]:
    return row.place.search_text, row.place.code


def _by_region(row: WardDesk) -> tuple[object, ...]:
    return row.place.former_province, row.place.former_district, *_by_name(row)


def _by_self_reliance(row: WardDesk) -> tuple[object, ...]:
    """The lowest share first, as help is needed there; without a share last."""
    share = row.self_reliance
    return share is None, share or 0, *_by_name(row)


def _by_last_entry(row: WardDesk) -> tuple[object, ...]:
    """Those first that never entered anything, then the longest silence."""
    return row.last_entry_on or date.min, *_by_name(row)


_ORDERS: dict[DeskOrder, Callable[[WardDesk], tuple[object, ...]]] = {
    DeskOrder.NAME: _by_name,
    DeskOrder.REGION: _by_region,
    DeskOrder.SELF_RELIANCE: _by_self_reliance,
    DeskOrder.LAST_ENTRY: _by_last_entry,
}
