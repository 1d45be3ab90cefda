"""Who sits at a desk, on small plans worked out by hand."""

from datetime import date, timedelta

from app.desk.duties import (
    Duty,
    Half,
    Stand,
    arrange_duties,
    find_gaps,
    is_planned,
    list_unconfirmed,
)
from app.queries.duty_plan import (
    DutyFacts,
    HolidayFact,
    LeaveFact,
    PatternFact,
    PauseFact,
    PostFact,
    TurnFact,
)
from models.enums import HalfDay

# Monday, 2 March 2026.
MONDAY = date(2026, 3, 2)
WEEK = [MONDAY + timedelta(days=number) for number in range(7)]
WARD, NEIGHBOUR = 1, 2
START = date(2026, 1, 5)
MORNING, AFTERNOON = HalfDay.MORNING, HalfDay.AFTERNOON
ANH, BINH, CUONG = 11, 12, 21
MONDAY_MORNING, MONDAY_AFTERNOON = Half(MONDAY, MORNING), Half(MONDAY, AFTERNOON)
SATURDAY_MORNING_HALF, SUNDAY_MORNING_HALF = 10, 12
ALL_WORKING_HALVES = range(10)


def post(post_id=ANH, ward=WARD, ended_on=None):
    return PostFact(post_id, ward, post_id + 100, START, ended_on)


def pattern(*halves, post_id=ANH, started_on=START, ended_on=None):
    return [PatternFact(post_id, half, started_on, ended_on) for half in halves]


def leave(post_id=ANH, *, substitute=None, half=None, days=1, ward=WARD):
    end = MONDAY + timedelta(days=days)
    return LeaveFact(1, ward, post_id, MONDAY, end, half, substitute)


def turn(half=MONDAY_MORNING, *, post_id=ANH, ward=WARD, performed=False):
    return TurnFact(7, ward, post_id, *half, performed)


def facts(posts=(), patterns=(), leaves=(), pauses=(), turns=(), holidays=()):
    parts = (posts, patterns, leaves, pauses, turns, holidays)
    return DutyFacts(*(list(part) for part in parts))


def stands(known, days=(MONDAY,)):
    return {key: duty.stand for key, duty in arrange_duties(known, list(days)).items()}


def gaps(known, days=WEEK, ward=WARD):
    return find_gaps(known, arrange_duties(known, list(days)), ward, days)


def test_the_pattern_of_a_week_comes_back_every_week():
    known = facts([post()], pattern(0, 3))
    days = [*WEEK, *(day + timedelta(days=7) for day in WEEK)]

    assert [
        (duty.half.day, duty.half.half_day) for duty in arrange_duties(known, days).values()
    ] == [
        (date(2026, 3, 2), MORNING),
        (date(2026, 3, 3), AFTERNOON),
        (date(2026, 3, 9), MORNING),
        (date(2026, 3, 10), AFTERNOON),
    ]


def test_a_pattern_holds_from_its_first_day_to_the_day_before_its_end():
    patterns = [
        *pattern(0, ended_on=MONDAY),
        *pattern(2, started_on=MONDAY, ended_on=MONDAY + timedelta(days=2)),
        *pattern(4, started_on=MONDAY + timedelta(days=3)),
    ]

    assert stands(facts([post()], patterns), WEEK) == {(ANH, Half(WEEK[1], MORNING)): Stand.REGULAR}


def test_nobody_sits_there_before_or_after_the_own_post():
    known = facts([post(ended_on=MONDAY)], pattern(0))

    assert stands(known) == {}


def test_a_turn_beside_the_pattern_is_extra_until_it_was_performed():
    planned, performed = turn(), turn(MONDAY_AFTERNOON, performed=True)

    assert stands(facts([post()], turns=[planned, performed])) == {
        (ANH, MONDAY_MORNING): Stand.EXTRA,
        (ANH, MONDAY_AFTERNOON): Stand.PERFORMED,
    }


def test_who_is_on_leave_is_away_from_what_the_pattern_and_planned_turns_say():
    known = facts([post()], pattern(0), [leave()], turns=[turn(MONDAY_AFTERNOON)])

    assert set(stands(known).values()) == {Stand.AWAY}


def test_leave_of_half_a_day_leaves_the_other_half():
    known = facts([post()], pattern(0, 1), [leave(half=AFTERNOON)])

    assert stands(known) == {
        (ANH, MONDAY_MORNING): Stand.REGULAR,
        (ANH, MONDAY_AFTERNOON): Stand.AWAY,
    }


