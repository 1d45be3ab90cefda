"""What a ward has for itself, and what is left of that for others."""

from collections.abc import Iterable
from typing import NamedTuple

from graphs.findings import WardStatus
from graphs.standing import MentorStanding


class WardCrew(NamedTuple):
    """The mentors at work of a ward, and `people`: who counts for one of them, or waits there."""

    code: str
    mentors: int
    people: int


def crew_of(code: str, working_mentors: Iterable[MentorStanding], waiting: int) -> WardCrew:
    """Count the mentors at work of a ward and their people; who counts for two counts twice."""
    guided = [mentor.guided for mentor in working_mentors]
    return WardCrew(code, len(guided), sum(guided) + waiting)


class WardMeans(NamedTuple):
    """A ward on the map (its point in degrees) with the figures of its audit.

    `mentors` and `posts` are those at work; `population` is None where nobody has counted.
    """

    code: str
    latitude: float
    longitude: float
    status: WardStatus
    mentors: int
    posts: int
    waiting: int
    spare: int
    population: int | None

    @property
    def free_places(self) -> int:
        """How many people of other wards its mentors can take on, once its own are with them."""
        return max(0, self.spare - self.waiting)

    @property
    def missing_places(self) -> int:
        """How many of its waiting people its own mentors cannot take on."""
        return max(0, self.waiting - self.spare)

    @property
    def lendable_posts(self) -> int:
        """How many of its support staff can be away for a day while somebody stays."""
        return max(0, self.posts - 1)
