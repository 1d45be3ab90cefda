from datetime import date

import pytest

from graphs.rows import FloorCounts, Thresholds
from tests.factories.rows import (
    AS_OF,
    OTHER_WARD,
    THRESHOLDS,
    days_ago,
    mentee_row,
    mentor_row,
    mentorship_row,
    mentorship_rows,
    post_row,
    ward_of,
    ward_row,
)

OPEN_ONLY = Thresholds(floor_counts=FloorCounts.OPEN)


def guided(*mentorships, thresholds=THRESHOLDS, as_of=AS_OF):
    """Guided on paper and in fact of one mentor."""
    ward = ward_of(
        mentors=[mentor_row(started_on=date(2024, 1, 1))],
        mentorships=mentorships,
        thresholds=thresholds,
        as_of=as_of,
    )
    return ward.mentors[0].guided, ward.mentors[0].guided_in_fact


def completed(ended_on, **fields):
    started_on = date(2025, 1, 6)
    return mentorship_row(started_on=started_on, ended_on=ended_on, is_completion=True, **fields)


# guided ------------------------------------------------------------------------------------


def test_an_open_mentorship_counts():
    assert guided(mentorship_row()) == (1, 1)


def test_a_mentorship_counts_from_the_day_it_starts():
    assert guided(mentorship_row(started_on=AS_OF)) == (1, 1)


def test_a_mentorship_that_broke_off_counts_no_longer():
    assert guided(mentorship_row(ended_on=AS_OF)) == (0, 0)


@pytest.mark.parametrize(
    ("ended_on", "expected"),
    [
        (date(2025, 12, 31), (0, 0)),
        (date(2026, 1, 1), (1, 1)),
        (AS_OF, (1, 1)),
    ],
)
def test_a_completion_counts_from_its_day_to_the_end_of_its_year(ended_on, expected):
    assert guided(completed(ended_on)) == expected


def test_a_completion_on_31_december_counts_that_day_and_not_the_next():
    row = completed(date(2025, 12, 31), last_contact_on=date(2025, 3, 1))

    assert guided(row, as_of=date(2025, 12, 31)) == (1, 1)
    assert guided(row, as_of=date(2026, 1, 1)) == (0, 0)


def test_where_open_ones_alone_count_a_completion_does_not():
    rows = [mentorship_row(mentee=1), completed(AS_OF, mentee=2)]

    assert guided(*rows, thresholds=OPEN_ONLY) == (1, 1)


def test_where_open_ones_alone_count_a_completion_still_to_come_counts():
    assert guided(completed(days_ago(-1)), thresholds=OPEN_ONLY) == (1, 1)


def test_one_who_completed_and_came_back_counts_once():
    rows = [
        completed(date(2026, 3, 2), id=1, mentee=1, person=7),
        mentorship_row(mentee=2, person=7),
    ]

    assert guided(*rows) == (1, 1)


@pytest.mark.parametrize(
    ("last_contact_on", "in_fact"), [(days_ago(29), 1), (days_ago(30), 0), (None, 0)]
)
def test_an_open_one_counts_in_fact_with_a_contact_within_30_days(last_contact_on, in_fact):
    assert guided(mentorship_row(last_contact_on=last_contact_on)) == (1, in_fact)


@pytest.mark.parametrize(("last_contact_on", "in_fact"), [(date(2025, 1, 6), 1), (None, 0)])
def test_a_completed_one_counts_in_fact_with_a_contact_at_any_time(last_contact_on, in_fact):
    row = completed(date(2026, 2, 2), last_contact_on=last_contact_on)

    assert guided(row) == (1, in_fact)


def test_one_who_completed_with_a_contact_counts_in_fact_though_the_open_one_has_none():
    rows = [
        completed(date(2026, 3, 2), id=1, mentee=1, person=7, last_contact_on=date(2026, 1, 8)),
        mentorship_row(mentee=2, person=7, last_contact_on=None),
    ]

    assert guided(*rows) == (1, 1)


def test_contacts_of_one_who_broke_off_count_for_nothing():
    assert guided(mentorship_row(ended_on=days_ago(3), last_contact_on=days_ago(4))) == (0, 0)


def test_the_contact_window_is_a_setting():
    row = mentorship_row(last_contact_on=days_ago(9))

    assert guided(row, thresholds=Thresholds(contact_days=10)) == (1, 1)
    assert guided(row, thresholds=Thresholds(contact_days=9)) == (1, 0)


@pytest.mark.parametrize(("count", "meets"), [(4, False), (5, True)])
def test_the_floor_is_met_on_paper_and_in_fact_with_five(count, meets):
    mentor = ward_of(mentors=[mentor_row()], mentorships=mentorship_rows(count)).mentors[0]

    assert (mentor.meets_floor, mentor.meets_floor_in_fact) == (meets, meets)


# capacity ----------------------------------------------------------------------------------


def test_spare_is_what_each_working_mentor_still_takes_on():
    # 10 − 2 of the first; the second is full; the third has 1 too many; the fourth rests
    ward = ward_of(
        mentors=[
            mentor_row(id=1, capacity=10),
            mentor_row(id=2, capacity=1),
            mentor_row(id=3, capacity=1),
            mentor_row(id=4, pauses=((days_ago(3), days_ago(-3)),)),
        ],
        mentorships=[
            *mentorship_rows(2, mentor=1),
            *mentorship_rows(1, first=3, mentor=2),
            *mentorship_rows(2, first=4, mentor=3),
        ],
    )

    assert ward.spare == 8


