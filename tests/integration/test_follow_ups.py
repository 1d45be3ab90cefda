"""Calls two to four weeks later: whom they concern, when, and what an answer leads to."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.access.scope import WardScope
from app.errors import (
    FollowUpAnsweredError,
    LaterChangeError,
    LearnsAgainError,
    OutOfScopeError,
    PeriodClosedError,
)
from app.queries.follow_up_answers import FollowUpCounts, count_follow_ups, list_answers
from app.queries.follow_ups import CallCounts, count_calls, count_due_calls, list_calls
from app.services.answer_follow_up import answer_follow_up
from app.services.learn_again import learn_again
from app.services.undo_batch import undo_batch
from models import FollowUp, Mentee, Mentorship, db
from models.enums import FollowUpAnswer, FollowUpOccasion
from tests.factories.base import any_ward
from tests.factories.desk import DAY, staff
from tests.factories.network import (
    ConsentFactory,
    FollowUpFactory,
    HandoffFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    end_reason,
)

pytestmark = pytest.mark.usefixtures("flask_app", "on_the_day")

NOWHERE = WardScope.of([])
ABLE, HELP, UNREACHED = FollowUpAnswer


@pytest.fixture
def on_the_day():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def ward_scope(code: str = "21553") -> WardScope:
    return WardScope.of([any_ward(code).id])


def completed(days: int, reason: str = "completed", **values: object) -> Mentee:
    """Somebody who stopped learning so many days ago."""
    return MenteeFactory(
        started_on=ago(days + 60), ended_on=ago(days), end_reason=end_reason(reason), **values
    )


def taught(days: int, **values: object) -> Mentee:
    """Somebody handed on from the desk whom a mentor took on so many days ago."""
    mentee = MenteeFactory(started_on=ago(days + 3), **values)
    HandoffFactory(mentee=mentee, handed_on=ago(days + 3))
    mentor = MentorFactory(ward=mentee.ward, started_on=ago(days + 90))
    MentorshipFactory(mentor=mentor, mentee=mentee, started_on=ago(days))
    return mentee


def called(scope: WardScope | None = None, names_in: WardScope | None = None) -> list[int]:
    scope = scope or ward_scope()
    calls = list_calls(scope, names_in or scope, DAY, offset=0, size=50)
    assert len(calls) == count_calls(scope, names_in or scope, DAY)
    return [call.mentee_id for call in calls]


@pytest.mark.parametrize("make", [completed, taught])
def test_a_call_is_due_from_the_fourteenth_day_until_the_eighth_week(make):
    _early, first, last, overdue, _too_late = [make(days) for days in (13, 14, 28, 55, 56)]

    assert called() == [overdue.id, last.id, first.id]


def test_a_call_is_overdue_after_the_twenty_eighth_day():
    completed(28)
    late = completed(29)

    scope = ward_scope()
    calls = list_calls(scope, scope, DAY, offset=0, size=50)

    assert [call.mentee_id for call in calls if call.is_overdue(DAY)] == [late.id]
    assert calls[0].due_by == DAY - timedelta(days=1)
    assert count_due_calls(scope, scope, DAY) == CallCounts(2, 1)


def test_only_who_completed_or_came_from_the_desk_and_has_a_mentor_is_asked():
    completed(20, "mentee_left")
    handed_on_and_waiting = MenteeFactory(started_on=ago(20))
    HandoffFactory(mentee=handed_on_and_waiting, handed_on=ago(20))
    MentorshipFactory(mentee=MenteeFactory(started_on=ago(30)), started_on=ago(20))
    left = taught(20)
    left.ended_on, left.end_reason = ago(2), end_reason("mentee_left")
    db.session.commit()

    assert called() == []


def test_the_clock_of_who_was_handed_on_runs_from_the_first_mentor_afterwards():
    mentee = taught(50)
    first = db.session.query(Mentorship).filter_by(mentee_id=mentee.id).one()
    first.ended_on, first.end_reason = ago(20), end_reason("moved")
    db.session.commit()
    MentorshipFactory(mentee=mentee, started_on=ago(20))

    (call,) = list_calls(ward_scope(), ward_scope(), DAY, offset=0, size=9)

    assert (call.since, call.occasion) == (ago(50), FollowUpOccasion.PAIRED)


def test_who_took_back_the_consent_is_not_called():
    withdrawn, renewed = completed(20), completed(20)
    for mentee in (withdrawn, renewed):
        ConsentFactory(person=mentee.person, withdrawn_on=ago(5))
    ConsentFactory(person=renewed.person)

    assert called() == [renewed.id]


def test_the_desk_calls_only_those_whom_it_handed_on():
    from_desk, _other = taught(20), completed(20)
    both = completed(22)
    HandoffFactory(mentee=both, handed_on=ago(80))

    assert called(ward_scope(), NOWHERE) == [both.id, from_desk.id]


def test_another_ward_s_people_are_not_on_the_list():
    completed(20, ward=any_ward("23575"))

    assert called() == []
    assert len(called(WardScope.everywhere())) == 1


@pytest.mark.parametrize("answer", [ABLE, HELP])
def test_an_answer_stands_with_its_day_and_who_asked_and_takes_the_call_off_the_list(answer):
    account, scope = staff()
    mentee_id, account_id = completed(20).id, account.id

    answer_follow_up(scope, scope, mentee_id, answer)

    row = db.session.scalars(select(FollowUp)).one()
    assert (row.mentee_id, row.answer, row.occasion) == (
        mentee_id,
        answer,
        FollowUpOccasion.COMPLETED,
    )
    assert (row.service_date, row.entered_by_id) == (DAY, account_id)
    assert row.reported_in.started_on <= DAY < row.reported_in.ended_on
    assert called() == []


def test_who_was_not_reached_is_called_again_after_three_days():
    _account, scope = staff()
    mentee_id = completed(20).id

    answer_follow_up(scope, scope, mentee_id, UNREACHED)

    (call,) = list_calls(scope, scope, DAY, offset=0, size=9)
    assert (call.attempts, call.tried_on, call.is_resting(DAY)) == (1, DAY, True)
    assert count_due_calls(scope, scope, DAY) == CallCounts(0, 0)
    assert count_due_calls(scope, scope, DAY + timedelta(days=3)) == CallCounts(1, 0)


def test_whom_nobody_tried_lately_comes_first():
    _account, scope = staff()
    tried, untried = completed(30).id, completed(15).id
    answer_follow_up(scope, scope, tried, UNREACHED)

    assert called() == [untried, tried]


def test_a_second_answer_of_somebody_slower_is_refused():
    _account, scope = staff()
    mentee_id = completed(20).id
    answer_follow_up(scope, scope, mentee_id, ABLE)

    with pytest.raises(FollowUpAnsweredError):
        answer_follow_up(scope, scope, mentee_id, HELP)

    assert db.session.scalar(select(func.count(FollowUp.id))) == 1


def test_a_double_press_of_not_reached_is_one_call():
    _account, scope = staff()
    mentee_id = completed(20).id
    answer_follow_up(scope, scope, mentee_id, UNREACHED)

    with pytest.raises(FollowUpAnsweredError):
        answer_follow_up(scope, scope, mentee_id, UNREACHED)


def test_the_database_itself_keeps_one_answer_for_each_occasion():
    mentee = completed(20)
    FollowUpFactory(mentee=mentee, answer=UNREACHED)
    FollowUpFactory(mentee=mentee, answer=ABLE)

    with pytest.raises(IntegrityError):
        FollowUpFactory(mentee=mentee, answer=HELP)


def test_an_undone_answer_puts_the_call_back():
    _account, scope = staff()
    mentee_id = completed(20).id
    receipt = answer_follow_up(scope, scope, mentee_id, HELP)

    undo_batch(scope, receipt.batch_id)

    assert called() == [mentee_id]
    answer_follow_up(scope, scope, mentee_id, ABLE)
    assert called() == []


def test_an_answer_of_a_closed_report_is_not_undone():
    _account, scope = staff()
    receipt = answer_follow_up(scope, scope, completed(20).id, ABLE)
    row = db.session.scalars(select(FollowUp)).one()
    row.reported_in.closed_at = clock.now()
    db.session.commit()

    with pytest.raises(PeriodClosedError):
        undo_batch(scope, receipt.batch_id)


def test_whom_nobody_has_to_call_does_not_exist():
    _account, scope = staff()
    elsewhere, early = completed(20, ward=any_ward("23575")), completed(3)

    for mentee_id in (elsewhere.id, early.id):
        with pytest.raises(OutOfScopeError):
            answer_follow_up(scope, scope, mentee_id, ABLE)


def test_who_needs_help_is_put_back_on_the_waiting_list_once():
    _account, scope = staff()
    mentee_id = completed(20).id
    answer_follow_up(scope, scope, mentee_id, HELP)

    again_id = learn_again(scope, mentee_id).object_id

    again = db.session.get(Mentee, again_id)
    assert again is not None
    assert (again.started_on, again.ended_on) == (DAY, None)
    assert again.person_id == db.session.get_one(Mentee, mentee_id).person_id
    (told,) = list_answers(scope, scope, DAY, at_most=9)
    assert (told.learning_id, told.mentor) == (again_id, None)
    with pytest.raises(LearnsAgainError):
        learn_again(scope, mentee_id)


def test_the_list_of_answers_names_the_mentor_of_who_learns_again():
    _account, scope = staff()
    mentee_id = completed(20).id
    answer_follow_up(scope, scope, mentee_id, HELP)
    receipt = learn_again(scope, mentee_id)
    mentor = MentorFactory(person=PersonFactory(full_name="Rơ Châm Dih"), started_on=ago(90))
    MentorshipFactory(
        mentor=mentor, mentee=db.session.get_one(Mentee, receipt.object_id), started_on=DAY
    )

    (told,) = list_answers(scope, scope, DAY, at_most=9)

    assert (told.mentor, told.mentor_id) == ("Rơ Châm Dih", mentor.id)
    with pytest.raises(LaterChangeError):
        undo_batch(scope, receipt.batch_id)


def test_shares_count_the_days_asked_about_and_leave_out_who_was_not_reached():
    for day, answer in ((1, ABLE), (2, ABLE), (3, HELP), (4, UNREACHED), (40, ABLE)):
        FollowUpFactory(mentee=completed(20), service_date=ago(day), answer=answer)
    FollowUpFactory(mentee=completed(20, ward=any_ward("23575")), service_date=ago(1))
    undone = FollowUpFactory(mentee=completed(20), service_date=ago(1))
    undone.deleted_at = clock.now()
    db.session.commit()

    counts = count_follow_ups(ward_scope(), ago(30), DAY)

    assert counts == FollowUpCounts(still_able=2, needs_help=1, unreached=1)
    assert counts.answered == 3