def test_what_was_performed_counts_even_on_leave():
    known = facts([post()], pattern(0), [leave()], turns=[turn(performed=True)])

    assert stands(known) == {(ANH, MONDAY_MORNING): Stand.PERFORMED}


def test_a_paused_post_is_away_until_the_day_of_return():
    pause = PauseFact(ANH, MONDAY, MONDAY + timedelta(days=1))
    known = facts([post()], pattern(0, 2), pauses=[pause])

    assert stands(known, WEEK) == {
        (ANH, MONDAY_MORNING): Stand.AWAY,
        (ANH, Half(WEEK[1], MORNING)): Stand.REGULAR,
    }


def test_a_substitute_sits_there_when_the_absent_one_would_have():
    known = facts([post(), post(BINH)], pattern(0), [leave(substitute=BINH, days=7)])

    assert arrange_duties(known, WEEK)[BINH, MONDAY_MORNING] == Duty(
        BINH, MONDAY_MORNING, WARD, Stand.SUBSTITUTE, for_post_id=ANH
    )
    assert len(arrange_duties(known, WEEK)) == 2


def test_a_substitute_of_a_bordering_ward_serves_at_this_desk():
    known = facts([post()], pattern(0), [leave(substitute=CUONG)])

    assert arrange_duties(known, [MONDAY])[CUONG, MONDAY_MORNING].ward_id == WARD
    assert MONDAY_MORNING not in gaps(known)


def test_a_substitute_who_is_away_as_well_leaves_a_gap():
    known = facts([post(), post(BINH)], pattern(0), [leave(substitute=BINH), leave(BINH)])

    assert (BINH, MONDAY_MORNING) not in stands(known)
    assert MONDAY_MORNING in gaps(known)


def test_half_days_of_working_days_without_anybody_are_gaps():
    known = facts([post()], pattern(*range(9)))

    assert gaps(known) == [Half(date(2026, 3, 6), AFTERNOON)]


def test_saturday_morning_is_a_gap_only_where_the_pattern_has_it():
    weekdays = pattern(*ALL_WORKING_HALVES)
    saturdays = pattern(SATURDAY_MORNING_HALF, post_id=BINH)
    posts = [post(), post(BINH)]
    away = leave(BINH, days=7)

    assert gaps(facts(posts, weekdays, [away])) == []
    assert gaps(facts(posts, [*weekdays, *saturdays], [away])) == [Half(WEEK[5], MORNING)]


def test_sunday_is_never_a_gap():
    known = facts([post()], pattern(*ALL_WORKING_HALVES, SUNDAY_MORNING_HALF), [leave(days=7)])

    assert {half.day for half in gaps(known)} == set(WEEK[:5])


def test_a_half_day_marked_as_holiday_is_no_gap_and_nobody_is_expected():
    closed = HolidayFact(1, WARD, MONDAY, MORNING)
    known = facts([post()], pattern(0), holidays=[closed])

    assert stands(known) == {}
    assert gaps(known, [MONDAY]) == [MONDAY_AFTERNOON]


def test_a_holiday_of_one_ward_leaves_its_neighbour_open():
    closed = HolidayFact(1, NEIGHBOUR, MONDAY, MORNING)
    known = facts([post()], pattern(0), holidays=[closed])

    assert stands(known) == {(ANH, MONDAY_MORNING): Stand.REGULAR}


def test_a_ward_without_a_post_has_no_gaps_as_the_audit_tells_of_it():
    assert gaps(facts([post(ward=NEIGHBOUR)])) == []


def test_a_ward_plans_its_desk_with_a_pattern_or_a_turn_to_come():
    assert not is_planned(facts([post()], turns=[turn(performed=True)]), WARD)
    assert is_planned(facts([post()], turns=[turn()]), WARD)
    assert is_planned(facts([post()], pattern(0)), WARD)
    assert not is_planned(facts([post(), post(CUONG, NEIGHBOUR)], pattern(0)), NEIGHBOUR)


def test_what_should_have_been_taken_up_to_today_waits_to_be_confirmed():
    known = facts([post()], pattern(0, 1, 2, 3), [leave(half=AFTERNOON)], turns=[turn()])
    duties = arrange_duties(known, WEEK)

    assert [duty.half for duty in list_unconfirmed(duties, {WARD}, WEEK[1])] == [
        MONDAY_MORNING,
        Half(WEEK[1], MORNING),
        Half(WEEK[1], AFTERNOON),
    ]
    assert list_unconfirmed(duties, {NEIGHBOUR}, WEEK[1]) == []
