"""The people of a ward's network as a table: the same as in its picture, in words and numbers."""

from collections.abc import Iterable, Iterator

from app.figures.figure import Cell, FigureTable
from app.figures.ward_network_words import node_addresses, sign_state
from app.figures.ward_people import WardNetwork
from app.formatting import format_day
from app.texts import _
from graphs.figures.ward_graph import Node, NodeKind
from graphs.figures.ward_order import (
    count_completed,
    learners_of,
    list_posts,
    mentors_by_need,
    who_stands_apart,
)
from graphs.standing import MentorStanding

NO_NUMBERS: tuple[Cell, ...] = (None,) * 5


def network_table(network: WardNetwork) -> FigureTable:
    """Return a row for each mentor with their mentees, each mentee without one, all support staff.

    Where one mentor is looked at alone, the rows are that mentor and the mentees.
    """
    nodes = list(_nodes(network))
    addresses = node_addresses(network)
    return FigureTable(
        headings=(
            str(_("Họ và tên")),
            str(_("Người học được tính")),
            str(_("Mức")),
            str(_("Thực chất")),
            str(_("Đang kèm")),
            str(_("Đã học xong trong năm")),
            str(_("Tình trạng")),
            str(_("Học cùng")),
        ),
        rows=tuple(_row(network, node) for node in nodes),
        links=tuple(addresses.get(node, "") for node in nodes),
    )


def _nodes(network: WardNetwork) -> Iterator[Node]:
    people = network.people
    if network.mentor_id is not None:
        mentor = Node(NodeKind.MENTOR, network.mentor_id)
        yield mentor
        yield from learners_of(people, mentor)
        return
    yield from mentors_by_need(people)
    yield from who_stands_apart(people)
    yield from list_posts(people)


def _row(network: WardNetwork, node: Node) -> tuple[Cell, ...]:
    known = network.people.known[node]
    standing = known.get("standing")
    numbers = NO_NUMBERS
    if isinstance(standing, MentorStanding):
        numbers = (
            standing.guided,
            network.floor,
            standing.guided_in_fact,
            standing.open_mentorships,
            count_completed(standing, network.report.as_of),
        )
    state = sign_state(known["mark"], network.floor)
    since = getattr(standing, "waiting_since", None)
    if since is not None:
        state = str(_("%(state)s từ %(since)s", state=state, since=format_day(since)))
    return network.names[node], *numbers, state, _together_with(network, node)


def _together_with(network: WardNetwork, node: Node) -> str | None:
    """Name whom a mentor guides, or who guides a mentee."""
    if node.kind is NodeKind.MENTOR:
        return _names(network, learners_of(network.people, node))
    return _names(
        network, (one for one in network.people.joined[node] if one.kind is NodeKind.MENTOR)
    )


def _names(network: WardNetwork, nodes: Iterable[Node]) -> str | None:
    return ", ".join(network.names[node] for node in nodes) or None
