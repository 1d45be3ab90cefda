"""In which order a ward's people come: in its picture, clockwise, and in its table, downwards."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from graphs.figures.ward_graph import Link, Mark, Node, NodeKind, PeopleGraph
from graphs.standing import MentorStanding
from graphs.timeline import is_open

BY_NEED = (
    Mark.BELOW_FLOOR,
    Mark.ON_PAPER,
    Mark.IN_FACT,
    Mark.MENTOR_PAUSED,
    Mark.MENTOR_ELSEWHERE,
)
_NEED = {mark: place for place, mark in enumerate(BY_NEED)}
_SEATING = {Mark.LEARNING: 0, Mark.MENTEE_ELSEWHERE: 1, Mark.MENTEE_PAUSED: 2}


class Load(NamedTuple):
    """What a mentor carries: counted towards the floor, thereof completed, and guided now."""

    guided: int
    completed: int
    open_now: int


class WardPeople(NamedTuple):
    """A ward's graph as plain dictionaries, which are read faster than its views.

    `known` and `joined` hold the attributes of nodes and of edges, `marked` the nodes of each mark.
    """

    known: Mapping[Node, Mapping[str, Any]]
    joined: Mapping[Node, Mapping[Node, Mapping[str, Any]]]
    marked: Mapping[Mark, list[Node]]

    def mark(self, node: Node) -> Mark:
        """How a node is drawn."""
        mark: Mark = self.known[node]["mark"]
        return mark


def read_people(graph: PeopleGraph) -> WardPeople:
    """Read the graph once; every list is in order of id."""
    known = dict(graph.nodes(data=True))
    marked: defaultdict[Mark, list[Node]] = defaultdict(list)
    for node in sorted(known):
        marked[known[node]["mark"]].append(node)
    return WardPeople(known, dict(graph.adjacency()), marked)


def list_posts(people: WardPeople) -> list[Node]:
    """Support staff, the paused ones too."""
    return sorted([*people.marked[Mark.SUPPORT], *people.marked[Mark.SUPPORT_PAUSED]])


def mentors_by_need(people: WardPeople) -> list[Node]:
    """Those furthest from the floor first, the paused and those of other wards last."""

    def need(node: Node) -> tuple[int, int, int]:
        known = people.known[node]
        standing = known.get("standing")
        return _NEED[known["mark"]], standing.guided if standing else 0, node.id

    return sorted((node for mark in BY_NEED for node in people.marked[mark]), key=need)


def learners_of(people: WardPeople, mentor: Node) -> list[Node]:
    """Those who meet first, then the dormant, who live elsewhere, and the paused."""
    seated = [
        (_SEATING[people.known[node]["mark"]], pairing["link"] is Link.DORMANT, node)
        for node, pairing in people.joined[mentor].items()
        if node.kind is NodeKind.MENTEE
    ]
    return [node for _, _, node in sorted(seated)]


def load_of(people: WardPeople, mentor: Node, as_of: date) -> Load:
    """What the audit says that a mentor carries; of one of another ward only who is drawn."""
    standing: MentorStanding | None = people.known[mentor].get("standing")
    if standing is None:
        return Load(0, 0, len(learners_of(people, mentor)))
    return Load(standing.guided, count_completed(standing, as_of), standing.open_mentorships)


def count_completed(mentor: MentorStanding, as_of: date) -> int:
    """How many people count for a mentor who are no longer guided: they completed this year."""
    if mentor.guided == mentor.open_mentorships == len(mentor.mentorships):
        return 0
    running = {pair.person for pair in mentor.mentorships if is_open(pair, as_of)}
    return mentor.guided - len(running)


def who_stands_apart(people: WardPeople) -> list[Node]:
    """Mentees without a mentor: those who wait longest first, then those who rest."""
    waiting = sorted(
        people.marked[Mark.WAITING],
        key=lambda node: (people.known[node]["standing"].waiting_since, node.id),
    )
    resting = [*people.marked[Mark.MENTEE_PAUSED], *people.marked[Mark.LEARNING]]
    return [*waiting, *sorted(node for node in resting if not people.joined[node])]


def neighbours_of(people: WardPeople, node: Node) -> list[Node]:
    """The other wards that a person is joined with."""
    return [other for other in people.joined[node] if other.kind is NodeKind.WARD]
