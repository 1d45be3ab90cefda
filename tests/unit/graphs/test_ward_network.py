"""One ward's people as a picture: who is drawn how, who is missing, who is joined with whom."""

from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go
import pytest

from graphs.figures.ward_graph import Link, Mark, Node, NodeKind, PairAcross, ward_graph
from graphs.figures.ward_network import WardPicture, picture_mentor, picture_ward
from graphs.figures.ward_network_drawing import NetworkWords, NodeText, draw_ward_network
from graphs.figures.ward_order import Load
from tests.factories.rows import (
    AS_OF,
    days_ago,
    mentee_row,
    mentor_row,
    mentorship_row,
    mentorship_rows,
    post_row,
    ward_of,
)

FLOOR = 5
AWAY = ((days_ago(3), AS_OF + timedelta(days=30)),)
WORDS = NetworkWords(
    marks={mark: mark.value for mark in Mark},
    links={link: link.value for link in Link},
    folded={mark: "{count} " + mark.value for mark in Mark},
    empty_seat="empty",
    apart="apart",
    without_support="no support",
    without_mentor="no mentor",
)


@dataclass(frozen=True)
class Ward:
    """A small ward and its picture."""

    picture: WardPicture

    def marked(self, mark: Mark) -> list[int]:
        return sorted(dot.node.id for dot in self.picture.dots if dot.mark is mark and dot.node)

    def dot(self, kind: NodeKind, number: int):
        [found] = [dot for dot in self.picture.dots if dot.node == Node(kind, number)]
        return found


def drawn(*, across: tuple[PairAcross, ...] = (), as_of: date = AS_OF, **rows) -> Ward:
    graph = ward_graph(ward_of(as_of=as_of, **rows), across, as_of=as_of)
    return Ward(picture_ward(graph, floor=FLOOR, as_of=as_of))


def mentees(count: int, *, first: int = 1, **fields):
    return [mentee_row(id=number, **fields) for number in range(first, first + count)]


def test_mentors_carry_the_state_that_the_audit_gives_them():
    ward = drawn(
        mentors=[
            mentor_row(id=1, person=501),
            mentor_row(id=2, person=502),
            mentor_row(id=3, person=503),
            mentor_row(id=4, person=504, pauses=AWAY),
        ],
        mentees=mentees(16),
        mentorships=[
            *mentorship_rows(3, mentor=1),
            *mentorship_rows(5, first=4, mentor=2, last_contact_on=days_ago(60)),
            *mentorship_rows(5, first=9, mentor=3),
            *mentorship_rows(3, first=14, mentor=4),
        ],
    )

    assert ward.marked(Mark.BELOW_FLOOR) == [1]
    assert ward.marked(Mark.ON_PAPER) == [2]
    assert ward.marked(Mark.IN_FACT) == [3]
    assert ward.marked(Mark.MENTOR_PAUSED) == [4]
    assert ward.dot(NodeKind.MENTOR, 1).load == Load(guided=3, completed=0, open_now=3)


def test_only_a_working_mentor_below_the_floor_has_empty_seats():
    ward = drawn(
        mentors=[mentor_row(id=1), mentor_row(id=2, person=502, pauses=AWAY)],
        mentees=mentees(3),
        mentorships=mentorship_rows(3, mentor=1),
    )

    assert len(ward.picture.empty_seats) == 2


def test_who_completed_this_year_is_one_dot_with_a_number_and_takes_a_seat_away():
    done = {"is_completion": True, "ended_on": days_ago(10)}
    ward = drawn(
        mentors=[mentor_row()],
        mentees=mentees(2),
        mentorships=[*mentorship_rows(2), *mentorship_rows(2, first=3, **done)],
    )

    assert [dot.people for dot in ward.picture.dots if dot.mark is Mark.COMPLETED] == [2]
    assert ward.dot(NodeKind.MENTOR, 1).load == Load(guided=4, completed=2, open_now=2)
    assert len(ward.picture.empty_seats) == 1


