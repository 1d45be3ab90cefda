"""Why a plan cannot bring every mentor to the floor: the arithmetic of each ward."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from graphs.planning.classes import People, Places
from graphs.planning.plan import WardShortage


def shortages(
    people: People,
    lacking: Mapping[int, int],
    guided: Places,
    still_waiting: NDArray[np.bool_],
    *,
    floor: int,
) -> tuple[WardShortage, ...]:
    """The wards where the best plan leaves somebody below the floor, by code.

    `lacking` by group; `guided`: how many people count for each mentor after the plan.
    """
    mentors, at_most, mentees = _by_ward(people, guided, floor=floor)
    for place in np.flatnonzero(still_waiting).tolist():
        mentees[people.mentees[place].ward] += 1
    missing: Counter[str] = Counter()
    for place, count in lacking.items():
        missing[people.groups[place].ward] += count
    return tuple(
        WardShortage(
            ward=ward,
            mentees=mentees[ward],
            mentors=mentors[ward],
            floor=floor,
            at_most=at_most[ward],
            missing_mentees=missing[ward],
            surplus_mentors=mentors[ward] - at_most[ward],
        )
        for ward in sorted(mentors)
        if at_most[ward] < mentors[ward]
    )


def _by_ward(people: People, guided: Places, *, floor: int) -> tuple[Counter[str], ...]:
    """The mentors of each ward, those at the floor, and the people who count for them."""
    sums: tuple[Counter[str], ...] = Counter(), Counter(), Counter()
    groups = len(people.groups)
    for of_ward, weights in zip(sums, (None, guided >= floor, guided), strict=True):
        counts = np.bincount(people.group_of, weights, groups)
        for group, count in zip(people.groups, counts.tolist(), strict=True):
            of_ward[group.ward] += int(count)
    return sums
