"""The audit's totals by other graph libraries: rows read raw, a graph of everybody, its counts.

Each is a full rebuild, which is what these libraries are used for: SQL gathers what is no matter of
a network (who somebody is, rests, contacts, the desk), the graph tells who guides whom. They are
imported where they are used, since nothing but these two functions needs them.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.queries.settings import SiteSettings
from bench import plain_sql

GATHER = (
    plain_sql.MET,
    plain_sql.RESTS,
    plain_sql.MENTOR,
    plain_sql.MENTEE,
    plain_sql.PAIR,
    plain_sql.DESK,
    plain_sql.LIFE,
    plain_sql.POSTS,
)
MENTORS = "SELECT id, ward_id, who, paused, capacity FROM mentor"
MENTEES = "SELECT id, ward_id, who, paused, chain, clock_on, returned_on FROM mentee"
PAIRS = "SELECT mentor_id, mentee_id, ward_id, who, running, quiet_since, met FROM pair"
# When the chains of mentee spells were last handed on, paired and parted.
HISTORY = """
SELECT coalesce(k.origin_id, k.id) AS chain, max(s.ended_on) FILTER (WHERE s.ended_on <= :day),
  max(s.started_on)
FROM mentorships s JOIN mentees k ON k.id = s.mentee_id
WHERE s.deleted_at IS NULL AND k.deleted_at IS NULL AND s.started_on <= :day GROUP BY chain
"""
HANDED_ON = """
SELECT coalesce(k.origin_id, k.id) AS chain, max(h.handed_on)
FROM handoffs h JOIN mentees k ON k.id = h.mentee_id
WHERE h.deleted_at IS NULL AND k.deleted_at IS NULL AND h.handed_on <= :day GROUP BY chain
"""
WARDS = """
SELECT w.id, coalesce(l.first_on <= :day, 0), coalesce(p.posts, 0) > 0,
  coalesce(l.desk_on > :desk_after, 0), coalesce(l.entered_at < :silent_before, 1),
  coalesce(d.sessions, 0), coalesce(d.people, 0)
FROM wards w LEFT JOIN life l ON l.ward_id = w.id LEFT JOIN posts p ON p.ward_id = w.id
  LEFT JOIN desk d ON d.ward_id = w.id