def test_a_mentor_is_larger_the_more_people_the_mentor_guides_now():
    ward = drawn(
        mentors=[mentor_row(id=1), mentor_row(id=2, person=502)],
        mentees=mentees(7),
        mentorships=[*mentorship_rows(1, mentor=1), *mentorship_rows(6, first=2, mentor=2)],
    )

    assert ward.dot(NodeKind.MENTOR, 1).size < ward.dot(NodeKind.MENTOR, 2).size


def test_those_who_wait_stand_apart_and_who_waits_longest_comes_first():
    ward = drawn(
        posts=[post_row()],
        mentees=[
            mentee_row(id=1, started_on=days_ago(2)),
            mentee_row(id=2, started_on=days_ago(20)),
            mentee_row(id=3, pauses=AWAY),
        ],
    )

    apart = [dot.node.id for dot in ward.picture.dots if dot.node.kind is NodeKind.MENTEE]
    assert apart == [2, 1, 3]
    assert ward.marked(Mark.WAITING) == [1, 2]
    assert ward.marked(Mark.MENTEE_PAUSED) == [3]
    assert ward.picture.wedge


def test_a_pairing_without_a_contact_for_a_month_is_a_dormant_line():
    ward = drawn(
        mentors=[mentor_row()],
        mentees=mentees(2),
        mentorships=[mentorship_row(mentee=1), mentorship_row(mentee=2, last_contact_on=None)],
    )

    [line] = ward.picture.lines[Link.DORMANT]
    mentor, mentee = ward.dot(NodeKind.MENTOR, 1), ward.dot(NodeKind.MENTEE, 2)
    assert line == ((mentor.x, mentor.y), (mentee.x, mentee.y))
    assert ward.picture.links == {Link.ACTIVE: 1, Link.DORMANT: 1}


def test_a_mentee_of_another_ward_leads_to_that_ward_at_the_rim():
    ward = drawn(
        mentors=[mentor_row()],
        mentees=mentees(1),
        mentorships=[mentorship_row(mentee=1), mentorship_row(mentee=70)],
        across=(PairAcross(70, 1, 70, True, 33, 0.1, 0.2),),
    )

    rim = ward.dot(NodeKind.WARD, 33)
    there = ward.dot(NodeKind.MENTEE, 70)
    assert ward.marked(Mark.MENTEE_ELSEWHERE) == [70]
    assert (rim.people, rim.y > 490 or rim.y > there.y) == (1, True)
    assert ward.picture.lines[Link.ACROSS] == [((there.x, there.y), (rim.x, rim.y))]
    assert len(ward.picture.empty_seats) == 3


def test_a_mentee_with_a_mentor_of_another_ward_does_not_stand_apart():
    ward = drawn(
        mentees=mentees(1),
        mentorships=[mentorship_row(mentor=80, mentee=1)],
        across=(PairAcross(1, 80, 1, False, 33, 0.1, -0.2),),
    )

    assert ward.marked(Mark.MENTOR_ELSEWHERE) == [80]
    assert ward.marked(Mark.LEARNING) == [1]
    assert ward.picture.wedge == ()
    assert ward.dot(NodeKind.WARD, 33).y < 0


def test_paused_staff_are_marked_and_ended_spells_are_not_drawn():
    ward = drawn(
        posts=[post_row(id=1), post_row(id=2, person=901, pauses=AWAY)],
        mentors=[mentor_row(ended_on=days_ago(1))],
    )

    assert ward.marked(Mark.SUPPORT) == [1]
    assert ward.marked(Mark.SUPPORT_PAUSED) == [2]
    assert len(ward.picture.dots) == 2


def test_beyond_four_hundred_people_mentees_fold_into_their_mentor():
    ward = drawn(
        mentors=[mentor_row(id=number, person=number) for number in range(500, 560)],
        mentees=mentees(400),
        mentorships=[
            pair
            for place in range(60)
            for pair in mentorship_rows(6, first=1 + 6 * place, mentor=500 + place)
        ],
    )

    assert ward.picture.is_folded
    assert len(ward.marked(Mark.IN_FACT)) == 60
    assert [dot.people for dot in ward.picture.dots if dot.mark is Mark.WAITING] == [40]
    assert ward.marked(Mark.LEARNING) == []
    assert ward.picture.marks[Mark.LEARNING] == 360


