"""Networks for planners: people by hand, and small ones drawn at random from a number."""

from random import Random

from graphs.planning.rows import PlanMentee, PlanMentor, PlanRows, PlanWard
from graphs.rows import BorderRow

WARDS = (
    PlanWard("21553", "Quy Nhơn", 13.77, 109.22),
    PlanWard("21583", "Quy Nhơn Đông", 13.83, 109.28),
    PlanWard("21607", "Nhơn Châu", 13.61, 109.35),
    PlanWard("23563", "Pleiku", 13.98, 108.00),
)
HERE, NEXT_DOOR, ISLAND, FAR = (ward.code for ward in WARDS)
BORDERS = (BorderRow(HERE, NEXT_DOOR, 4.2),)
HALF = 0.5


def mentor(
    number, *, ward=HERE, person=None, capacity=10, guided=0, held=0, speaks=(), hamlet=None
):
    """A working mentor; `guided` and `held` are what no plan touches."""
    person = 1000 + number if person is None else person
    return PlanMentor(number, ward, person, capacity, guided, held, frozenset(speaks), hamlet)


def mentee(number, with_mentor=None, *, ward=HERE, person=None, speaks=(), hamlet=None, counted=()):
    """A mentee who waits, or is with a mentor."""
    person = number if person is None else person
    return PlanMentee(
        number, ward, person, frozenset(speaks), hamlet, with_mentor, frozenset(counted)
    )


def class_of(mentor_number, size, *, first, **details):
    """So many mentees of a mentor, numbered from the first."""
    return [mentee(first + place, mentor_number, **details) for place in range(size)]


def network(mentors, mentees, *, floor=5, borders=BORDERS):
    return PlanRows(WARDS, borders, tuple(mentors), tuple(mentees), floor)


def random_network(seed, *, mentors, mentees, floor):
    """Two to four wards, some of whose people share a language, a hamlet or a past."""
    draw = Random(seed)  # noqa: S311 - the same networks every time
    wards = [ward.code for ward in WARDS[: draw.randint(1, 4)]]
    tongues = [(), (1,), (2,), (1, 2)] if draw.random() < 0.6 else [()]
    hamlets = [None, 1, 2] if draw.random() < 0.6 else [None]
    teachers = []
    for number in range(1, draw.randint(1, mentors) + 1):
        held = draw.choice((0, 0, 0, 1))
        teachers.append(
            mentor(
                number,
                ward=draw.choice(wards),
                person=draw.choice((1000 + number, 1000 + number, 101)),
                capacity=draw.randint(0, floor + 2),
                guided=held + draw.choice((0, 0, 1)),
                held=held,
                speaks=draw.choice(tongues),
                hamlet=draw.choice(hamlets),
            )
        )
    mentor_or_none = (None, *(row.id for row in teachers), teachers[0].id)
    learners = [
        mentee(
            number,
            draw.choice(mentor_or_none),
            ward=draw.choice(wards),
            speaks=draw.choice(tongues),
            hamlet=draw.choice(hamlets),
            counted=[row.id for row in teachers if draw.random() < 0.08],
        )
        for number in range(101, 101 + draw.randint(0, mentees))
    ]
    return network(teachers, learners, floor=floor)


def odd_network(seed, *, mentors, mentees):
    """A network of so many people in which rare things are common.

    Floors from 1 to 8, capacities from 0, islands and a province of one ward, everybody with one
    mentor, mentors who learn, one person with two spells, people who counted for many before.
    """
    draw = Random(seed)  # noqa: S311 - the same networks every time
    wards = [ward.code for ward in WARDS[: draw.randint(1, 4)]]
    pairs = [(one, other) for one in wards for other in wards if one < other]
    borders = [BorderRow(*pair, 1.0) for pair in pairs if draw.random() < HALF]
    floor = draw.randint(1, 8)
    tongues = draw.choice(([()], [(), (1,)], [(1,), (2,)], [(), (1,), (2,), (1, 2), (3,), (2, 3)]))
    hamlets = draw.choice(([None], [None, 1], [1, 2, 3]))
    held = [draw.choice((0, 0, 1, 3)) for _ in range(mentors)]
    teachers = [
        mentor(
            number,
            ward=draw.choice(wards),
            person=draw.choice((1000 + number, 1000 + number, 101, 102, 1001)),
            capacity=draw.choice((0, 1, 2, floor, floor + 1, floor + 2, 10)),
            guided=held[number - 1] + draw.choice((0, 0, 0, draw.randint(0, floor))),
            held=held[number - 1],
            speaks=draw.choice(tongues),
            hamlet=draw.choice(hamlets),
        )
        for number in range(1, mentors + 1)
    ]
    ids = [row.id for row in teachers]
    with_mentor = draw.choice((ids[:1] * 5 + [None], [*ids, None], [None] * (mentors + 1) + ids))
    counted_share = draw.choice((0, 0, 0.3, 0.7))
    learners = [
        mentee(
            number,
            draw.choice(with_mentor),
            ward=draw.choice(wards),
            person=draw.choice((number, number, number, 1001, 1002)),
            speaks=draw.choice(tongues),
            hamlet=draw.choice(hamlets),
            counted=[one for one in ids if draw.random() < counted_share],
        )
        for number in range(101, 101 + mentees)
    ]
    return network(teachers, learners, floor=floor, borders=borders)