WHERE w.valid_to IS NULL OR w.valid_to > :day
"""


class Rows(NamedTuple):
    """What the database holds, as plain tuples in the order of the statements above."""

    wards: Sequence[Any]
    mentors: Sequence[Any]
    mentees: Sequence[Any]
    pairs: Sequence[Any]
    history: dict[int, tuple[str | None, str]]
    handed_on: dict[int, str]


Pairings = Callable[[Rows], Iterator[Sequence[Any]]]
"""Builds the graph; yields for each mentor, in the order of the rows, the pairings beside it."""


def totals_by_rustworkx(
    connection: sqlite3.Connection, day: date, settings: SiteSettings
) -> dict[str, int]:
    """Return the totals of a day from a graph of rustworkx."""
    return _totals(_read(connection, day, settings), _by_rustworkx, day, settings)


def totals_by_igraph(
    connection: sqlite3.Connection, day: date, settings: SiteSettings
) -> dict[str, int]:
    """Return the totals of a day from a graph of igraph."""
    return _totals(_read(connection, day, settings), _by_igraph, day, settings)


def _by_rustworkx(rows: Rows) -> Iterator[Sequence[Any]]:
    import rustworkx

    graph: Any = rustworkx.PyGraph(multigraph=True)
    mentors = graph.add_nodes_from(rows.mentors)
    places = dict(zip((row[0] for row in rows.mentors), mentors, strict=True))
    mentees = _mentee_places(rows, len(rows.mentors))
    graph.add_nodes_from(list(mentees))
    graph.add_edges_from(
        [(places[row[0]], mentees[row[1]], row) for row in rows.pairs if row[0] in places]
    )
    for node in mentors:
        yield [pair for _, _, pair in graph.incident_edge_index_map(node).values()]


def _by_igraph(rows: Rows) -> Iterator[Sequence[Any]]:
    import igraph

    places = {row[0]: place for place, row in enumerate(rows.mentors)}
    mentees = _mentee_places(rows, len(places))
    kept = [row for row in rows.pairs if row[0] in places]
    graph = igraph.Graph(
        n=len(places) + len(mentees), edges=[(places[row[0]], mentees[row[1]]) for row in kept]
    )
    for edges in graph.get_inclist()[: len(places)]:
        yield [kept[edge] for edge in edges]


def _mentee_places(rows: Rows, first: int) -> dict[int, int]:
    """Number the mentees, those who have finished too, whom a mentor still counts."""
    ids = dict.fromkeys(row[0] for row in rows.mentees)
    ids.update(dict.fromkeys(row[1] for row in rows.pairs))
    return {mentee: place for place, mentee in enumerate(ids, start=first)}


def _read(connection: sqlite3.Connection, day: date, settings: SiteSettings) -> Rows:
    values = plain_sql.parameters(day, settings)
    with plain_sql.snapshot(connection):
        for statement in GATHER:
            connection.execute(statement, values)
        return Rows(
            connection.execute(WARDS, values).fetchall(),
            connection.execute(MENTORS).fetchall(),
            connection.execute(MENTEES).fetchall(),
            connection.execute(PAIRS).fetchall(),
            {chain: (ended, begun) for chain, ended, begun in connection.execute(HISTORY, values)},
            dict(connection.execute(HANDED_ON, values).fetchall()),
        )


class _Count:
    """What is counted of mentors and mentees, and which wards have what wrong."""

    def __init__(self) -> None:
        self.people: defaultdict[str, set[int]] = defaultdict(set)
        self.working: Counter[int] = Counter()
        self.spare: Counter[int] = Counter()
        self.waiting: Counter[int] = Counter()
        self.flawed: set[int] = set()


def _totals(rows: Rows, pairings: Pairings, day: date, settings: SiteSettings) -> dict[str, int]:
    values = plain_sql.parameters(day, settings)
    count = _Count()
    _count_mentors(count, rows, pairings, settings.floor)
    paused = {row[0] for row in rows.mentors if row[3]} | {
        -row[0] for row in rows.mentees if row[3]
    }
    running = [row for row in rows.pairs if row[4]]
    _count_waiting(count, rows, {row[1] for row in running}, str(values["waiting_before"]))
    dormant = [
        row[2]
        for row in running
        if row[5] <= values["contact_after"] and row[0] not in paused and -row[1] not in paused
    ]
    count.flawed.update(dormant)
    names = ("mentors", "mentors_paused", "mentors_meeting_floor", "mentors_meeting_floor_in_fact")
    return (
        _ward_totals(count, rows.wards)
        | {name: len(count.people[name]) for name in (*names, "mentees", "mentees_waiting")}
        | {"mentorships_open": len(running), "mentorships_dormant": len(dormant)}
    )


def _count_mentors(count: _Count, rows: Rows, pairings: Pairings, floor: int) -> None:
    for (_, ward, who, is_paused, capacity), pairs in zip(
        rows.mentors, pairings(rows), strict=True
    ):
        if is_paused:
            count.people["mentors_paused"].add(who)
            continue
        load = sum(pair[4] for pair in pairs)
        in_fact = len({pair[3] for pair in pairs if pair[6]})
        count.people["mentors"].add(who)
        count.working[ward] += 1
        count.spare[ward] += max(0, capacity - load)
        if len({pair[3] for pair in pairs}) >= floor:
            count.people["mentors_meeting_floor"].add(who)
        if in_fact >= floor:
            count.people["mentors_meeting_floor_in_fact"].add(who)
        if in_fact < floor or load > capacity:
            count.flawed.add(ward)


def _count_waiting(count: _Count, rows: Rows, paired: set[int], late: str) -> None:
    for mentee, ward, who, is_paused, chain, clock_on, returned_on in rows.mentees:
        count.people["mentees"].add(who)
        if is_paused or mentee in paired:
            continue
        parted_on, paired_on = rows.history.get(chain, (None, ""))
        handed_on = rows.handed_on.get(chain)
        count.people["mentees_waiting"].add(who)
        count.waiting[ward] += 1
        is_pending = handed_on is not None and paired_on < handed_on < late
        if is_pending or max(clock_on, parted_on or "", returned_on or "") < late:
            count.flawed.add(ward)


def _ward_totals(count: _Count, wards: Iterable[Any]) -> dict[str, int]:
    totals: Counter[str] = Counter(
        wards=0, wards_covered=0, wards_critical=0, wards_warning=0, wards_no_data=0
    )
    for ward, has_data, has_support, is_served, is_silent, sessions, people in wards:
        is_critical = not has_support or not count.working[ward]
        is_short = count.waiting[ward] > count.spare[ward]
        is_flawed = ward in count.flawed or is_short or is_silent or not is_served
        state = "critical" if is_critical else "warning" if is_flawed else "covered"
        totals["wards"] += 1
        totals["wards_" + (state if has_data else "no_data")] += 1
        totals["wards_with_support"] += has_support
        totals["wards_with_support_in_fact"] += has_support and is_served
        totals["sessions"] += sessions
        totals["people_helped"] += people
    return dict(totals)
