"""What changed between two days: a past day of the province is read and judged for seconds."""

from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.queries.audit import picture_of
from app.queries.kept_answers import KeptAnswers
from graphs.comparison import Comparison, compare

# With the findings of a province, each of them takes some megabytes.
MOST_KEPT = 4


class _Asked(NamedTuple):
    ward_ids: frozenset[int] | None
    since: date
    day: date


KEPT: KeptAnswers[_Asked, Comparison] = KeptAnswers(MOST_KEPT)


def compare_days(scope: WardScope, since: date, day: date) -> Comparison:
    """Tell what changed in the scope from a day to another, each with its own settings."""
    return KEPT.answer(
        _Asked(scope.ward_ids, since, day),
        lambda: compare(picture_of(scope, since), picture_of(scope, day)),
    )
