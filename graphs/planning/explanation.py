"""Why a plan cannot bring every mentor to the floor: the arithmetic of each ward."""

from collections import Counter
from collections.abc import Mapping

from graphs.planning.classes import MentorClass, People
from graphs.planning.plan import WardShortage


def shortages(
    people: People,
    lacking: Mapping[MentorClass, int],
    guided: Mapping[int, int],
    still_waiting: set[int],
    *,
    floor: int,
) -> tuple[WardShortage, ...]:
    """The wards where the best plan leaves somebody below the floor, by code.

    `guided`: how many people count for each mentor after the plan.
    """
    mentors: Counter[str] = Counter()
    at_most: Counter[str] = Counter()
    mentees = Counter(people.mentees[mentee].ward for mentee in still_waiting)
    missing: Counter[str] = Counter()
    for row in people.mentors.values():
        mentors[row.ward] += 1
        at_most[row.ward] += guided[row.id] >= floor
        mentees[row.ward] += guided[row.id]
    for key, count in lacking.items():
        missing[key.group.ward] += count
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
