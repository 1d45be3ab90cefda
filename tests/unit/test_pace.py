"""The pace towards a target, by examples that were worked out by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pace import Pace, PaceState, pace_of


def test_what_is_missing_is_spread_over_the_weeks_left():
    # 12 missing, three weeks left: 4 a week; 6 came in four weeks: 1.5 a week.
    assert pace_of(target=40, reached=28, days_left=21, gained=6) == Pace(
        PaceState.RUNNING, missing=12, needed=4.0, weekly=1.5
    )


def test_four_weeks_without_history_give_no_rate():
    assert pace_of(target=40, reached=28, days_left=21, gained=None).weekly is None


def test_a_loss_is_a_negative_rate():
    assert pace_of(target=40, reached=28, days_left=21, gained=-2).weekly == -0.5


def test_a_target_that_is_reached_needs_nothing_even_when_past_due():
    assert pace_of(target=40, reached=41, days_left=-3, gained=4) == Pace(
        PaceState.REACHED, missing=0, needed=None, weekly=1.0
    )


def test_the_due_day_is_not_past_and_leaves_no_week():
    assert pace_of(target=40, reached=39, days_left=0, gained=4) == Pace(
        PaceState.RUNNING, missing=1, needed=None, weekly=1.0
    )


def test_the_day_after_is_past_due():
    assert pace_of(target=40, reached=39, days_left=-1, gained=4) == Pace(
        PaceState.PAST_DUE, missing=1, needed=None, weekly=1.0
    )


@pytest.mark.parametrize(
    ("gained", "is_kept"),
    [(15, False), (16, True), (None, None)],
    ids=["less", "enough", "unknown"],
)
def test_a_pace_is_kept_when_four_weeks_brought_what_is_needed(gained, is_kept):
    # 12 missing, three weeks left: 4 a week, thus 16 in four.
    assert pace_of(target=40, reached=28, days_left=21, gained=gained).is_kept is is_kept


@given(missing=st.integers(1, 100_000), days=st.integers(1, 4_000))
def test_keeping_the_needed_pace_is_enough_and_a_tenth_less_is_not(missing, days):
    needed = pace_of(target=missing, reached=0, days_left=days, gained=0).needed

    tenths = round(needed * 10)
    weeks = Fraction(days, 7)
    assert Fraction(tenths, 10) * weeks >= missing
    assert Fraction(tenths - 1, 10) * weeks < missing
