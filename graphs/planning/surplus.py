"""Wards with more mentors than their people can occupy: plain division, ward by ward."""

from collections.abc import Iterable

from graphs.planning.plan import WardShortage
from graphs.ward_means import WardCrew


def mentors_without_people(crews: Iterable[WardCrew], *, floor: int) -> tuple[WardShortage, ...]:
    """The wards where not every mentor at work can reach the floor, by code; `floor` is above 0.

    Each mentor at the floor takes so many people, whoever is with whom; who has to stay with one
    mentor can only make it fewer. People of other wards are left out, unless they are with a mentor
    of the ward already.
    """
    rows = []
    for crew in sorted(crews):
        at_most = crew.people // floor
        if at_most < crew.mentors:
            rows.append(
                WardShortage(
                    ward=crew.code,
                    mentees=crew.people,
                    mentors=crew.mentors,
                    floor=floor,
                    at_most=at_most,
                    missing_mentees=crew.mentors * floor - crew.people,
                    surplus_mentors=crew.mentors - at_most,
                )
            )
    return tuple(rows)
