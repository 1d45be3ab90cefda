from datetime import date

import pytest

from graphs.checks.workload import (
    mentors_below_floor,
    mentors_on_paper,
    mentors_over_capacity,
    ward_short_of_capacity,
)
from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from graphs.rows import FloorCounts, Thresholds
from tests.factories.rows import (
    AS_OF,
    THRESHOLDS,
    WARD,
    days_ago,
    mentee_row,
    mentor_row,
    mentorship_row,
    mentorship_rows,
    ward_of,
)

STARTED_ON = date(2025, 3, 3)
RESTING = ((days_ago(9), days_ago(-9)),)


def below_floor(*mentorships, thresholds=THRESHOLDS, as_of=AS_OF, mentees=(), **mentor_fields):
    mentor = mentor_row(**{"started_on": STARTED_ON} | mentor_fields)
    ward = ward_of(
        mentors=[mentor],
        mentees=mentees,
        mentorships=mentorships,
        thresholds=thresholds,
        as_of=as_of,
    )
    return list(mentors_below_floor(ward, ward.working_mentors, as_of=as_of, thresholds=thresholds))


def below_floor_since(*mentorships, **options):
    (finding,) = below_floor(*mentorships, **options)
    return finding.since


def over_capacity(*mentorships, mentors=(), **mentor_fields):
    mentor = mentor_row(**mentor_fields)
    ward = ward_of(mentors=[mentor, *mentors], mentorships=mentorships)
    return list(mentors_over_capacity(ward, ward.working_mentors, as_of=AS_OF))


# ward_short_of_capacity --------------------------------------------------------------------


@pytest.mark.parametrize(("waiting", "count"), [(2, 0), (3, 1)])
def test_a_ward_is_short_when_more_people_wait_than_it_can_take_on(waiting, count):
    # the mentor takes on 3 and has 1: room for 2
    ward = ward_of(
        mentors=[mentor_row(capacity=3)],
        mentees=[mentee_row(id=number) for number in range(1, waiting + 1)],
        mentorships=[mentorship_row(id=90, mentee=90)],
    )

    assert len(list(ward_short_of_capacity(ward))) == count


def test_a_ward_short_of_capacity_tells_both_numbers():
    ward = ward_of(mentors=[mentor_row(pauses=RESTING)], mentees=[mentee_row()])

    assert list(ward_short_of_capacity(ward)) == [
        Finding(
            rule=Rule.WARD_SHORT_OF_CAPACITY,
            ward=WARD,
            subject=Subject(SubjectKind.WARD, WARD),
            measured=1,
            expected=0,
            since=None,
            action=ActionCode.ADD_MENTOR,
        )
    ]


# mentor_below_floor ------------------------------------------------------------------------


def test_a_mentor_with_four_people_is_below_the_floor():
    assert below_floor(*mentorship_rows(4)) == [
        Finding(
            rule=Rule.MENTOR_BELOW_FLOOR,
            ward=WARD,
            subject=Subject(SubjectKind.MENTOR, 1),
            measured=4,
            expected=5,
            since=STARTED_ON,
            action=ActionCode.REGISTER_MENTEE,
        )
    ]


def test_a_mentor_with_five_people_is_not():
    assert below_floor(*mentorship_rows(5)) == []


def test_a_mentor_who_rests_is_not_found():
    assert below_floor(pauses=RESTING) == []


def test_a_mentor_who_left_is_not_found():
    assert below_floor(ended_on=AS_OF) == []


def test_the_floor_is_a_setting():
    assert below_floor(*mentorship_rows(4), thresholds=Thresholds(floor=4)) == []


def test_a_mentor_is_below_since_the_day_the_fifth_person_broke_off():
    # five from 2 Feb; one broke off on 4 May, another on 1 June
    rows = [
        *mentorship_rows(3),
        mentorship_row(mentee=4, ended_on=date(2026, 6, 1)),
        mentorship_row(mentee=5, ended_on=date(2026, 5, 4)),
    ]

    assert below_floor_since(*rows) == date(2026, 5, 4)


def test_a_completion_counts_until_the_year_ends():
    # five from 3 March 2025; two completed on 1 Dec 2025 and count until 31 Dec
    rows = [
        *mentorship_rows(3, started_on=STARTED_ON),
        *mentorship_rows(
            2, first=4, started_on=STARTED_ON, ended_on=date(2025, 12, 1), is_completion=True
        ),
    ]

    assert below_floor(*rows, as_of=date(2025, 12, 31)) == []
    assert below_floor_since(*rows, as_of=date(2026, 1, 1)) == date(2026, 1, 1)
    assert below_floor_since(*rows) == date(2026, 1, 1)


def test_where_open_ones_alone_count_a_completion_ends_the_count():
    open_only = Thresholds(floor=1, floor_counts=FloorCounts.OPEN)
    row = mentorship_row(ended_on=date(2026, 5, 4), is_completion=True)

    assert below_floor(row, thresholds=Thresholds(floor=1)) == []
    assert below_floor_since(row, thresholds=open_only) == date(2026, 5, 4)


