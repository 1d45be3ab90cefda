"""Can it be as it was recorded? Two records of one person, and sessions entered in a burst.

Notices to be looked at: nobody is accused, and an answer takes them away.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import networkx as nx

from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from graphs.rows import AlikeRow, EntryRow
from graphs.timeline import is_within

MANY_SESSIONS = 10
BURST_SPAN = timedelta(minutes=10)
BURST_DAYS = 30
NIGHT_BEGINS, NIGHT_ENDS = time(22), time(5)
# So that a night lies within one day of entering, a day begins when the night ends.
DAY_BEGINS = timedelta(hours=NIGHT_ENDS.hour)


class BurstSign(StrEnum):
    """What makes a session of a burst stand out; it may be several."""

    SERIES = "series"
    NIGHT = "night"
    SAME_MINUTE = "same_minute"


def possible_duplicates(alike: Iterable[AlikeRow]) -> list[Finding]:
    """Find each group of people who seem to be one, about the latest registered of them."""
    rows = list(alike)
    together: nx.Graph[int] = nx.Graph()
    together.add_edges_from((row.earlier, row.later) for row in rows)
    last_rows: defaultdict[int, list[AlikeRow]] = defaultdict(list)
    for row in rows:
        last_rows[row.later].append(row)
    return [
        _duplicate(last_rows[max(group)], records=len(group))
        for group in nx.connected_components(together)
    ]


def entry_bursts(entries: Iterable[EntryRow], *, as_of: date) -> Iterator[tuple[Finding, date]]:
    """Find each burst of the last days, with its day of entering."""
    return ((_burst(burst), day) for burst, day in bursts_of(entries, as_of=as_of))


def bursts_of(
    entries: Iterable[EntryRow], *, as_of: date
) -> Iterator[tuple[Sequence[EntryRow], date]]:
    """Yield the sessions of each burst, with its day: many like ones at once, or in one night.

    Like are sessions of one ward, account and day of entering, with the same procedure and result.
    Bursts that share a session are one.
    """
    alike: defaultdict[tuple[str, int, int, str, date], list[EntryRow]] = defaultdict(list)
    for row in entries:
        day = entry_day(row.entered_at)
        if is_within(day, BURST_DAYS, as_of=as_of):
            alike[row.ward, row.account, row.procedure, row.result, day].append(row)
    for (*_, day), rows in alike.items():
        yield from ((burst, day) for burst in _bursts(rows))


def burst_signs(burst: Sequence[EntryRow]) -> dict[int, frozenset[BurstSign]]:
    """Return by session of a burst, in order of entering, what makes it stand out.

    It is one of ten within ten minutes, was entered at night, or in one minute with another.
    """
    in_series = {place for first, last in _series(burst) for place in range(first, last + 1)}
    of_minute = Counter(map(_minute, burst))
    signs = {}
    for place, row in enumerate(burst):
        holds = {
            BurstSign.SERIES: place in in_series,
            BurstSign.NIGHT: is_at_night(row.entered_at),
            BurstSign.SAME_MINUTE: of_minute[_minute(row)] > 1,
        }
        signs[row.session] = frozenset(sign for sign, is_so in holds.items() if is_so)
    return signs


def entry_day(entered_at: datetime) -> date:
    """Return the day of entering: it begins at five, so that a night is never torn apart."""
    return (entered_at - DAY_BEGINS).date()


def is_at_night(entered_at: datetime) -> bool:
    """Say whether something was entered between ten in the evening and five in the morning."""
    return entered_at.time() >= NIGHT_BEGINS or entered_at.time() < NIGHT_ENDS


def _bursts(rows: list[EntryRow]) -> Iterator[Sequence[EntryRow]]:
    """Yield runs of like sessions as long as they can be: what overlaps is one."""
    rows.sort(key=lambda row: (row.entered_at, row.session))
    merged: list[tuple[int, int]] = []
    for begin, end in _suspect_runs(rows):
        if merged and begin <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((begin, end))
    return (rows[begin : end + 1] for begin, end in merged)


def _suspect_runs(rows: Sequence[EntryRow]) -> list[tuple[int, int]]:
    """Return first and last place of each ten sessions in ten minutes, and of a night's."""
    runs = _series(rows)
    # The rows are those of one day of entering, whose night lies at its end.
    night = [place for place, row in enumerate(rows) if is_at_night(row.entered_at)]
    if len(night) >= MANY_SESSIONS:
        runs.append((night[0], night[-1]))
    return sorted(runs)


def _series(rows: Sequence[EntryRow]) -> list[tuple[int, int]]:
    """Return first and last place of each ten sessions in ten minutes."""
    last = MANY_SESSIONS - 1
    return [
        (place, place + last)
        for place in range(len(rows) - last)
        if rows[place + last].entered_at - rows[place].entered_at <= BURST_SPAN
    ]


def _minute(row: EntryRow) -> datetime:
    return row.entered_at.replace(second=0, microsecond=0)


def _duplicate(rows: Sequence[AlikeRow], *, records: int) -> Finding:
    subject = rows[0]
    return Finding(
        rule=Rule.POSSIBLE_DUPLICATE,
        ward=min(row.later_ward for row in rows),
        subject=Subject(SubjectKind.PERSON, subject.later),
        measured=records,
        expected=1,
        since=subject.later_registered_on,
        action=ActionCode.COMPARE_PEOPLE,
    )


def _burst(burst: Sequence[EntryRow]) -> Finding:
    first = burst[0]
    return Finding(
        rule=Rule.ENTRY_BURST,
        ward=first.ward,
        subject=Subject(SubjectKind.HELP_SESSION, first.session),
        measured=len(burst),
        expected=MANY_SESSIONS - 1,
        since=first.entered_at.date(),
        action=ActionCode.REVIEW_SESSIONS,
    )