def test_one_mentor_alone_stands_in_the_middle_of_the_people_guided():
    standing = ward_of(
        mentors=[mentor_row(id=1), mentor_row(id=2, person=502)],
        mentees=mentees(5),
        mentorships=[*mentorship_rows(3, mentor=1), *mentorship_rows(2, first=4, mentor=2)],
    )
    graph = ward_graph(standing, (), as_of=AS_OF)

    ward = Ward(picture_mentor(graph, 1, floor=FLOOR, as_of=AS_OF))

    assert (ward.dot(NodeKind.MENTOR, 1).x, ward.dot(NodeKind.MENTOR, 1).y) == (0, 0)
    assert ward.marked(Mark.LEARNING) == [1, 2, 3]
    assert len(ward.picture.empty_seats) == 2


def test_the_same_ward_is_drawn_the_same_way_whatever_the_order_of_its_rows():
    rows = {
        "posts": [post_row(id=number, person=900 + number) for number in range(3)],
        "mentors": [mentor_row(id=number, person=500 + number) for number in range(1, 4)],
        "mentees": mentees(7),
        "mentorships": [*mentorship_rows(3, mentor=1), *mentorship_rows(3, first=4, mentor=2)],
    }
    backwards = {kind: list(reversed(some)) for kind, some in rows.items()}

    one, other = drawn(**rows).picture, drawn(**backwards).picture

    assert {*one.dots} == {*other.dots}


def plot_of(picture: WardPicture, texts: dict[Node, NodeText] | None = None):
    return draw_ward_network(picture, WORDS, texts or {}, floor=FLOOR)


@pytest.fixture
def busy() -> WardPicture:
    return drawn(
        posts=[post_row()],
        mentors=[mentor_row(id=1), mentor_row(id=2, person=502)],
        mentees=mentees(9),
        mentorships=[
            mentorship_row(mentee=1),
            mentorship_row(mentee=2, last_contact_on=None),
            *mentorship_rows(5, first=3, mentor=2),
            mentorship_row(mentee=70),
        ],
        across=(PairAcross(70, 1, 70, True, 33, 0.1, -0.2),),
    ).picture


def test_the_plot_is_one_that_plotly_accepts(busy):
    figure = go.Figure(plot_of(busy))

    names = [trace.name for trace in figure.data]
    assert names == [
        "active",
        "dormant",
        "across",
        "empty",
        "support",
        "below_floor",
        "in_fact",
        "learning",
        "mentee_elsewhere",
        "waiting",
        "neighbour",
    ]


def test_every_mark_has_its_own_form_or_sign_not_only_a_colour(busy):
    traces = {trace["name"]: trace for trace in plot_of(busy)["data"]}

    assert traces["below_floor"]["text"] == ["3/5"]
    assert traces["in_fact"]["text"] == ["✓"]
    assert traces["support"]["marker"]["symbol"] == "square"
    assert traces["waiting"]["marker"]["symbol"] == "hourglass"
    assert "dash" in traces["dormant"]["line"]


def test_coordinates_and_sizes_are_whole_numbers(busy):
    values = [
        value
        for trace in plot_of(busy)["data"]
        for value in (*trace["x"], *trace["y"], *trace.get("marker", {}).get("size", ()))
    ]

    assert all(value is None or isinstance(value, int) for value in values)


def test_a_name_and_an_address_stand_only_where_one_is_given(busy):
    mentor = Node(NodeKind.MENTOR, 1)
    told = {"title": "Lê Thị Bảy", "text": "Mentor", "url": "/mentor/1"}

    traces = plot_of(busy, {mentor: NodeText("Bảy", told)})["data"]

    points = [point for trace in traces for point in trace.get("customdata", ())]
    assert [point for point in points if "url" in point] == [told]
    assert [trace["text"] for trace in traces if trace["mode"] == "text"] == [["Bảy"]]


def test_who_is_missing_altogether_is_written_where_they_would_stand():
    layout = plot_of(drawn(mentees=mentees(1)).picture)["layout"]

    assert [note["text"] for note in layout["annotations"]] == ["apart", "no support", "no mentor"]


def test_a_ward_without_anybody_is_not_drawn():
    assert plot_of(drawn().picture)["data"] == []
