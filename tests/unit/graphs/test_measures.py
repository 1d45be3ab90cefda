from graphs.findings import WardStatus
from graphs.measures import (
    Totals,
    WardFigures,
    add_up,
    network_totals,
    people_of,
    united,
    ward_figures,
)
from graphs.standing import ward_standings
from tests.factories.rows import (
    OTHER_WARD,
    THRESHOLDS,
    WARD,
    days_ago,
    desk_row,
    mentee_row,
    mentor_row,
    mentorship_row,
    mentorship_rows,
    network_of,
    post_row,
    ward_of,
    ward_row,
)

RESTING = ((days_ago(1), days_ago(-1)),)


def figures_of(ward):
    return ward_figures(ward, people_of(ward))


def totals_of(wards, wards_by_status):
    sums = add_up(figures_of(ward) for ward in wards)
    return network_totals(sums, united([people_of(ward) for ward in wards]), wards_by_status)


def test_a_ward_is_counted():
    # mentor 1 guides five and met all; mentor 2 guides five (the sixth broke off) and met four;
    # mentor 3 rests with one. Of 13 mentees 11 are paired, one waits, one rests unpaired.
    ward = ward_of(
        posts=[post_row(id=1), post_row(id=2), post_row(id=3, pauses=RESTING)],
        mentors=[
            mentor_row(id=1, person=501),
            mentor_row(id=2, person=502, capacity=6),
            mentor_row(id=3, person=503, pauses=RESTING),
        ],
        mentees=[
            *(mentee_row(id=number) for number in range(1, 13)),
            mentee_row(id=13, pauses=RESTING),
        ],
        mentorships=[
            *mentorship_rows(5, mentor=1),
            *mentorship_rows(4, first=6, mentor=2),
            mentorship_row(mentee=10, mentor=2, last_contact_on=days_ago(30)),
            mentorship_row(id=99, mentee=11, mentor=2, ended_on=days_ago(5)),
            mentorship_row(mentee=11, mentor=3, last_contact_on=days_ago(30)),
        ],
        desk=[desk_row(sessions=12, people=7)],
    )

    assert figures_of(ward) == WardFigures(
        code=WARD,
        name="Quy Nhơn Bắc",
        mentors=2,
        mentors_paused=1,
        mentors_meeting_floor=2,
        mentors_meeting_floor_in_fact=1,
        mentees=13,
        waiting=1,
        spare=6,  # 10 − 5 and 6 − 5
        mentorships_open=11,
        mentorships_dormant=1,
        support_posts=2,
        has_support=True,
        has_support_in_fact=True,
        sessions=12,
        people_helped=7,
    )


def test_wards_are_counted_together():
    wards = ward_standings(
        network_of(
            wards=[ward_row(code=WARD), ward_row(code=OTHER_WARD, last_desk_on=None)],
            posts=[post_row(id=1, ward=WARD), post_row(id=2, ward=OTHER_WARD)],
            mentors=[
                mentor_row(id=1, person=501),
                mentor_row(id=2, person=502, ward=OTHER_WARD, pauses=RESTING),
            ],
            mentees=[mentee_row(id=1), mentee_row(id=90), mentee_row(id=91, ward=OTHER_WARD)],
            mentorships=[
                *mentorship_rows(5, mentor=1),
                mentorship_row(id=6, mentee=6, mentor=1, last_contact_on=None),
                mentorship_row(id=7, mentee=7, mentor=2),
            ],
            desk=[
                desk_row(ward=WARD, sessions=12, people=7),
                desk_row(ward=OTHER_WARD, sessions=3, people=2),
            ],
        ),
        THRESHOLDS,
    )

    totals = totals_of(wards, {WardStatus.COVERED: 1, WardStatus.CRITICAL: 1})

    assert totals == Totals(
        wards=2,
        wards_covered=1,
        wards_critical=1,
        wards_warning=0,
        wards_no_data=0,
        wards_with_support=2,
        wards_with_support_in_fact=1,
        mentors=1,
        mentors_paused=1,
        mentors_meeting_floor=1,
        mentors_meeting_floor_in_fact=1,
        mentees=3,
        mentees_waiting=2,
        mentorships_open=7,
        mentorships_dormant=1,
        sessions=15,
        people_helped=9,
    )


def test_a_person_with_spells_in_two_wards_counts_in_each_and_once_together():
    wards = ward_standings(
        network_of(
            wards=[ward_row(code=WARD), ward_row(code=OTHER_WARD)],
            mentors=[
                mentor_row(id=1, ward=WARD, person=501),
                mentor_row(id=2, ward=OTHER_WARD, person=501),
            ],
            mentees=[
                mentee_row(id=1, ward=WARD, person=7),
                mentee_row(id=2, ward=OTHER_WARD, person=7),
            ],
        ),
        THRESHOLDS,
    )

    totals = totals_of(wards, {})

    assert [(figures_of(ward).mentors, figures_of(ward).mentees) for ward in wards] == [
        (1, 1),
        (1, 1),
    ]
    assert (totals.mentors, totals.mentees, totals.mentees_waiting) == (1, 1, 1)


def test_a_mentee_who_is_also_a_mentor_counts_as_both():
    figures = figures_of(
        ward_of(mentors=[mentor_row(person=7)], mentees=[mentee_row(id=1, person=7)])
    )

    assert (figures.mentors, figures.mentees) == (1, 1)


def test_people_of_a_ward_that_is_not_reported_are_counted_nowhere():
    # mentor 2 belongs to a ward outside; he guides mentee 1 of the ward in view
    wards = ward_standings(
        network_of(
            wards=[ward_row(code=WARD)],
            mentors=[mentor_row(id=2, ward=OTHER_WARD)],
            mentees=[mentee_row(id=1), mentee_row(id=2, ward=OTHER_WARD)],
            mentorships=[mentorship_row(mentor=2, mentee=1)],
        ),
        THRESHOLDS,
    )

    totals = totals_of(wards, {})

    assert (totals.mentors, totals.mentees, totals.mentees_waiting, totals.mentorships_open) == (
        0,
        1,
        0,
        0,
    )
