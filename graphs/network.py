"""Rows as of a date → the network: who belongs to which ward, who is paired, which wards touch."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

import networkx as nx

from graphs.rows import (
    AlikeRow,
    BorderRow,
    DeskRow,
    EntryRow,
    MenteeRow,
    MentorRow,
    MentorshipRow,
    NetworkRows,
    PostRow,
    WardRow,
)
from graphs.timeline import is_open, is_paused


class _InWard(Protocol):
    @property
    def ward(self) -> str: ...


_RowT = TypeVar("_RowT", bound=_InWard)


@dataclass(frozen=True, slots=True)
class Network:
    """The rows of a date, each where it is looked for.

    `wards` (in order of code) are the wards that are reported; spells of other wards may be
    present because a pairing leads there, and are counted nowhere. `alike` and `entries` are those
    of the reported wards alone. `borders` has a node for each
    ward code and an edge, with its `border_km`, for each pair of wards that touch. `paired` and
    `paused_mentees` hold ids of mentee spells.
    """

    as_of: date
    wards: Mapping[str, WardRow]
    borders: "nx.Graph[str]"
    posts: Mapping[str, Sequence[PostRow]]
    mentors: Mapping[str, Sequence[MentorRow]]
    mentees: Mapping[str, Sequence[MenteeRow]]
    mentorships: Mapping[int, Sequence[MentorshipRow]]
    paired: frozenset[int]
    paused_mentees: frozenset[int]
    desk: Mapping[str, DeskRow]
    alike: Sequence[AlikeRow]
    entries: Sequence[EntryRow]


class ReportedPeople(NamedTuple):
    """The rows about people of the reported wards; the mentorships are those of their mentors."""

    posts: Sequence[PostRow]
    mentors: Sequence[MentorRow]
    mentees: Sequence[MenteeRow]
    mentorships: Sequence[MentorshipRow]


def reported_people(network: Network) -> ReportedPeople:
    """Everybody of the wards that are reported."""

    def of_wards(rows: Mapping[str, Sequence[_RowT]]) -> list[_RowT]:
        return [row for code in network.wards for row in rows.get(code, ())]

    mentors = of_wards(network.mentors)
    return ReportedPeople(
        posts=of_wards(network.posts),
        mentors=mentors,
        mentees=of_wards(network.mentees),
        mentorships=[row for each in mentors for row in network.mentorships.get(each.id, ())],
    )


def build_network(rows: NetworkRows, *, as_of: date) -> Network:
    """Put the rows where they are looked for; one pass over each kind."""
    wards = {ward.code: ward for ward in sorted(rows.wards, key=attrgetter("code"))}
    mentees = list(rows.mentees)
    mentorships = list(rows.mentorships)
    return Network(
        as_of=as_of,
        wards=wards,
        borders=border_graph(wards, rows.borders),
        posts=_by_ward(rows.posts),
        mentors=_by_ward(rows.mentors),
        mentees=_by_ward(mentees),
        mentorships=_by_mentor(mentorships),
        paired=frozenset(pair.mentee for pair in mentorships if is_open(pair, as_of)),
        paused_mentees=frozenset(mentee.id for mentee in mentees if is_paused(mentee, as_of)),
        desk={row.ward: row for row in rows.desk},
        alike=[row for row in rows.alike if {row.earlier_ward, row.later_ward} <= wards.keys()],
        entries=[row for row in rows.entries if row.ward in wards],
    )


def border_graph(codes: Iterable[str], borders: Iterable[BorderRow]) -> "nx.Graph[str]":
    """A node for each ward code, an edge with its `border_km` for each two wards that touch."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(codes)
    graph.add_weighted_edges_from(borders, weight="border_km")
    return graph


def _by_ward(rows: Iterable[_RowT]) -> dict[str, list[_RowT]]:
    grouped: defaultdict[str, list[_RowT]] = defaultdict(list)
    for row in rows:
        grouped[row.ward].append(row)
    return dict(grouped)


def _by_mentor(mentorships: Iterable[MentorshipRow]) -> dict[int, list[MentorshipRow]]:
    grouped: defaultdict[int, list[MentorshipRow]] = defaultdict(list)
    for mentorship in mentorships:
        grouped[mentorship.mentor].append(mentorship)
    return dict(grouped)
