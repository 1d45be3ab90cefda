"""What falls if one leaves, in the wards of a scope as of a day."""

from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.garbage import without_collection
from app.queries.kept_answers import KeptAnswers
from app.queries.kept_network import kept_network
from app.queries.network import network_rows
from app.queries.settings import get_settings
from graphs.judged import Judged, judge, judged_already
from graphs.network import build_network
from graphs.robustness import Fall, falls

# That of a province takes ten megabytes, that of a ward next to nothing.
MOST_KEPT = 2


class _Asked(NamedTuple):
    ward_ids: frozenset[int] | None
    day: date


_KEPT: KeptAnswers[_Asked, tuple[Fall, ...]] = KeptAnswers(MOST_KEPT)


def falls_in(scope: WardScope, day: date) -> tuple[Fall, ...]:
    """Tell for each support person, mentor and ward of the scope what falls if it leaves.

    What would happen in other wards is not told; the mentees left behind there are.
    """
    return _KEPT.answer(_Asked(scope.ward_ids, day), lambda: _find_falls(scope, day))


def _find_falls(scope: WardScope, day: date) -> tuple[Fall, ...]:
    judged = _judged(scope, day)
    with without_collection():
        return tuple(falls(judged))


def _judged(scope: WardScope, day: date) -> Judged:
    with kept_network(scope, day) as kept:
        if kept is not None:
            return judged_already(kept.live, kept.codes_in(scope))
    settings = get_settings(day)
    rows = network_rows(scope, day, default_capacity=settings.default_capacity)
    return judge(build_network(rows, as_of=day), settings.thresholds)
