"""Rows as columns: arrays for questions about many days, with the rules of dates over them.

The rules are those of docs/definitions.md, as in `graphs.timeline` and `graphs.standing`. The
columns of one kind of row all have the same length.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphs.rows import FloorCounts

Ids = NDArray[np.int64]
Days = NDArray[np.datetime64]
Flags = NDArray[np.bool_]

NOT_YET = np.datetime64("9999-12-31", "D")
"""Stands for an end that has not come yet."""
NEVER = np.datetime64("0001-01-01", "D")
"""Stands for an event that did not happen."""


class WardColumns(NamedTuple):
    """Wards, until when they exist, and the first day on which there is anything of them."""

    id: Ids
    valid_to: Days
    first_day: Days


class SpellColumns(NamedTuple):
    """Spells of one role. `rest_key` is what the pauses of a spell are known by."""

    id: Ids
    ward: Ids
    person: Ids
    started_on: Days
    ended_on: Days
    rest_key: Ids


class PauseColumns(NamedTuple):
    """Pauses of one role: of a spell, or of a whole chain of mentee spells."""

    rest_key: Ids
    started_on: Days
    ended_on: Days


class PairingColumns(NamedTuple):
    """Pairings of a mentor spell with a mentee spell; `person` is the mentee's.

    `chain` is the first link, when a move carried the pairing over.
    """

    mentor: Ids
    mentee: Ids
    person: Ids
    started_on: Days
    ended_on: Days
    is_completion: Flags
    chain: Ids


class EventColumns(NamedTuple):
    """Days on which something happened: a contact of a chain, or a ward's desk at work."""

    key: Ids
    day: Days


class HistoryColumns(NamedTuple):
    """All that happened in some wards, in any order.

    Pairings are those whose mentor or whose mentee belongs to the wards, `contacts` those of their
    chains, `desk` the days with a help session or a performed duty turn.
    """

    wards: WardColumns
    posts: SpellColumns
    post_pauses: PauseColumns
    mentors: SpellColumns
    mentor_pauses: PauseColumns
    mentees: SpellColumns
    mentee_pauses: PauseColumns
    pairings: PairingColumns
    contacts: EventColumns
    desk: EventColumns


def are_open(started_on: Days, ended_on: Days, day: np.datetime64) -> Flags:
    """Which spells cover the day; on the day it ended a spell no longer does."""
    return (started_on <= day) & (day < ended_on)


def are_paused(spells: SpellColumns, pauses: PauseColumns, day: np.datetime64) -> Flags:
    """Which spells rest on the day."""
    resting = pauses.rest_key[are_open(pauses.started_on, pauses.ended_on, day)]
    return np.isin(spells.rest_key, resting)


def are_within(events: Days, days: int, day: np.datetime64) -> Flags:
    """Which events lie within so many days: day − days < event ≤ day."""
    return (day - np.timedelta64(days, "D") < events) & (events <= day)


def count_until(pairings: PairingColumns, floor_counts: FloorCounts) -> Days:
    """Until when each mentee counts for the mentor: the end, or the 1 January after a completion.

    The latter only where completions count.
    """
    if floor_counts is not FloorCounts.COMPLETED:
        return pairings.ended_on
    new_year = (pairings.ended_on.astype("datetime64[Y]") + 1).astype("datetime64[D]")
    return np.where(pairings.is_completion, new_year, pairings.ended_on)


def marks_at(places: Ids, size: int) -> Flags:
    """Return so many flags, raised at the places."""
    flags = np.zeros(size, dtype=bool)
    flags[places] = True
    return flags


class Places:
    """Where each id stands in a column of distinct ids."""

    def __init__(self, ids: Ids) -> None:
        self._order = np.argsort(ids, kind="stable")
        self._sorted = ids[self._order]

    def of(self, ids: Ids) -> Ids:
        """Return the place of each id; −1 for one that is not in the column."""
        places = np.full(ids.size, -1, dtype=np.int64)
        if self._sorted.size:
            nearest = np.minimum(np.searchsorted(self._sorted, ids), self._sorted.size - 1)
            is_found = self._sorted[nearest] == ids
            places[is_found] = self._order[nearest[is_found]]
        return places


class LastDays:
    """The last event of each key by a day that moves forward."""

    def __init__(self, events: EventColumns, keys: Ids) -> None:
        distinct, self._place_of_key = np.unique(keys, return_inverse=True)
        places = Places(distinct).of(events.key)
        order = np.argsort(events.day, kind="stable")
        order = order[places[order] >= 0]
        self._places, self._days = places[order], events.day[order]
        self._last = np.full(distinct.size, NEVER)
        self._seen = 0

    def by(self, day: np.datetime64) -> Days:
        """Return the last day by the day for each key, or `NEVER`; days must come in order."""
        until = int(np.searchsorted(self._days, day, side="right"))
        fresh = slice(self._seen, until)
        # Of several values for one place numpy keeps the last one, which is the latest day.
        self._last[self._places[fresh]] = self._days[fresh]
        self._seen = until
        return self._last[self._place_of_key]
