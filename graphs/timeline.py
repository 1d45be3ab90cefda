"""How dates are read: open, paused, within, for, longer than, and since when.

These are the rules of docs/definitions.md, section "Ngày tháng"; nothing else compares dates.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Protocol

from graphs.rows import Pauses

Interval = tuple[date, date | None]
"""Half-open; an end of None has not come yet."""


class Spell(Protocol):
    """What has a start and, perhaps, an end."""

    @property
    def started_on(self) -> date: ...

    @property
    def ended_on(self) -> date | None: ...


class PausableSpell(Spell, Protocol):
    """A spell of a person, who may rest in between."""

    @property
    def pauses(self) -> Pauses: ...


def is_open(spell: Spell, day: date) -> bool:
    """Whether the spell covers the day; on the day it ended it no longer does."""
    return spell.started_on <= day and (spell.ended_on is None or day < spell.ended_on)


def is_paused(spell: PausableSpell, day: date) -> bool:
    """Whether the day lies in a pause; the day of return does not."""
    return bool(spell.pauses) and any(start <= day < end for start, end in spell.pauses)


def last_return(spell: PausableSpell, day: date) -> date | None:
    """The latest return from a pause by the day."""
    return latest(end for _, end in spell.pauses if end <= day)


def is_within(event: date | None, days: int, *, as_of: date) -> bool:
    """Whether the event lies within so many days: as_of − days < event ≤ as_of."""
    return event is not None and as_of - timedelta(days) < event <= as_of


def has_lasted(last: date, days: int, *, as_of: date) -> bool:
    """Whether nothing came for so many days: last ≤ as_of − days."""
    return last <= as_of - timedelta(days)


def is_longer_than(since: date, days: int, *, as_of: date) -> bool:
    """Whether more than so many days have passed: since < as_of − days."""
    return since < as_of - timedelta(days)


def latest(days: Iterable[date | None]) -> date | None:
    """The latest of the days that are known."""
    return max((day for day in days if day is not None), default=None)


def active_intervals(spell: PausableSpell) -> Iterator[Interval]:
    """The spell without its pauses, in order."""
    start = spell.started_on
    for pause_start, pause_end in sorted(spell.pauses):
        if spell.ended_on is not None and spell.ended_on <= pause_start:
            break
        if start < pause_start:
            yield start, pause_start
        start = max(start, pause_end)
    if spell.ended_on is None or start < spell.ended_on:
        yield start, spell.ended_on


def merged(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """The days in at least one of the intervals (of which there is one), without overlaps."""
    by_start = sorted(intervals, key=lambda interval: interval[0])
    start, end = by_start[0]
    for next_start, next_end in by_start[1:]:
        if end is not None and end < next_start:
            yield start, end
            start, end = next_start, next_end
        elif end is not None:
            end = None if next_end is None else max(end, next_end)
    yield start, end


def last_crossing(intervals: Iterable[Interval], *, level: int, as_of: date) -> date | None:
    """The last day by as_of on which the number of running intervals came to the level or left it.

    None when the number never reached the level.
    """
    changes: defaultdict[date, int] = defaultdict(int)
    for start, end in intervals:
        changes[start] += 1
        if end is not None:
            changes[end] -= 1
    crossed_on = None
    running = 0
    for day in sorted(day for day in changes if day <= as_of):
        was_reached = running >= level
        running += changes[day]
        if (running >= level) is not was_reached:
            crossed_on = day
    return crossed_on
