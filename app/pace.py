"""The pace towards a target: what is needed a week, against what the last four weeks brought."""

from enum import StrEnum
from math import ceil
from typing import NamedTuple

WEEKS_LOOKED_AT = 4
DAYS_LOOKED_AT = 7 * WEEKS_LOOKED_AT


class PaceState(StrEnum):
    """How it stands with a target."""

    REACHED = "reached"
    RUNNING = "running"
    PAST_DUE = "past_due"


class Pace(NamedTuple):
    """What is missing and, while it can be reached, how much of it a week.

    `needed` is None unless there are days left; `weekly` is what a week of the last four brought,
    None where the history is too short.
    """

    state: PaceState
    missing: int
    needed: float | None
    weekly: float | None

    @property
    def is_kept(self) -> bool | None:
        """Whether the last four weeks brought what is needed; None where that is not known."""
        if self.needed is None or self.weekly is None:
            return None
        return self.weekly >= self.needed


def pace_of(*, target: int, reached: int, days_left: int, gained: int | None) -> Pace:
    """Return the pace of a target with so many days left; the due day itself leaves none.

    `gained` is what the last 28 days brought, None where there is no history of 28 days. Needed
    per week = missing ÷ (days left ÷ 7), rounded up to a tenth, so that keeping it is enough.
    """
    missing = max(0, target - reached)
    weekly = None if gained is None else gained / WEEKS_LOOKED_AT
    if missing == 0:
        return Pace(PaceState.REACHED, 0, None, weekly)
    if days_left < 0:
        return Pace(PaceState.PAST_DUE, missing, None, weekly)
    needed = ceil(missing * 70 / days_left) / 10 if days_left else None
    return Pace(PaceState.RUNNING, missing, needed, weekly)
