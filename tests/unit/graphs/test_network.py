from tests.factories.rows import (
    AS_OF,
    OTHER_WARD,
    WARD,
    border_row,
    days_ago,
    mentee_row,
    mentor_row,
    mentorship_row,
    network_of,
    ward_row,
)


def test_wards_stand_in_order_of_code():
    network = network_of(wards=[ward_row(code=OTHER_WARD), ward_row(code=WARD)])

    assert list(network.wards) == [WARD, OTHER_WARD]


def test_wards_that_touch_are_joined_by_the_length_of_their_border():
    network = network_of(
        wards=[ward_row(code="1"), ward_row(code="2"), ward_row(code="3")],
        borders=[border_row(code_a="1", code_b="2", border_km=4.5)],
    )

    assert sorted(network.borders.nodes) == ["1", "2", "3"]
    assert list(network.borders.edges(data="border_km")) == [("1", "2", 4.5)]


def test_the_island_stands_alone():
    network = network_of(wards=[ward_row()], borders=[])

    assert list(network.borders.neighbors(WARD)) == []


def test_a_mentorship_ended_today_pairs_nobody():
    network = network_of(
        mentorships=[
            mentorship_row(mentee=1, ended_on=None),
            mentorship_row(mentee=2, ended_on=AS_OF),
            mentorship_row(mentee=3, ended_on=days_ago(-1)),
        ]
    )

    assert network.paired == {1, 3}


def test_spells_are_found_by_their_ward_and_mentorships_by_their_mentor():
    mentor = mentor_row(ward=OTHER_WARD)
    mentee = mentee_row()
    mentorship = mentorship_row()

    network = network_of(mentors=[mentor], mentees=[mentee], mentorships=[mentorship])

    assert network.mentors == {OTHER_WARD: [mentor]}
    assert network.mentees == {WARD: [mentee]}
    assert network.mentorships == {mentor.id: [mentorship]}
