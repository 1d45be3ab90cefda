from datetime import date

import pytest

from graphs.timeline import (
    active_intervals,
    has_lasted,
    is_longer_than,
    is_open,
    is_paused,
    is_within,
    last_crossing,
    last_return,
    merged,
)
from tests.factories.rows import mentor_row

D = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), True),
        (date(2026, 3, 8), True),
        (date(2026, 3, 9), False),
    ],
)
def test_a_spell_is_open_from_its_first_day_and_no_longer_on_the_day_it_ended(day, expected):
    spell = mentor_row(started_on=date(2026, 3, 2), ended_on=date(2026, 3, 9))

    assert is_open(spell, day) is expected


def test_a_spell_without_an_end_stays_open():
    assert is_open(mentor_row(started_on=D, ended_on=None), D)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), True),
        (date(2026, 3, 8), True),
        (date(2026, 3, 9), False),
        (date(2026, 4, 1), True),
    ],
)
def test_a_pause_lasts_from_its_first_day_to_the_day_before_the_return(day, expected):
    spell = mentor_row(
        pauses=(
            (date(2026, 3, 2), date(2026, 3, 9)),
            (date(2026, 4, 1), date(2026, 4, 2)),
        )
    )

    assert is_paused(spell, day) is expected


def test_the_last_return_is_the_latest_one_that_has_come():
    spell = mentor_row(
        pauses=(
            (date(2026, 6, 1), D),
            (date(2026, 3, 2), date(2026, 3, 9)),
            (D, date(2026, 7, 1)),
        )
    )

    assert last_return(spell, D) == D


def test_a_return_still_to_come_is_no_return():
    spell = mentor_row(pauses=((date(2026, 6, 1), date(2026, 7, 1)),))

    assert last_return(spell, D) is None


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (date(2026, 5, 31), False),  # 30 June − 30 days
        (date(2026, 6, 1), True),
        (D, True),
        (date(2026, 7, 1), False),
        (None, False),
    ],
)
def test_within_30_days_begins_29_days_ago_and_ends_today(event, expected):
    assert is_within(event, 30, as_of=D) is expected


@pytest.mark.parametrize(
    ("last", "expected"), [(date(2026, 5, 31), True), (date(2026, 6, 1), False)]
)
def test_nothing_for_30_days_begins_with_a_last_event_30_days_ago(last, expected):
    assert has_lasted(last, 30, as_of=D) is expected


@pytest.mark.parametrize(
    ("since", "expected"), [(date(2026, 6, 22), True), (date(2026, 6, 23), False)]
)
def test_longer_than_7_days_begins_with_the_eighth_day(since, expected):
    assert is_longer_than(since, 7, as_of=D) is expected


def test_a_spell_at_work_is_cut_where_its_person_rests():
    # 1 Jan – 1 Jul, at rest 1 Feb – 1 Mar and (two pauses that overlap) 1 Apr – 1 Jun
    spell = mentor_row(
        started_on=date(2026, 1, 1),
        ended_on=date(2026, 7, 1),
        pauses=(
            (date(2026, 4, 1), date(2026, 5, 1)),
            (date(2026, 2, 1), date(2026, 3, 1)),
            (date(2026, 4, 15), date(2026, 6, 1)),
        ),
    )

    assert list(active_intervals(spell)) == [
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 3, 1), date(2026, 4, 1)),
        (date(2026, 6, 1), date(2026, 7, 1)),
    ]


def test_a_spell_paused_from_its_first_day_to_its_end_is_never_at_work():
    pause = (date(2026, 1, 1), date(2026, 7, 1))
    spell = mentor_row(started_on=pause[0], ended_on=pause[1], pauses=(pause,))

    assert list(active_intervals(spell)) == []


def test_a_pause_after_the_end_of_its_spell_changes_nothing():
    spell = mentor_row(
        started_on=date(2026, 1, 1),
        ended_on=date(2026, 2, 1),
        pauses=((date(2026, 3, 1), date(2026, 4, 1)),),
    )

    assert list(active_intervals(spell)) == [(date(2026, 1, 1), date(2026, 2, 1))]


def test_intervals_that_overlap_or_touch_become_one():
    days = [date(2026, 1, day) for day in range(1, 10)]

    intervals = [(days[5], days[6]), (days[1], days[4]), (days[0], days[2]), (days[4], days[5])]

    assert list(merged(intervals)) == [(days[0], days[6])]


def test_intervals_with_a_gap_stay_apart():
    days = [date(2026, 1, day) for day in range(1, 10)]

    assert list(merged([(days[4], None), (days[0], days[3])])) == [
        (days[0], days[3]),
        (days[4], None),
    ]


def test_an_interval_without_an_end_swallows_what_follows():
    days = [date(2026, 1, day) for day in range(1, 10)]

    assert list(merged([(days[0], None), (days[4], days[6])])) == [(days[0], None)]


def test_the_short_interval_inside_a_long_one_does_not_end_it():
    days = [date(2026, 1, day) for day in range(1, 10)]

    assert list(merged([(days[0], days[8]), (days[2], days[3])])) == [(days[0], days[8])]


def test_the_number_of_intervals_crosses_its_level_upwards_and_downwards():
    # one runs from 1 Jan, two from 1 Feb to 1 Mar
    intervals = [(date(2026, 1, 1), None), (date(2026, 2, 1), date(2026, 3, 1))]

    assert last_crossing(intervals, level=2, as_of=date(2026, 1, 31)) is None
    assert last_crossing(intervals, level=2, as_of=date(2026, 2, 1)) == date(2026, 2, 1)
    assert last_crossing(intervals, level=2, as_of=date(2026, 2, 28)) == date(2026, 2, 1)
    assert last_crossing(intervals, level=2, as_of=date(2026, 3, 1)) == date(2026, 3, 1)


def test_one_who_leaves_as_another_comes_is_no_crossing():
    change = date(2026, 2, 1)

    intervals = [(date(2026, 1, 1), change), (change, None)]

    assert last_crossing(intervals, level=1, as_of=D) == date(2026, 1, 1)
