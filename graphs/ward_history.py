"""What became of wards over several days, and what they come to together on each of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from graphs.columns import Flags, Ids, marks_at


class WardHistory(NamedTuple):
    """One ward on each of the days: a row for each day, a column for each spell of its people.

    `mentors` and `mentees` name the person of each spell.
    """

    exists: Flags
    has_data: Flags
    has_support: Flags
    has_support_in_fact: Flags
    mentors: Ids
    is_resting: Flags
    guided: Ids
    guided_in_fact: Ids
    is_working: Flags
    meets_floor: Flags
    meets_floor_in_fact: Flags
    mentees: Ids
    is_mentee: Flags
    is_waiting: Flags


class CoveragePoint(NamedTuple):
    """What the audit's totals say of some wards on a day; people are distinct across the wards."""

    day: date
    wards: int
    wards_no_data: int
    wards_with_support: int
    wards_with_support_in_fact: int
    mentors: int
    mentors_meeting_floor: int
    mentors_meeting_floor_in_fact: int
    mentees: int
    mentees_waiting: int

    @property
    def has_data(self) -> bool:
        """Whether anything is known of any of the wards."""
        return self.wards_no_data < self.wards


class MentorLoad(NamedTuple):
    """How many people an open mentor spell guides, and how many of them in fact."""

    guided: int
    guided_in_fact: int
    is_paused: bool


def month_ends(day: date, *, months: int) -> list[date]:
    """Return the last days of the whole months before a day, and the day itself."""
    first_of_month = np.datetime64(day, "M") - np.arange(months)[::-1]
    last_days = first_of_month.astype("datetime64[D]") - 1
    return [*last_days.tolist(), day]


def coverage_points(
    histories: Collection[WardHistory], days: Sequence[date]
) -> list[CoveragePoint]:
    """Count what the wards have together on each of the days that they were judged on."""
    if not histories:
        return []
    exists = _wards(histories, "exists")
    counts = np.stack(
        [
            exists,
            exists - _wards(histories, "has_data"),
            _wards(histories, "has_support"),
            _wards(histories, "has_support_in_fact"),
            _people(histories, "mentors", "is_working"),
            _people(histories, "mentors", "meets_floor"),
            _people(histories, "mentors", "meets_floor_in_fact"),
            _people(histories, "mentees", "is_mentee"),
            _people(histories, "mentees", "is_waiting"),
        ],
        axis=1,
    )
    return [CoveragePoint(day, *row) for day, row in zip(days, counts.tolist(), strict=True)]


def mentor_loads(histories: Iterable[WardHistory]) -> Counter[MentorLoad]:
    """Count the open mentor spells of the wards by their load, on the last of the days."""
    loads: Counter[MentorLoad] = Counter()
    for history in histories:
        is_open = history.is_working[-1] | history.is_resting[-1]
        of_open = (history.guided, history.guided_in_fact, history.is_resting)
        rows = zip(*(column[-1][is_open].tolist() for column in of_open), strict=True)
        loads.update(MentorLoad(*row) for row in rows)
    return loads


def _wards(histories: Collection[WardHistory], claim: str) -> Ids:
    """Count the wards that something is true of, for each day."""
    counts: Ids = np.stack([getattr(history, claim) for history in histories]).sum(axis=0)
    return counts


def _people(histories: Collection[WardHistory], spells: str, claim: str) -> Ids:
    """Count the distinct people of whom something is true, for each day."""
    persons = np.concatenate([getattr(history, spells) for history in histories])
    claims = np.concatenate([getattr(history, claim) for history in histories], axis=1)
    distinct, place = np.unique(persons, return_inverse=True)
    return np.array([marks_at(place[row], distinct.size).sum() for row in claims])
