"""Planning the desk: the weekly pattern, leave with a substitute, holidays, confirmed turns."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.access.scope import WardScope
from app.desk.duties import Stand, arrange_duties, find_gaps
from app.desk.stand_ins import Absence
from app.errors import (
    EditConflictError,
    LeaveRecordedError,
    OutOfScopeError,
    PostNotOpenError,
    SubstituteBusyError,
    TurnRecordedError,
)
from app.queries.audit import audit_scope
from app.queries.duty import list_visiting_posts
from app.queries.duty_leave import describe_stand_ins, list_leaves
from app.queries.duty_pattern import get_pattern_edition, list_week_halves
from app.queries.duty_plan import (
    DutyFacts,
    HolidayFact,
    LeaveFact,
    PatternFact,
    PauseFact,
    PostFact,
    TurnFact,
    read_duty_facts,
)
from app.services.confirm_duty import confirm_duty
from app.services.delete_leave import delete_leave
from app.services.duty_writing import Turn
from app.services.record_leave import record_leave
from app.services.set_duty_pattern import WeeklyPlan, set_duty_pattern
from app.services.set_holiday import set_holiday
from app.services.undo_batch import undo_batch
from models import DutyHoliday, DutyPattern, DutyTurn, db
from models.enums import HalfDay
from tests.factories.base import any_ward
from tests.factories.desk import DAY, staff
from tests.factories.network import (
    DutyHolidayFactory,
    DutyLeaveFactory,
    DutyPatternFactory,
    DutyTurnFactory,
    PauseFactory,
    PersonFactory,
    SupportPostFactory,
)

pytestmark = pytest.mark.usefixtures("flask_app")

# DAY is a Monday. Quy Nhơn Bắc borders Quy Nhơn; Ia Grai is far away.
OWN, BORDERING, FAR = "21553", "21583", "23764"
NEXT_DAY = DAY + timedelta(days=1)
MORNING, AFTERNOON = HalfDay.MORNING, HalfDay.AFTERNOON
MONDAYS = frozenset({0, 1})


def post_of(ward_code=OWN, **values):
    return SupportPostFactory(ward=any_ward(ward_code), **values).id


def plan(*halves, first_day=DAY, last_day=None):
    return WeeklyPlan(week_halves=frozenset(halves), first_day=first_day, last_day=last_day)


def arrange(scope, post_id, wanted):
    edition = get_pattern_edition(scope, post_id)
    return set_duty_pattern(scope, post_id, wanted, seen_edition=edition)


def spells():
    """The rows of the pattern that are there: half of the week, first day, end."""
    rows = db.session.scalars(select(DutyPattern).order_by(DutyPattern.id))
    return [(row.week_half, row.started_on, row.ended_on) for row in rows]


def performed(post_id, day=DAY, half=MORNING):
    return Turn(post_id=post_id, day=day, half_day=half, is_performed=True)


# the weekly pattern ---------------------------------------------------------------------------


def test_a_pattern_is_dated_and_what_held_before_ends_where_the_new_one_begins():
    _account, scope = staff()
    post_id = post_of()
    arrange(scope, post_id, plan(0, 1, first_day=date(2026, 8, 3)))

    arrange(scope, post_id, plan(1, 2, last_day=date(2026, 9, 30)))

    assert spells() == [
        (0, date(2026, 8, 3), DAY),
        (1, date(2026, 8, 3), DAY),
        (1, DAY, date(2026, 10, 1)),
        (2, DAY, date(2026, 10, 1)),
    ]
    assert list_week_halves(scope, post_id, date(2026, 8, 30)) == [0, 1]
    assert list_week_halves(scope, post_id, DAY) == [1, 2]


def test_what_stays_the_same_is_left_alone():
    _account, scope = staff()
    post_id = post_of()
    arrange(scope, post_id, plan(0, 1, first_day=date(2026, 8, 3)))

    arrange(scope, post_id, plan(0, 1))

    assert spells() == [(0, date(2026, 8, 3), None), (1, date(2026, 8, 3), None)]


def test_a_pattern_of_the_same_day_replaces_the_first_attempt_and_undo_brings_it_back():
    _account, scope = staff()
    post_id = post_of()
    arrange(scope, post_id, plan(0))

    second = arrange(scope, post_id, plan(4))
    replaced = spells()
    undo_batch(scope, second.batch_id)

    assert replaced == [(4, DAY, None)]
    assert spells() == [(0, DAY, None)]


def test_who_plans_on_an_old_page_is_told():
    _account, scope = staff()
    post_id = post_of()
    seen = get_pattern_edition(scope, post_id)
    arrange(scope, post_id, plan(0))

    with pytest.raises(EditConflictError):
        set_duty_pattern(scope, post_id, plan(4), seen_edition=seen)


def test_nobody_plans_for_days_before_the_post_or_for_another_ward():
    _account, scope = staff()
    late, foreign = post_of(started_on=NEXT_DAY), post_of(BORDERING)

    with pytest.raises(PostNotOpenError):
        arrange(scope, late, plan(0))
    with pytest.raises(OutOfScopeError):
        arrange(scope, foreign, plan(0))


# leave ----------------------------------------------------------------------------------------


def test_leave_with_a_substitute_is_one_unit_and_one_undo_takes_all_of_it_back():
    _account, scope = staff()
    absent, substitute = post_of(), post_of()
    arrange(scope, absent, plan(*MONDAYS))

    receipt = record_leave(scope, Absence(absent, DAY, NEXT_DAY), substitute_post_id=substitute)
    stands = {key[0]: duty.stand for key, duty in arrange_duties(facts_of(scope), [DAY]).items()}
    undo_batch(scope, receipt.batch_id)

    assert stands == {absent: Stand.AWAY, substitute: Stand.SUBSTITUTE}
    after = arrange_duties(facts_of(scope), [DAY])
    assert {key[0]: duty.stand for key, duty in after.items()} == {absent: Stand.REGULAR}


def test_somebody_of_a_bordering_ward_stands_in_and_both_wards_know():
    _account, scope = staff()
    _their_account, theirs = staff(BORDERING)
    absent = post_of(person=PersonFactory(full_name="Lê Thị Ánh"))
    helper = post_of(BORDERING, person=PersonFactory(full_name="Trần Văn Bình"))
    arrange(scope, absent, plan(*MONDAYS))

    record_leave(scope, Absence(absent, DAY, DAY), substitute_post_id=helper)

    assert [post.holder for post in list_visiting_posts(scope, DAY, DAY)] == ["Trần Văn Bình"]
    assert [post.holder for post in list_visiting_posts(theirs, DAY, DAY)] == ["Lê Thị Ánh"]
    for side in (scope, theirs):
        duty = arrange_duties(facts_of(side), [DAY])[helper, (DAY, MORNING)]
        assert (duty.ward_id, duty.for_post_id) == (any_ward(OWN).id, absent)
    assert list_visiting_posts(scope, NEXT_DAY, NEXT_DAY) == []


def test_a_bordering_ward_shows_no_name_before_there_is_a_link():
    _account, scope = staff()
    own = post_of(person=PersonFactory(full_name="Lê Thị Ánh", phone="+84912345678"))
    other = post_of(
        BORDERING, person=PersonFactory(full_name="Trần Văn Bình", phone="+84912345678")
    )

    people = describe_stand_ins(scope, [own, other])

    assert [(row.ward_name, row.holder) for row in (people[own], people[other])] == [
        ("Quy Nhơn Bắc", "Lê Thị Ánh"),
        ("Quy Nhơn", None),
    ]
    assert people[other].masked_phone == "0912 ••• 678"


@pytest.mark.parametrize("reason", ["busy", "far", "away", "nobody"])
def test_who_is_not_free_or_too_far_away_cannot_stand_in(reason):
    _account, scope = staff()
    absent = post_of()
    arrange(scope, absent, plan(*MONDAYS))
    substitute = post_of(FAR if reason == "far" else OWN)
    if reason == "busy":
        arrange(scope, substitute, plan(0))
    if reason == "away":
        record_leave(scope, Absence(substitute, DAY, DAY))
    if reason == "nobody":
        substitute = 999_999

    with pytest.raises(SubstituteBusyError):
        record_leave(scope, Absence(absent, DAY, DAY), substitute_post_id=substitute)


def test_leave_is_recorded_once_for_a_half_day():
    _account, scope = staff()
    absent = post_of()
    record_leave(scope, Absence(absent, DAY, DAY, MORNING))

    with pytest.raises(LeaveRecordedError):
        record_leave(scope, Absence(absent, DAY, NEXT_DAY))

    record_leave(scope, Absence(absent, DAY, DAY, AFTERNOON))
    assert [leave.half_day for leave in list_leaves(scope, DAY)] == [MORNING, AFTERNOON]


def test_leave_lies_within_the_post_and_the_own_ward():
    _account, scope = staff()
    ending, foreign = post_of(ended_on=NEXT_DAY), post_of(BORDERING)

    with pytest.raises(PostNotOpenError):
        record_leave(scope, Absence(ending, DAY, NEXT_DAY))
    with pytest.raises(OutOfScopeError):
        record_leave(scope, Absence(foreign, DAY, DAY))


def test_leave_is_taken_back_and_put_back():
    _account, scope = staff()
    receipt = record_leave(scope, Absence(post_of(), DAY, DAY))

    deleted = delete_leave(scope, receipt.object_id)
    after = list_leaves(scope, DAY)
    undo_batch(scope, deleted.batch_id)

    assert after == []
    assert len(list_leaves(scope, DAY)) == 1


# holidays -------------------------------------------------------------------------------------


def test_a_half_day_marked_as_holiday_is_no_gap_any_more():
    _account, scope = staff()
    post_of()
    ward_id = any_ward(OWN).id

    receipt = set_holiday(scope, ward_id, DAY, {MORNING})
    with_holiday = gaps_of(scope, ward_id)
    undo_batch(scope, receipt.batch_id)

    assert with_holiday == [(DAY, AFTERNOON)]
    assert gaps_of(scope, ward_id) == [(DAY, MORNING), (DAY, AFTERNOON)]


def test_marking_a_day_again_says_all_of_it():
    _account, scope = staff()
    ward_id = any_ward(OWN).id
    set_holiday(scope, ward_id, DAY, set(HalfDay))

    set_holiday(scope, ward_id, DAY, {AFTERNOON})
    once = [row.half_day for row in db.session.scalars(select(DutyHoliday))]
    set_holiday(scope, ward_id, DAY, set())

    assert once == [AFTERNOON]
    assert db.session.scalars(select(DutyHoliday)).all() == []


def test_nobody_closes_the_desk_of_another_ward():
    _account, scope = staff()

    with pytest.raises(OutOfScopeError):
        set_holiday(scope, any_ward(BORDERING).id, DAY, {MORNING})


# confirmed turns ------------------------------------------------------------------------------


def test_several_turns_are_confirmed_at_once_and_taken_back_at_once():
    _account, scope = staff()
    post_id = post_of()
    days = [DAY - timedelta(days=ago) for ago in (2, 1, 0)]

    receipt = confirm_duty(scope, [performed(post_id, day) for day in days])
    stored = [row.service_date for row in db.session.scalars(select(DutyTurn))]
    undo_batch(scope, receipt.batch_id)

    assert stored == days
    assert db.session.scalars(select(DutyTurn)).all() == []


def test_what_somebody_else_confirmed_meanwhile_stays():
    _account, scope = staff()
    post_id = post_of()
    confirm_duty(scope, [performed(post_id)])

    confirm_duty(scope, [performed(post_id), performed(post_id, NEXT_DAY)])
    with pytest.raises(TurnRecordedError):
        confirm_duty(scope, [performed(post_id)])

    assert len(db.session.scalars(select(DutyTurn)).all()) == 2


def test_a_confirmed_turn_of_the_pattern_makes_the_ward_supported_in_fact():
    _account, scope = staff()
    post_id = post_of()
    arrange(scope, post_id, plan(0))
    before = audit_scope(scope, DAY).totals.wards_with_support_in_fact

    confirm_duty(scope, [performed(post_id)])

    assert before == 0
    assert audit_scope(scope, DAY).totals.wards_with_support_in_fact == 1


def test_a_plan_without_a_performed_turn_is_support_on_paper_alone():
    _account, scope = staff()
    post_id = post_of()

    arrange(scope, post_id, plan(*range(10)))

    totals = audit_scope(scope, DAY).totals
    assert (totals.wards_with_support, totals.wards_with_support_in_fact) == (1, 0)


def test_a_turn_of_who_stands_in_counts_for_the_ward_of_the_desk():
    _account, scope = staff()
    absent, helper = post_of(), post_of(BORDERING)
    arrange(scope, absent, plan(0))
    record_leave(scope, Absence(absent, DAY, DAY), substitute_post_id=helper)

    confirm_duty(scope, [performed(helper)])

    assert [row.ward_id for row in db.session.scalars(select(DutyTurn))] == [any_ward(OWN).id]
    everywhere = audit_scope(WardScope.everywhere(), DAY)
    on_paper = {
        finding.ward for finding in everywhere.findings if finding.rule == "support_on_paper"
    }
    assert on_paper == {BORDERING}


def test_nobody_confirms_a_turn_of_another_ward_without_standing_in():
    _account, scope = staff()

    with pytest.raises(OutOfScopeError):
        confirm_duty(scope, [performed(post_of(BORDERING))])


# what is read ---------------------------------------------------------------------------------


def test_one_statement_tells_everything_of_some_days_and_nothing_of_others():
    _account, scope = staff()
    ward, mate = any_ward(OWN), post_of()
    post = SupportPostFactory(ward=ward)
    DutyPatternFactory(support_post=post, week_half=3)
    DutyPatternFactory(support_post=post, week_half=4, ended_on=DAY)
    leave = DutyLeaveFactory(
        support_post=post,
        started_on=DAY,
        ended_on=NEXT_DAY,
        half_day=MORNING,
        substitute_post_id=mate,
    )
    PauseFactory(support_post=post, started_on=DAY, ended_on=NEXT_DAY)
    turn = DutyTurnFactory(support_post=post, service_date=DAY)
    DutyTurnFactory(support_post=post, service_date=NEXT_DAY)
    holiday = DutyHolidayFactory(ward=ward, day=DAY)
    elsewhere = SupportPostFactory(ward=any_ward(FAR))
    DutyPatternFactory(support_post=elsewhere)

    known = facts_of(scope)

    assert sorted(fact.id for fact in known.posts) == sorted([mate, post.id])
    assert known._replace(posts=[]) == DutyFacts(
        [],
        [PatternFact(post.id, 3, date(2026, 1, 5), None)],
        [LeaveFact(leave.id, ward.id, post.id, DAY, NEXT_DAY, MORNING, mate)],
        [PauseFact(post.id, DAY, NEXT_DAY)],
        [TurnFact(turn.id, ward.id, post.id, DAY, MORNING, True)],
        [HolidayFact(holiday.id, ward.id, DAY, MORNING)],
    )
    assert PostFact(post.id, ward.id, post.person_id, date(2026, 1, 5), None) in known.posts


def test_the_province_reads_all_desks():
    first, second = post_of(), post_of(FAR)

    known = facts_of(WardScope.everywhere())

    assert sorted(fact.id for fact in known.posts) == sorted([first, second])


def facts_of(scope):
    return read_duty_facts(scope, DAY, DAY)


def gaps_of(scope, ward_id):
    known = facts_of(scope)
    return find_gaps(known, arrange_duties(known, [DAY]), ward_id, [DAY])
