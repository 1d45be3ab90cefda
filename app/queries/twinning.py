"""Which wards help which neighbours, as far as a reader is told."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.queries.network import list_borders
from app.queries.ward_means import list_ward_means
from app.queries.wards import WardCard, list_wards
from graphs.planning.twinning import Twinning, twin_learners, twin_support
from graphs.ward_means import WardMeans

EVERYWHERE = WardScope.everywhere()


class NeighbourHelp(NamedTuple):
    """Who takes on learners and who sends support as of a day; means and names of all wards."""

    as_of: date
    learners: Twinning
    support: Twinning
    means: Mapping[str, WardMeans]
    cards: Mapping[str, WardCard]

    @property
    def has_help(self) -> bool:
        """Whether anybody helps anybody."""
        return bool(self.learners.partnerships or self.support.partnerships)


def twinning_for(scope: WardScope, day: date) -> NeighbourHelp:
    """Return the partnerships in which a ward of the scope takes part, planned for all wards.

    Help does not end where a scope does: who leads one of the partners is told the other one's
    name, how many people it is about, and the places or posts that are the reason, and nothing of
    anybody there.
    """
    means = list_ward_means(EVERYWHERE, day)
    borders = list_borders(EVERYWHERE)
    own = {card.code for card in list_wards(scope)}
    return NeighbourHelp(
        as_of=day,
        learners=_touching(own, twin_learners(means, borders)),
        support=_touching(own, twin_support(means, borders)),
        means={ward.code: ward for ward in means},
        cards={card.code: card for card in list_wards(EVERYWHERE)},
    )


def _touching(own: AbstractSet[str], found: Twinning) -> Twinning:
    return found._replace(
        partnerships=tuple(
            each for each in found.partnerships if own & {each.way.giver, each.way.taker}
        ),
        missing={code: number for code, number in found.missing.items() if code in own},
    )