def test_ended_mentorships_take_no_room():
    ward = ward_of(
        mentors=[mentor_row(capacity=4)],
        mentorships=[mentorship_row(mentee=1), completed(AS_OF, mentee=2)],
    )

    assert ward.spare == 3


# waiting -----------------------------------------------------------------------------------


def waiting_since(mentorships=(), **fields):
    return ward_of(mentees=[mentee_row(**fields)], mentorships=mentorships).mentees[0].waiting_since


def test_who_was_never_paired_waits_since_the_spell_began():
    assert waiting_since(started_on=days_ago(20)) == days_ago(20)


def test_a_move_does_not_reset_the_waiting_clock():
    assert waiting_since(started_on=days_ago(2), clock_on=days_ago(20)) == days_ago(20)


def test_who_lost_a_mentor_waits_since_then():
    ended = mentorship_row(started_on=days_ago(15), ended_on=days_ago(9))

    since = waiting_since([ended], started_on=days_ago(20), last_mentorship_end=days_ago(9))

    assert since == days_ago(9)


def test_who_rested_waits_since_the_return():
    assert waiting_since(
        started_on=days_ago(20),
        last_mentorship_end=days_ago(9),
        pauses=((days_ago(8), days_ago(4)), (days_ago(-4), days_ago(-8))),
    ) == days_ago(4)


def test_who_returns_today_waits_since_today():
    assert waiting_since(started_on=days_ago(20), pauses=((days_ago(8), AS_OF),)) == AS_OF


def test_who_is_paired_does_not_wait():
    assert waiting_since([mentorship_row()], started_on=days_ago(20)) is None


def test_who_is_paired_with_a_mentor_of_another_ward_does_not_wait():
    ward = ward_of(
        mentors=[mentor_row(ward=OTHER_WARD)],
        mentees=[mentee_row()],
        mentorships=[mentorship_row()],
    )

    assert (ward.waiting, ward.mentorships_open) == (0, 0)


def test_who_rests_is_a_mentee_but_does_not_wait():
    ward = ward_of(mentees=[mentee_row(pauses=((AS_OF, days_ago(-1)),))])

    assert (len(ward.mentees), ward.waiting) == (1, 0)


def test_who_left_today_is_no_mentee():
    ward = ward_of(mentees=[mentee_row(started_on=days_ago(9), ended_on=AS_OF)])

    assert (len(ward.mentees), ward.waiting) == (0, 0)


# dormant -----------------------------------------------------------------------------------


def dormant_ids(*mentorships, mentor=None, mentees=()):
    ward = ward_of(mentors=[mentor or mentor_row()], mentees=mentees, mentorships=mentorships)
    return [mentorship.id for mentorship in ward.mentorships_dormant]


def test_a_mentorship_sleeps_when_the_last_contact_is_30_days_ago():
    rows = [
        mentorship_row(id=1, last_contact_on=days_ago(29)),
        mentorship_row(id=2, last_contact_on=days_ago(30)),
    ]

    assert dormant_ids(*rows) == [2]


def test_a_mentorship_without_any_contact_sleeps_30_days_after_its_start():
    rows = [
        mentorship_row(id=1, started_on=days_ago(29), last_contact_on=None),
        mentorship_row(id=2, started_on=days_ago(30), last_contact_on=None),
    ]

    assert dormant_ids(*rows) == [2]


def test_a_move_does_not_reset_the_contact_clock():
    row = mentorship_row(started_on=days_ago(2), clock_on=days_ago(30), last_contact_on=None)

    assert dormant_ids(row) == [1]


def test_an_ended_mentorship_does_not_sleep():
    assert dormant_ids(mentorship_row(last_contact_on=None, ended_on=AS_OF)) == []


def test_nothing_sleeps_while_the_mentor_rests():
    resting = mentor_row(pauses=((days_ago(1), days_ago(-1)),))

    assert dormant_ids(mentorship_row(last_contact_on=None), mentor=resting) == []


def test_nothing_sleeps_while_the_mentee_rests_even_in_another_ward():
    resting = mentee_row(ward=OTHER_WARD, pauses=((days_ago(1), days_ago(-1)),))

    assert dormant_ids(mentorship_row(last_contact_on=None), mentees=[resting]) == []


def test_open_mentorships_include_those_of_people_who_rest():
    ward = ward_of(
        mentors=[mentor_row(pauses=((days_ago(1), days_ago(-1)),))],
        mentorships=mentorship_rows(3),
    )

    assert ward.mentorships_open == 3


# support -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("post", "count"),
    [
        (post_row(), 1),
        (post_row(ended_on=AS_OF), 0),
        (post_row(ended_on=days_ago(-1)), 1),
        (post_row(pauses=((AS_OF, days_ago(-1)),)), 0),
        (post_row(pauses=((days_ago(2), AS_OF),)), 1),
    ],
)
def test_a_support_post_counts_while_open_and_not_paused(post, count):
    ward = ward_of(posts=[post])

    assert (ward.support_posts, ward.has_support) == (count, count > 0)


@pytest.mark.parametrize(
    ("last_desk_on", "in_fact"),
    [(AS_OF, True), (days_ago(13), True), (days_ago(14), False), (None, False)],
)
def test_support_is_in_fact_with_a_session_or_duty_within_14_days(last_desk_on, in_fact):
    ward = ward_of(wards=[ward_row(last_desk_on=last_desk_on)], posts=[post_row()])

    assert ward.has_support_in_fact is in_fact


def test_sessions_without_a_post_are_no_support_in_fact():
    ward = ward_of(wards=[ward_row(last_desk_on=AS_OF)], posts=[])

    assert not ward.has_support_in_fact
