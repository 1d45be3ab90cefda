"""Who takes on the people that wait: so many of one ward by the mentors of another."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graphs.planning.wards import WardNeed
from graphs.rows import BorderRow


class Service(NamedTuple):
    """People who wait in `ward` and are taken on by mentors `at` a ward, often the same."""

    ward: str
    at: str
    people: int


def unserved(
    needs: Mapping[str, WardNeed],
    borders: Iterable[BorderRow],
    room: Mapping[str, int],
    services: Iterable[Service],
) -> set[str]:
    """Wards with people left over, taken on too far away, or with more than there is room for."""
    joined = {frozenset((border.code_a, border.code_b)) for border in borders}
    taken, placed = Counter[str](), Counter[str]()
    wrong = set()
    for service in services:
        placed[service.ward] += service.people
        taken[service.at] += service.people
        if service.ward != service.at and {service.ward, service.at} not in joined:
            wrong.add(service.ward)
    left = {code for code, need in needs.items() if placed[code] != need.waiting}
    return wrong | left | {code for code in needs if taken[code] > room[code]}
