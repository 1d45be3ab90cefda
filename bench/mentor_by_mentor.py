"""The aims of a plan of assignments by an integer model with a node for every mentor."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from graphs.geography import distance_km
from graphs.planning.rows import PlanMentee, PlanMentor, PlanRows, Reach, may_talk

METRES_PER_KM = 1000
Alike = tuple[str, frozenset[int], int | None, int | None]


class _New(NamedTuple):
    """So many alike mentees may come to a mentor; `like` is one of them."""

    alike: Alike
    mentor: PlanMentor
    like: PlanMentee


def best_values(rows: PlanRows, reach: Reach) -> tuple[float, ...]:
    """The best values: mentors at the floor, waiting, changes, km, languages, hamlets in common.

    Raises ValueError where HiGHS gives up.
    """
    model = _Model(rows, reach)
    at_floor, waiting, kept, metres, languages, hamlets = map(model.least, model.aims())
    paired = sum(row.mentor is not None for row in rows.mentees)
    return (
        -at_floor,
        waiting,
        paired + kept,
        metres / METRES_PER_KM,
        -languages,
        -hamlets,
    )


class _Model:
    """Variables: who reaches the floor, who stays and who comes where, who is still waiting."""

    def __init__(self, rows: PlanRows, reach: Reach) -> None:
        self.mentors = list(rows.mentors)
        self.mentees = list(rows.mentees)
        teachers = {row.person for row in self.mentors}
        kinds = {row.id: _alike(row, teachers) for row in self.mentees}
        self.stays = list(
            {
                (kinds[row.id], row.mentor): row for row in self.mentees if row.mentor is not None
            }.items()
        )
        self.current = Counter((kinds[row.id], row.mentor) for row in self.mentees)
        likes = {kinds[row.id]: row for row in self.mentees}
        self.opened = Counter(row.mentor for row in self.mentees)
        self.news = list(self._news(rows, reach, likes))
        self.places = {row.code: row for row in rows.wards}
        self.kinds = list(likes)
        self.width = len(self.mentors) + len(self.stays) + len(self.news) + len(self.kinds)
        self.rows = [*self._tied(rows.floor)]
        self.upper = np.array(
            [1.0] * len(self.mentors)
            + [float(self.current[key]) for key, _ in self.stays]
            + [np.inf] * len(self.news)
            + [float(self.current[kind, None]) for kind in self.kinds]
        )

    def _news(self, rows: PlanRows, reach: Reach, likes: dict[Alike, PlanMentee]) -> Iterator[_New]:
        touching = {(row.code_a, row.code_b) for row in rows.borders}
        near = touching | {(b, a) for a, b in touching} if reach is Reach.BORDER else set()
        room = [row for row in self.mentors if row.open_fixed + self.opened[row.id] < row.capacity]
        for alike, like in likes.items():
            for mentor in room:
                is_near = (
                    reach is Reach.PROVINCE
                    or like.ward == mentor.ward
                    or (like.ward, mentor.ward) in near
                )
                if is_near and like.person != mentor.person and may_talk(mentor, like):
                    yield _New(alike, mentor, like)

    def _tied(self, floor: int) -> Iterator[LinearConstraint]:
        """Everybody is somewhere; a mentor at the floor has enough; nobody gets too many."""
        number = {row.id: place for place, row in enumerate(self.mentors)}
        kind_number = {kind: place for place, kind in enumerate(self.kinds)}
        first_stay = len(self.mentors)
        first_new = first_stay + len(self.stays)
        first_left = first_new + len(self.news)
        kinds, guided, opened = [], [], []
        for place, ((kind, mentor), like) in enumerate(self.stays, first_stay):
            kinds.append((kind_number[kind], place, 1.0))
            opened.append((number[mentor], place, 1.0))
            if mentor not in like.counted_by:
                guided.append((number[mentor], place, 1.0))
        for place, new in enumerate(self.news, first_new):
            kinds.append((kind_number[new.alike], place, 1.0))
            opened.append((number[new.mentor.id], place, 1.0))
            if new.mentor.id not in new.like.counted_by:
                guided.append((number[new.mentor.id], place, 1.0))
        kinds.extend((place, first_left + place, 1.0) for place in range(len(self.kinds)))
        guided.extend((place, place, -float(floor)) for place in range(len(self.mentors)))
        totals: Counter[Alike] = Counter()
        for (kind, _), size in self.current.items():
            totals[kind] += size
        everybody = np.array([float(totals[kind]) for kind in self.kinds])
        fixed = np.array([float(row.guided_fixed) for row in self.mentors])
        room = np.array(
            [float(max(row.capacity - row.open_fixed, self.opened[row.id])) for row in self.mentors]
        )
        yield LinearConstraint(self._matrix(kinds, len(self.kinds)), everybody, everybody)
        yield LinearConstraint(self._matrix(guided, len(fixed)), -fixed, np.inf)
        yield LinearConstraint(self._matrix(opened, len(room)), -np.inf, room)

    def _matrix(self, entries: list[tuple[int, int, float]], height: int) -> coo_array:
        rows, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (height, self.width)
        return coo_array((factors, (rows, columns)), shape=shape, dtype=float).tocsr()

    def aims(self) -> Iterator[NDArray[np.float64]]:
        """Each aim as costs: at the floor, waiting, kept, metres, languages, hamlets in common."""
        parts = (len(self.mentors), len(self.stays), len(self.news), len(self.kinds))

        def costs(part: int, prices: list[float]) -> NDArray[np.float64]:
            return np.concatenate(
                [prices if place == part else np.zeros(size) for place, size in enumerate(parts)]
            )

        yield costs(0, [-1.0] * parts[0])
        yield costs(3, [1.0] * parts[3])
        yield costs(1, [-1.0] * parts[1])
        yield costs(2, [float(self._metres(new)) for new in self.news])
        yield costs(
            2, [-float(bool(new.like.languages & new.mentor.languages)) for new in self.news]
        )
        yield costs(2, [-float(_is_one_hamlet(new.like, new.mentor)) for new in self.news])

    def _metres(self, new: _New) -> int:
        one, other = self.places[new.like.ward], self.places[new.mentor.ward]
        return round(METRES_PER_KM * distance_km(one, other))

    def least(self, costs: NDArray[np.float64]) -> int:
        """The least cost, which then stays a limit for the aims that follow."""
        if not costs.any():
            return 0
        found = milp(
            costs,
            integrality=np.ones(self.width),
            bounds=Bounds(np.zeros(self.width), self.upper),
            constraints=self.rows,
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            raise ValueError(found.message)
        value = round(float(costs @ found.x))
        self.rows.append(LinearConstraint(costs[None, :], -np.inf, value + 0.5))
        return value


def _alike(row: PlanMentee, teachers: set[int]) -> Alike:
    is_apart = row.counted_by or row.person in teachers
    return row.ward, row.languages, row.hamlet, row.id if is_apart else None


def _is_one_hamlet(mentee: PlanMentee, mentor: PlanMentor) -> bool:
    return mentee.hamlet is not None and mentee.hamlet == mentor.hamlet
