"""Shares the people and sessions out among the wards, unevenly and to the last one."""

from collections.abc import Iterable, Mapping, Sequence
from math import floor, sqrt
from random import Random
from typing import NamedTuple

from app.demonstration.places import Place
from app.demonstration.profiles import (
    BELOW_FLOOR,
    COVERED,
    EXHIBITS,
    Mentors,
    Profile,
    Support,
    choose_profile,
)

FLOOR = 5
# In wards where nobody falls below the floor: what a mentor guides, and what comes on top.
MENTEES_PER_MENTOR = 5.15
MENTEES_ON_TOP = 1
MENTEES_FOR_FLAWS = 3
WAITING_WITHOUT_MENTOR = 4
# In so many wards somebody keeps a mentor who is now too far away.
FAR_MOVES = 2


class Size(NamedTuple):
    """How large the made-up network is."""

    mentors: int = 400
    mentees: int = 2_000
    sessions: int = 6_000


class WardPlan(NamedTuple):
    """What one ward is to have.

    `neighbour` borders it, and one of its mentees lives there; another one moved to `moved_to`.
    """

    place: Place
    profile: Profile
    mentors: int
    mentees: int
    sessions: int
    neighbour: str | None
    moved_to: str | None


def plan_wards(places: Sequence[Place], size: Size, *, seed: int) -> list[WardPlan]:
    """Decide what each ward has; the numbers add up to the size."""
    rng = Random(f"{seed}:plan")  # noqa: S311  # made-up data, no secret
    profiles = [choose_profile(rng, place.code) for place in places]
    mentors = _share_out(
        size.mentors, [_mentor_weight(rng, *pair) for pair in _pairs(places, profiles)]
    )
    mentees = _share_mentees(size.mentees, places, profiles, mentors)
    sessions = _share_out(
        size.sessions, [_desk_weight(rng, *pair) for pair in _pairs(places, profiles)]
    )
    neighbours = _choose_neighbours(rng, places, profiles)
    moved_to = neighbours | _choose_far(places, profiles, neighbours)
    return [
        WardPlan(*row, neighbours.get(row[0].code), moved_to.get(row[0].code))
        for row in zip(places, profiles, mentors, mentees, sessions, strict=True)
    ]


def _pairs(places: Sequence[Place], profiles: Sequence[Profile]) -> Iterable[tuple[Place, Profile]]:
    return zip(places, profiles, strict=True)


def _mentor_weight(rng: Random, place: Place, profile: Profile) -> float:
    chance = rng.uniform(0.5, 1.6)
    if not profile.has_data or profile.mentors is Mentors.NONE:
        return 0
    share = 1.4 if place.code in EXHIBITS else chance
    return sqrt(place.population) * share * (1 if profile.is_strict else 1.3)


def _desk_weight(rng: Random, place: Place, profile: Profile) -> float:
    chance = rng.uniform(0.4, 1.8)
    if not profile.has_data or profile.support is Support.NONE:
        return 0
    return sqrt(place.population) * chance * (1 if profile.support is Support.WORKING else 0.3)


def _share_mentees(
    total: int, places: Sequence[Place], profiles: Sequence[Profile], mentors: Sequence[int]
) -> list[int]:
    """Give the strict wards what their mentors need, and what is left to the others."""
    needed = [_needed(*row) for row in zip(places, profiles, mentors, strict=True)]
    left = total - sum(needed)
    if left < 0:
        return _share_out(total, needed)
    weights = [
        0 if profile.is_strict else count for profile, count in zip(profiles, mentors, strict=True)
    ]
    if not any(weights):
        weights = needed
    more = _share_out(left, weights)
    return [first + second for first, second in zip(needed, more, strict=True)]


def _needed(place: Place, profile: Profile, mentors: int) -> int:
    if not profile.has_data:
        return 0
    if not mentors:
        return WAITING_WITHOUT_MENTOR
    if not profile.is_strict:
        return (4 if place.code in EXHIBITS else 2) * mentors
    more = MENTEES_FOR_FLAWS if profile.flaws else MENTEES_ON_TOP
    return round(MENTEES_PER_MENTOR * mentors) + more


def _share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Share by weight with largest remainders; everybody who weighs gets one where it suffices."""
    everyone = [int(weight > 0) for weight in weights]
    least = everyone if sum(everyone) <= total else [0] * len(weights)
    rest = total - sum(least)
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    exact = [rest * weight / whole for weight in weights]
    shares = [floor(share) for share in exact]
    by_remainder = sorted(
        range(len(weights)), key=lambda place: (shares[place] - exact[place], place)
    )
    for place in by_remainder[: rest - sum(shares)]:
        shares[place] += 1
    return [first + second for first, second in zip(least, shares, strict=True)]


def _choose_neighbours(
    rng: Random, places: Sequence[Place], profiles: Sequence[Profile]
) -> dict[str, str]:
    """Choose some wards that teach people of a bordering ward, both of them ordinary ones."""
    plain = _plain(places, profiles)
    bordering = {
        place.code: codes
        for place in places
        if place.code in plain and (codes := [code for code in place.neighbours if code in plain])
    }
    chosen = rng.sample(sorted(bordering), min(len(bordering), max(6, len(places) // 12)))
    return {code: rng.choice(bordering[code]) for code in chosen}


def _choose_far(
    places: Sequence[Place], profiles: Sequence[Profile], neighbours: Mapping[str, str]
) -> dict[str, str]:
    """Choose for a few of them an ordinary ward behind the neighbour, which they do not touch."""
    plain = _plain(places, profiles)
    near = {place.code: place.neighbours for place in places}
    far = {
        code: behind
        for code, neighbour in sorted(neighbours.items())
        for behind in near[neighbour]
        if behind in plain and behind != code and behind not in near[code]
    }
    return dict(list(far.items())[:FAR_MOVES])


def _plain(places: Sequence[Place], profiles: Sequence[Profile]) -> set[str]:
    """The ordinary wards."""
    return {
        place.code
        for place, profile in _pairs(places, profiles)
        if profile in {COVERED, BELOW_FLOOR}
    }
