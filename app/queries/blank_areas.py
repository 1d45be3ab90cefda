"""The blank areas of the province that a reader is told of."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.queries.network import list_borders
from app.queries.ward_means import list_ward_means
from app.queries.wards import WardCard, list_wards
from graphs.blank_areas import BlankArea, find_blank_areas
from graphs.findings import WardStatus

EVERYWHERE = WardScope.everywhere()


class BlankAreas(NamedTuple):
    """Areas as of a day, and every ward that may be named in them by its code."""

    as_of: date
    areas: list[BlankArea]
    cards: Mapping[str, WardCard]


def blank_areas_for(scope: WardScope, day: date, uncovered: Collection[WardStatus]) -> BlankAreas:
    """Return the areas in which a ward of the scope lies, in the network of all wards.

    An area does not end where a scope does: who leads one of its wards is told which wards belong
    to it and who could help, as names of wards and numbers, and nothing of anybody there.
    """
    areas = find_blank_areas(list_ward_means(EVERYWHERE, day), list_borders(EVERYWHERE), uncovered)
    own = {card.code for card in list_wards(scope)}
    return BlankAreas(
        as_of=day,
        areas=[area for area in areas if not own.isdisjoint(area.wards)],
        cards={card.code: card for card in list_wards(EVERYWHERE)},
    )