def test_one_who_came_back_after_completing_is_one_person_all_the_time():
    # person 7 completed on 2 March and is open again from 1 April; person 8 broke off on 4 May:
    # two persons from 2 Feb to 4 May, never three
    rows = [
        mentorship_row(mentee=1, person=7, ended_on=date(2026, 3, 2), is_completion=True),
        mentorship_row(mentee=2, person=7, started_on=date(2026, 4, 1)),
        mentorship_row(mentee=3, person=8, ended_on=date(2026, 5, 4)),
    ]

    assert below_floor_since(*rows, thresholds=Thresholds(floor=2)) == date(2026, 5, 4)
    assert below_floor_since(*rows, thresholds=Thresholds(floor=3)) == STARTED_ON


def test_a_handover_from_one_person_to_the_next_on_one_day_is_no_fall():
    rows = [
        mentorship_row(mentee=1, ended_on=date(2026, 5, 4)),
        mentorship_row(mentee=2, started_on=date(2026, 5, 4), ended_on=date(2026, 6, 1)),
    ]

    assert below_floor_since(*rows, thresholds=Thresholds(floor=1)) == date(2026, 6, 1)


def test_the_days_before_a_return_are_not_held_against_a_mentor():
    pauses = ((date(2026, 4, 6), date(2026, 5, 4)),)

    assert below_floor_since(pauses=pauses) == date(2026, 5, 4)


def test_a_mentor_who_fell_below_after_the_return_is_below_since_the_fall():
    pauses = ((date(2026, 4, 6), date(2026, 5, 4)),)
    row = mentorship_row(ended_on=date(2026, 6, 1))

    assert below_floor_since(row, thresholds=Thresholds(floor=1), pauses=pauses) == date(2026, 6, 1)


def test_somebody_who_waits_in_the_ward_is_the_next_step():
    (finding,) = below_floor(mentees=[mentee_row()])

    assert finding.action is ActionCode.PAIR_WAITING


def test_a_full_mentor_below_the_floor_needs_more_room_first():
    (finding,) = below_floor(*mentorship_rows(3), capacity=3, mentees=[mentee_row(id=90)])

    assert finding.action is ActionCode.RAISE_CAPACITY


# mentor_on_paper ---------------------------------------------------------------------------


def test_a_mentor_at_the_floor_who_met_four_of_five_is_on_paper():
    rows = [*mentorship_rows(4), mentorship_row(mentee=5, last_contact_on=days_ago(30))]

    ward = ward_of(mentors=[mentor_row()], mentorships=rows)

    assert list(mentors_on_paper(ward, ward.working_mentors, floor=5)) == [
        Finding(
            rule=Rule.MENTOR_ON_PAPER,
            ward=WARD,
            subject=Subject(SubjectKind.MENTOR, 1),
            measured=4,
            expected=5,
            since=None,
            action=ActionCode.LOG_CONTACT,
        )
    ]


@pytest.mark.parametrize(
    ("mentor", "rows"),
    [
        (mentor_row(), mentorship_rows(5)),
        (mentor_row(), mentorship_rows(4, last_contact_on=None)),
        (mentor_row(pauses=RESTING), mentorship_rows(5, last_contact_on=None)),
        (
            mentor_row(),
            [*mentorship_rows(5), mentorship_row(mentee=6, last_contact_on=None)],
        ),
    ],
    ids=["met all five", "below the floor", "paused", "met five of six"],
)
def test_a_mentor_is_not_on_paper(mentor, rows):
    ward = ward_of(mentors=[mentor], mentorships=rows)

    assert list(mentors_on_paper(ward, ward.working_mentors, floor=5)) == []


# mentor_over_capacity ----------------------------------------------------------------------


def test_a_mentor_with_more_than_the_capacity_is_found():
    # two from 2 Feb, the third from 4 May, of two
    rows = [*mentorship_rows(2), mentorship_row(mentee=3, started_on=date(2026, 5, 4))]

    assert over_capacity(*rows, capacity=2) == [
        Finding(
            rule=Rule.MENTOR_OVER_CAPACITY,
            ward=WARD,
            subject=Subject(SubjectKind.MENTOR, 1),
            measured=3,
            expected=2,
            since=date(2026, 5, 4),
            action=ActionCode.RAISE_CAPACITY,
        )
    ]


def test_a_mentor_at_capacity_is_not():
    assert over_capacity(*mentorship_rows(2), capacity=2) == []


def test_ended_mentorships_do_not_weigh():
    rows = [*mentorship_rows(2), mentorship_row(mentee=3, ended_on=AS_OF, is_completion=True)]

    assert over_capacity(*rows, capacity=2) == []


def test_an_overloaded_mentor_who_rests_is_not_found():
    assert over_capacity(*mentorship_rows(3), capacity=2, pauses=RESTING) == []


def test_a_mentor_is_over_capacity_not_before_the_return():
    (finding,) = over_capacity(
        *mentorship_rows(3), capacity=2, pauses=((date(2026, 4, 6), date(2026, 5, 4)),)
    )

    assert finding.since == date(2026, 5, 4)


def test_people_can_move_when_another_mentor_of_the_ward_has_room():
    (finding,) = over_capacity(*mentorship_rows(3), capacity=2, mentors=[mentor_row(id=2)])

    assert finding.action is ActionCode.MOVE_MENTEES


@pytest.mark.parametrize(
    ("room", "action"), [(1, ActionCode.RAISE_CAPACITY), (2, ActionCode.MOVE_MENTEES)]
)
def test_all_who_are_too_many_have_to_find_room_elsewhere_in_the_ward(room, action):
    other = mentor_row(id=2, capacity=room)

    (finding,) = over_capacity(*mentorship_rows(4), capacity=2, mentors=[other])

    assert finding.action is action
