"""Who can stand in for whom, on small plans worked out by hand."""

from datetime import date, timedelta

from app.desk.duties import Half
from app.desk.stand_ins import Absence, StandIn, cover_absence, overlaps
from app.queries.duty_plan import (
    DutyFacts,
    LeaveFact,
    PatternFact,
    PauseFact,
    PostFact,
    TurnFact,
)
from models.enums import HalfDay

MONDAY = date(2026, 3, 2)
TUESDAY = MONDAY + timedelta(days=1)
START = date(2026, 1, 5)
MORNING, AFTERNOON = HalfDay.MORNING, HalfDay.AFTERNOON
WARD, NEIGHBOUR = 1, 2
ANH, BINH, CUONG, DUNG = 11, 12, 13, 21
TWO_DAYS = Absence(ANH, MONDAY, TUESDAY)
PATTERN_OF_ANH = [PatternFact(ANH, half, START, None) for half in (0, 2)]


def post(post_id, ward=WARD, person=None, ended_on=None):
    return PostFact(post_id, ward, person or post_id, START, ended_on)


def facts(*others, patterns=(), leaves=(), pauses=(), turns=()):
    posts = [post(ANH), *others]
    all_patterns = [*PATTERN_OF_ANH, *patterns]
    return DutyFacts(posts, all_patterns, list(leaves), list(pauses), list(turns), [])


def offered(known, absence=TWO_DAYS):
    return list(cover_absence(known, absence).stand_ins)


def test_an_absence_leaves_open_what_its_post_would_have_taken():
    turn = TurnFact(1, WARD, ANH, MONDAY, AFTERNOON, False)
    done = TurnFact(2, WARD, ANH, TUESDAY, MORNING, True)

    missed = cover_absence(facts(turns=[turn, done]), TWO_DAYS).missed

    assert missed == (Half(MONDAY, MORNING), Half(MONDAY, AFTERNOON))


def test_those_of_the_own_ward_come_before_those_of_bordering_wards():
    known = facts(post(DUNG, NEIGHBOUR), post(BINH))

    assert offered(known) == [StandIn(BINH, WARD, 2), StandIn(DUNG, NEIGHBOUR, 2)]


def test_who_is_on_duty_then_is_not_free():
    known = facts(
        post(BINH), post(CUONG), patterns=[PatternFact(BINH, half, START, None) for half in (0, 2)]
    )

    assert offered(known) == [StandIn(CUONG, WARD, 2)]


def test_who_is_free_on_some_of_the_half_days_comes_after_who_is_free_on_all():
    known = facts(post(BINH), post(CUONG), patterns=[PatternFact(BINH, 0, START, None)])

    coverage = cover_absence(known, TWO_DAYS)

    assert coverage.stand_ins == (StandIn(CUONG, WARD, 2), StandIn(BINH, WARD, 1))
    assert (coverage.is_free(CUONG), coverage.is_free(BINH)) == (True, False)


def test_who_is_on_leave_or_paused_or_gone_cannot_stand_in():
    leave = LeaveFact(1, WARD, BINH, MONDAY, TUESDAY + timedelta(days=1), None, None)
    pause = PauseFact(CUONG, START, TUESDAY)
    known = facts(
        post(BINH), post(CUONG), post(DUNG, ended_on=TUESDAY), leaves=[leave], pauses=[pause]
    )

    assert offered(known) == []


def test_nobody_stands_in_for_oneself_from_another_post():
    known = facts(post(DUNG, NEIGHBOUR, person=ANH))

    assert offered(known) == []


def test_who_stands_in_for_somebody_else_already_is_not_free():
    of_cuong = LeaveFact(1, WARD, CUONG, MONDAY, TUESDAY, None, BINH)
    known = facts(
        post(BINH), post(CUONG), patterns=[PatternFact(CUONG, 0, START, None)], leaves=[of_cuong]
    )

    assert StandIn(BINH, WARD, 1) in offered(known)


def test_an_absence_of_half_days_asks_for_these_alone():
    known = facts(post(BINH), patterns=[PatternFact(ANH, 1, START, None)])

    coverage = cover_absence(known, Absence(ANH, MONDAY, TUESDAY, AFTERNOON))

    assert coverage.missed == (Half(MONDAY, AFTERNOON),)


def test_leave_overlaps_where_both_cover_the_same_half_day():
    morning = LeaveFact(1, WARD, ANH, MONDAY, TUESDAY, MORNING, None)

    assert overlaps([morning], TWO_DAYS)
    assert not overlaps([morning], Absence(ANH, MONDAY, MONDAY, AFTERNOON))
    assert not overlaps([morning], Absence(ANH, TUESDAY, TUESDAY))
    assert not overlaps([morning], Absence(BINH, MONDAY, MONDAY))
