"""The fewest new mentors and support people that close every gap, and in which wards."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graphs.planning.covering import Cover, cover_component, cover_ward
from graphs.planning.rows import Reach
from graphs.planning.services import Service, unserved
from graphs.planning.wards import WardNeed, neighbourhoods
from graphs.rows import BorderRow


class WardRecruits(NamedTuple):
    """The new people of one ward, beside the figures that ask for them.

    `waiting` and `spare` are those of the ward today; `from_neighbours` is how many people of
    bordering wards its mentors take on, `to_neighbours` how many of its own go there.
    """

    ward: str
    support: int
    mentors: int
    waiting: int
    spare: int
    from_neighbours: int
    to_neighbours: int


class RecruitmentPlan(NamedTuple):
    """Wards that need somebody, in order of code; who waits is taken on by `services`.

    Fewer than `mentors_bound` new mentors are proven to be too few; support people are one for
    each ward without, so their number needs no proof. `without_data` are wards of which nothing is
    known yet: nobody is proposed there.
    """

    reach: Reach
    capacity: int
    support: int
    mentors: int
    mentors_bound: int
    wards: tuple[WardRecruits, ...]
    services: tuple[Service, ...]
    without_data: tuple[str, ...]

    @property
    def is_optimal(self) -> bool:
        """Whether it is proven that no fewer people do."""
        return self.mentors == self.mentors_bound


def plan_recruitment(
    needs: Iterable[WardNeed], borders: Iterable[BorderRow], *, reach: Reach, capacity: int
) -> RecruitmentPlan:
    """Plan new people for the reach (ward or border); each new mentor takes on `capacity`.

    Among plans with as few people, new mentors go where most wait, then as few people as possible
    leave their ward for a mentor; the answer does not depend on the order of the rows.
    """
    if reach is Reach.PROVINCE or capacity < 1:
        raise ValueError(reach, capacity)
    every = sorted(needs)
    known = {need.code: need for need in every if need.has_data}
    near = neighbourhoods(known, borders if reach is Reach.BORDER else ())
    covers = [
        cover_ward(part[0], capacity) if len(part) == 1 else cover_component(part, near, capacity)
        for part in near.components(known)
    ]
    plan = RecruitmentPlan(
        reach=reach,
        capacity=capacity,
        support=sum(not need.has_support for need in known.values()),
        mentors=sum(sum(cover.mentors.values()) for cover in covers),
        mentors_bound=sum(cover.bound for cover in covers),
        wards=_recruits(known, covers),
        services=tuple(sorted(service for cover in covers for service in cover.services)),
        without_data=tuple(need.code for need in every if not need.has_data),
    )
    if gaps := gaps_left(known, borders, plan):
        raise RuntimeError(gaps)
    return plan


def gaps_left(
    known: Mapping[str, WardNeed], borders: Iterable[BorderRow], plan: RecruitmentPlan
) -> list[str]:
    """The wards that would still lack somebody if the plan were carried out, in order of code."""
    borders = borders if plan.reach is Reach.BORDER else ()
    rows = {row.ward: row for row in plan.wards}
    new = {code: rows[code].mentors if code in rows else 0 for code in known}
    lacking = {
        code
        for code, need in known.items()
        if not (need.has_support or (code in rows and rows[code].support))
        or not (need.has_mentor or new[code])
    }
    room = {code: need.spare + plan.capacity * new[code] for code, need in known.items()}
    return sorted(lacking | unserved(known, borders, room, plan.services))


def _recruits(known: Mapping[str, WardNeed], covers: Iterable[Cover]) -> tuple[WardRecruits, ...]:
    rows = []
    for cover in covers:
        for code, mentors in cover.mentors.items():
            need = known[code]
            if mentors or not need.has_support:
                rows.append(_row(need, mentors, cover.services))
    return tuple(sorted(rows))


def _row(need: WardNeed, mentors: int, services: Iterable[Service]) -> WardRecruits:
    moving = [service for service in services if service.ward != service.at]
    return WardRecruits(
        ward=need.code,
        support=int(not need.has_support),
        mentors=mentors,
        waiting=need.waiting,
        spare=need.spare,
        from_neighbours=sum(move.people for move in moving if move.at == need.code),
        to_neighbours=sum(move.people for move in moving if move.ward == need.code),
    )
