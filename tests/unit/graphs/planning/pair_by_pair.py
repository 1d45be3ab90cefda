"""The best plan by an integer model with a variable for every pair there may be."""

from collections import Counter

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from graphs.geography import distance_km
from graphs.planning.rows import Reach


def best_values(rows, reach):
    """The aims' values of the best assignment, in the order of the aims."""
    return _PairByPair(rows, reach).values()


class _PairByPair:
    """A column for each mentee with each possible mentor (None: waits), then one for each mentor.

    The mentor's is 1 where the mentor reaches the floor.
    """

    def __init__(self, rows, reach):
        self.mentors = list(rows.mentors)
        self.floor = rows.floor
        self.places = {row.code: row for row in rows.wards}
        self.touching = {frozenset((row.code_a, row.code_b)) for row in rows.borders}
        self.reach = reach
        self.opened = Counter(row.mentor for row in rows.mentees)
        self.pairs = [
            (mentee, mentor)
            for mentee in rows.mentees
            for mentor in (None, *self.mentors)
            if self.may_be(mentee, mentor)
        ]
        self.width = len(self.pairs) + len(self.mentors)

    def may_be(self, mentee, mentor):
        if mentor is None:
            return mentee.mentor is None
        if mentor.id == mentee.mentor:
            return True
        can_talk = not (mentee.languages and mentor.languages) or (
            mentee.languages & mentor.languages
        )
        has_room = mentor.open_fixed + self.opened[mentor.id] < mentor.capacity
        is_near = self.reach is Reach.PROVINCE or mentee.ward == mentor.ward
        if self.reach is Reach.BORDER:
            is_near = is_near or frozenset((mentee.ward, mentor.ward)) in self.touching
        return can_talk and has_room and is_near and mentee.person != mentor.person

    def values(self):
        limits = [*self.rules()]
        found = []
        for costs in self.aims():
            if not costs.any():
                found.append(0)
                continue
            answer = milp(
                costs,
                integrality=np.ones(self.width),
                bounds=Bounds(0, 1),
                constraints=limits,
                options={"mip_rel_gap": 0},
            )
            assert answer.success, answer.message
            found.append(round(costs @ answer.x))
            limits.append(LinearConstraint(costs[None, :], -np.inf, found[-1] + 0.5))
        at_floor, waiting, changes, metres, languages, hamlets = found
        return -at_floor, waiting, changes, metres / 1000, -languages, -hamlets

    def rules(self):
        """Everybody is in one place, nobody takes too many, who is at the floor has enough."""
        mentees = {mentee.id: place for place, (mentee, _) in enumerate(self.pairs)}
        row_of_mentee = {number: row for row, number in enumerate(mentees)}
        row_of_mentor = {mentor.id: row for row, mentor in enumerate(self.mentors)}
        somewhere, taken, counted = [], [], []
        for column, (mentee, mentor) in enumerate(self.pairs):
            somewhere.append((row_of_mentee[mentee.id], column, 1))
            if mentor is not None:
                taken.append((row_of_mentor[mentor.id], column, 1))
                if mentor.id not in mentee.counted_by:
                    counted.append((row_of_mentor[mentor.id], column, 1))
        for row, _ in enumerate(self.mentors):
            counted.append((row, len(self.pairs) + row, -self.floor))
        if mentees:
            yield LinearConstraint(self.matrix(somewhere, len(mentees)), 1, 1)
        if self.mentors:
            # Who has more than the capacity keeps them, and takes nobody.
            room = [max(row.capacity - row.open_fixed, self.opened[row.id]) for row in self.mentors]
            fixed = np.array([row.guided_fixed for row in self.mentors])
            yield LinearConstraint(self.matrix(taken, len(room)), -np.inf, room)
            yield LinearConstraint(self.matrix(counted, len(room)), -fixed, np.inf)

    def matrix(self, entries, height):
        rows, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        shape = height, self.width
        return coo_array((factors, (rows, columns)), shape=shape, dtype=float).tocsr()

    def aims(self):
        """Each aim as costs that are to be least."""
        yield np.array([0.0] * len(self.pairs) + [-1.0] * len(self.mentors))
        for price in (
            lambda _, mentor: mentor is None,
            lambda mentee, mentor: mentee.mentor is not None and self.is_new(mentee, mentor),
            lambda mentee, mentor: self.is_new(mentee, mentor) and self.metres(mentee, mentor),
            lambda mentee, mentor: (
                -(self.is_new(mentee, mentor) and bool(mentee.languages & mentor.languages))
            ),
            lambda mentee, mentor: (
                -(
                    self.is_new(mentee, mentor)
                    and mentee.hamlet is not None
                    and mentee.hamlet == mentor.hamlet
                )
            ),
        ):
            yield np.array([float(price(*pair)) for pair in self.pairs] + [0.0] * len(self.mentors))

    def is_new(self, mentee, mentor):
        return mentor is not None and mentor.id != mentee.mentor

    def metres(self, mentee, mentor):
        if mentee.ward == mentor.ward:
            return 0
        return round(1000 * distance_km(self.places[mentee.ward], self.places[mentor.ward]))
