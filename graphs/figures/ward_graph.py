"""One ward's people as a graph: who stands where, who teaches whom, and over which border."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeAlias

import networkx as nx

from graphs.standing import MenteeStanding, MentorStanding, WardStanding
from graphs.timeline import is_open, is_paused


class NodeKind(StrEnum):
    """What a node stands for."""

    POST = "post"
    MENTOR = "mentor"
    MENTEE = "mentee"
    WARD = "ward"

    # A graph hashes its nodes again and again; the enum's own way is written in Python.
    __hash__ = str.__hash__


class Node(NamedTuple):
    """A spell by its id, or a neighbouring ward by its id."""

    kind: NodeKind
    id: int


class Mark(StrEnum):
    """The state that a node is drawn with; a mentor's are those of the audit."""

    SUPPORT = "support"
    SUPPORT_PAUSED = "support_paused"
    BELOW_FLOOR = "below_floor"
    ON_PAPER = "on_paper"
    IN_FACT = "in_fact"
    MENTOR_PAUSED = "mentor_paused"
    MENTOR_ELSEWHERE = "mentor_elsewhere"
    LEARNING = "learning"
    MENTEE_PAUSED = "mentee_paused"
    MENTEE_ELSEWHERE = "mentee_elsewhere"
    COMPLETED = "completed"
    WAITING = "waiting"
    NEIGHBOUR = "neighbour"

    __hash__ = str.__hash__


class Link(StrEnum):
    """What joins two nodes: a pairing that runs, one without a contact, a way to another ward."""

    ACTIVE = "active"
    DORMANT = "dormant"
    ACROSS = "across"

    __hash__ = str.__hash__


PeopleGraph: TypeAlias = "nx.Graph[Node]"


class PairAcross(NamedTuple):
    """An open pairing with somebody of another ward, seen from the ward that is drawn.

    `mentor` and `mentee` are the ids of the spells; `is_mentor_here` says which of them is of the
    ward. The other one belongs to ward `ward_id`, which lies `east` and `north` of the drawn one by
    so many degrees.
    """

    id: int
    mentor: int
    mentee: int
    is_mentor_here: bool
    ward_id: int
    east: float
    north: float


def ward_graph(ward: WardStanding, across: Sequence[PairAcross], *, as_of: date) -> PeopleGraph:
    """Return the ward's people with an open spell, and those elsewhere who are paired with them.

    Each node has a `mark`; mentors of the ward have their `standing`, mentees theirs, wards the
    way there as `east` and `north`. Each edge has a `link`. States are those that the audit gave.
    """
    graph: PeopleGraph = nx.Graph()
    _add_posts(graph, ward, as_of)
    _add_people(graph, ward, as_of)
    _add_pairings(graph, ward, as_of)
    _add_pairs_across(graph, across, {pair.id for pair in ward.mentorships_dormant})
    return graph


def _add_posts(graph: PeopleGraph, ward: WardStanding, as_of: date) -> None:
    for post in ward.posts:
        if is_open(post, as_of):
            mark = Mark.SUPPORT_PAUSED if is_paused(post, as_of) else Mark.SUPPORT
            graph.add_node(Node(NodeKind.POST, post.id), mark=mark)


def _add_people(graph: PeopleGraph, ward: WardStanding, as_of: date) -> None:
    graph.add_nodes_from(
        (
            Node(NodeKind.MENTOR, mentor.row.id),
            {"mark": _mark_of_mentor(mentor), "standing": mentor},
        )
        for mentor in ward.mentors
    )
    graph.add_nodes_from(
        (
            Node(NodeKind.MENTEE, mentee.row.id),
            {"mark": _mark_of_mentee(mentee, as_of), "standing": mentee},
        )
        for mentee in ward.mentees
    )


def _mark_of_mentor(mentor: MentorStanding) -> Mark:
    if mentor.is_paused:
        return Mark.MENTOR_PAUSED
    if not mentor.meets_floor:
        return Mark.BELOW_FLOOR
    return Mark.IN_FACT if mentor.meets_floor_in_fact else Mark.ON_PAPER


def _mark_of_mentee(mentee: MenteeStanding, as_of: date) -> Mark:
    if mentee.waiting_since is not None:
        return Mark.WAITING
    return Mark.MENTEE_PAUSED if is_paused(mentee.row, as_of) else Mark.LEARNING


def _add_pairings(graph: PeopleGraph, ward: WardStanding, as_of: date) -> None:
    """Join mentors and mentees of the ward; who lives elsewhere comes with the pairs across."""
    dormant = {pair.id for pair in ward.mentorships_dormant}
    here = {mentee.id for mentee in ward.mentee_rows}
    graph.add_edges_from(
        (
            Node(NodeKind.MENTOR, pair.mentor),
            Node(NodeKind.MENTEE, pair.mentee),
            {"link": _link(pair.id, dormant)},
        )
        for mentor in ward.mentors
        for pair in mentor.mentorships
        if pair.mentee in here and is_open(pair, as_of)
    )


def _link(pair_id: int, dormant: set[int]) -> Link:
    return Link.DORMANT if pair_id in dormant else Link.ACTIVE


def _add_pairs_across(graph: PeopleGraph, across: Sequence[PairAcross], dormant: set[int]) -> None:
    for pair in across:
        mentor, mentee = Node(NodeKind.MENTOR, pair.mentor), Node(NodeKind.MENTEE, pair.mentee)
        here, elsewhere = (mentor, mentee) if pair.is_mentor_here else (mentee, mentor)
        if here not in graph:
            continue
        neighbour = Node(NodeKind.WARD, pair.ward_id)
        graph.add_node(neighbour, mark=Mark.NEIGHBOUR, east=pair.east, north=pair.north)
        mark = Mark.MENTEE_ELSEWHERE if pair.is_mentor_here else Mark.MENTOR_ELSEWHERE
        graph.add_node(elsewhere, mark=mark)
        graph.add_edge(mentor, mentee, link=_link(pair.id, dormant))
        graph.add_edge(elsewhere, neighbour, link=Link.ACROSS)
