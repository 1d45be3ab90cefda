"""Which ward with room to spare helps which neighbour, with learners and at the desk."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from graphs.findings import WardStatus
from graphs.geography import distance_km
from graphs.planning.partners import Partnership, Way, find_partners
from graphs.rows import BorderRow
from graphs.ward_means import WardMeans


class Twinning(NamedTuple):
    """Partnerships by taker and giver; what a ward still lacks with all of them, by its code.

    `is_optimal`: it is proven that no plan helps more people, or as many by fewer partnerships.
    """

    partnerships: tuple[Partnership, ...]
    missing: Mapping[str, int]
    is_optimal: bool

    @property
    def people(self) -> int:
        """How many people are helped."""
        return sum(each.people for each in self.partnerships)


def twin_learners(wards: Iterable[WardMeans], borders: Iterable[BorderRow]) -> Twinning:
    """Let mentors with places left take on who waits in bordering wards beyond the own places."""
    wards = list(wards)
    return _twin(
        wards,
        borders,
        {ward.code: ward.free_places for ward in wards},
        {ward.code: ward.missing_places for ward in wards},
    )


def twin_support(wards: Iterable[WardMeans], borders: Iterable[BorderRow]) -> Twinning:
    """Let wards with two or more support people send one to bordering wards that have none.

    A ward of which nothing is known is sent nobody: its first step is another one.
    """
    wards = list(wards)
    return _twin(
        wards,
        borders,
        {ward.code: ward.lendable_posts for ward in wards},
        {
            ward.code: int(ward.posts == 0 and ward.status is not WardStatus.NO_DATA)
            for ward in wards
        },
    )


def _twin(
    wards: Iterable[WardMeans],
    borders: Iterable[BorderRow],
    offers: Mapping[str, int],
    wants: Mapping[str, int],
) -> Twinning:
    by_code = {ward.code: ward for ward in wards}
    ways = _ways(by_code, list(borders), offers, wants)
    found = find_partners(offers, wants, ways)
    left = {code: number for code, number in sorted(wants.items()) if number}
    for way, people in found.partnerships:
        left[way.taker] -= people
    missing = {code: number for code, number in left.items() if number}
    return Twinning(found.partnerships, missing, found.is_optimal)


def _ways(
    wards: Mapping[str, WardMeans],
    borders: Iterable[BorderRow],
    offers: Mapping[str, int],
    wants: Mapping[str, int],
) -> Iterator[Way]:
    """Over each border both ways; between a ward without a border and the nearest that can."""
    joined = set[str]()
    for border in borders:
        if border.code_a in wards and border.code_b in wards:
            joined |= {border.code_a, border.code_b}
            km = distance_km(wards[border.code_a], wards[border.code_b])
            yield Way(border.code_a, border.code_b, km, is_by_sea=False)
            yield Way(border.code_b, border.code_a, km, is_by_sea=False)
    for code in wards.keys() - joined:
        if wants[code] and (giver := _nearest(code, offers, wards)):
            yield Way(giver, code, distance_km(wards[giver], wards[code]), is_by_sea=True)
        if offers[code] and (taker := _nearest(code, wants, wards)):
            yield Way(code, taker, distance_km(wards[code], wards[taker]), is_by_sea=True)


def _nearest(code: str, numbers: Mapping[str, int], wards: Mapping[str, WardMeans]) -> str | None:
    """The nearest other ward with a number; of two as near the one with the lower code."""
    others = sorted(other for other, number in numbers.items() if number and other != code)
    return min(others, key=lambda other: distance_km(wards[code], wards[other]), default=None)
