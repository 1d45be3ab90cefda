"""Who is in the network of one ward as of a day, with names: what its picture and table tell."""

from dataclasses import dataclass
from functools import cached_property

from app.errors import OutOfScopeError
from app.figures.figure import FigureQuery
from app.queries.audit import audit_ward
from app.queries.ward_network import PairElsewhere, list_pairs_elsewhere, name_ward_people
from app.queries.wards import WardCard
from app.texts import _
from graphs.audit import AuditReport
from graphs.figures.ward_graph import Node, NodeKind, PairAcross, PeopleGraph, ward_graph
from graphs.figures.ward_network import WardPicture, picture_mentor, picture_ward
from graphs.figures.ward_order import WardPeople, read_people
from graphs.standing import MentorStanding, WardStanding
from models.enums import PersonRole
from models.names import sort_key

KINDS = {
    PersonRole.SUPPORT_POST: NodeKind.POST,
    PersonRole.MENTOR: NodeKind.MENTOR,
    PersonRole.MENTEE: NodeKind.MENTEE,
}


@dataclass(frozen=True)
class WardNetwork:
    """A ward's people and pairings as of a day, with their names.

    `mentor_id` is the mentor who is looked at alone, or None; `pairs` lead to other wards.
    """

    card: WardCard
    report: AuditReport
    standing: WardStanding
    graph: PeopleGraph
    names: dict[Node, str]
    pairs: tuple[PairElsewhere, ...]
    mentor_id: int | None

    @property
    def floor(self) -> int:
        """The least number of mentees of a mentor."""
        return self.report.thresholds.floor

    @property
    def mentor(self) -> MentorStanding | None:
        """The mentor who is looked at alone."""
        mentors = {mentor.row.id: mentor for mentor in self.standing.mentors}
        return None if self.mentor_id is None else mentors[self.mentor_id]

    def list_mentors(self) -> list[tuple[int, str]]:
        """Return the ward's mentors by id and name, in order of name."""
        named = [
            (one.row.id, self.names[Node(NodeKind.MENTOR, one.row.id)])
            for one in self.standing.mentors
        ]
        return sorted(named, key=lambda mentor: (sort_key(mentor[1]), mentor[0]))

    @cached_property
    def people(self) -> WardPeople:
        """The graph, read once."""
        return read_people(self.graph)

    @cached_property
    def picture(self) -> WardPicture:
        """The people in their places: all, or those around the mentor who is looked at alone."""
        as_of = self.report.as_of
        if self.mentor_id is None:
            return picture_ward(self.graph, floor=self.floor, as_of=as_of)
        return picture_mentor(self.graph, self.mentor_id, floor=self.floor, as_of=as_of)


def read_ward_network(query: FigureQuery) -> WardNetwork:
    """Read the ward's people, what the audit says of them, and who is paired elsewhere.

    Whoever may see the people of the ward may see it (VIEW_PEOPLE): it is full of names. The
    query's choice is the id of one mentor, or nothing. Raises `OutOfScopeError` for a ward outside
    the scope and for a mentor who is not of the ward.
    """
    if query.ward is None:
        raise OutOfScopeError(query.ward)
    scope, day, ward = query.scope, query.day, query.ward
    report, standing = audit_ward(scope, ward.id, day)
    pairs = tuple(list_pairs_elsewhere(scope, ward.id, day))
    names = {
        Node(KINDS[spell.role], spell.id): spell.full_name
        for spell in name_ward_people(scope, ward.id, day)
    }
    for pair in pairs:
        names[elsewhere(pair)] = pair.other_name
        names[Node(NodeKind.WARD, pair.ward_id)] = pair.ward_name
    across = [_across(pair, standing) for pair in pairs]
    graph = ward_graph(standing, across, as_of=day)
    # Whoever came between the reading of the audit and that of the names has none yet.
    for node in graph:
        names.setdefault(node, str(_("Số %(id)s", id=node.id)))
    mentor_id = _read_mentor(query.choice, standing)
    return WardNetwork(ward, report, standing, graph, names, pairs, mentor_id)


def elsewhere(pair: PairElsewhere) -> Node:
    """Return the person of the pair who belongs to the other ward."""
    if pair.is_mentor_here:
        return Node(NodeKind.MENTEE, pair.mentee_id)
    return Node(NodeKind.MENTOR, pair.mentor_id)


def _across(pair: PairElsewhere, standing: WardStanding) -> PairAcross:
    return PairAcross(
        id=pair.id,
        mentor=pair.mentor_id,
        mentee=pair.mentee_id,
        is_mentor_here=pair.is_mentor_here,
        ward_id=pair.ward_id,
        east=round(pair.ward_longitude - standing.row.longitude, 3),
        north=round(pair.ward_latitude - standing.row.latitude, 3),
    )


def _read_mentor(choice: str, standing: WardStanding) -> int | None:
    if not choice:
        return None
    ids = {str(mentor.row.id): mentor.row.id for mentor in standing.mentors}
    if choice not in ids:
        raise OutOfScopeError(choice)
    return ids[choice]
