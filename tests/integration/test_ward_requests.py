"""Requests between wards: who may ask, answer, withdraw and see them, and what follows."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from app.access.scope import WardScope
from app.errors import (
    OutOfScopeError,
)
from app.queries.ward_requests import (
    count_requests_to_do,
    get_request,
    list_requests,
    list_wards_to_ask,
)
from app.queries.wards import list_bordering_ids
from app.request_errors import (
    NotBorderingError,
    RequestAnsweredError,
    RequestDayOverError,
    TooManyForRequestError,
)
from app.services.answer_ward_request import accept_ward_request, decline_ward_request
from app.services.ask_ward import HelpWanted, ask_ward
from app.services.duty_writing import Turn
from app.services.record_duty import record_duty
from app.services.undo_batch import undo_batch
from app.services.use_ward_request import (
    pair_by_request,
    plan_by_request,
    withdraw_ward_request,
)
from models import DutyTurn, Mentorship, Ward, WardRequest, db
from models.enums import HalfDay, RequestKind, RequestState
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    SupportPostFactory,
    WardRequestFactory,
)

pytestmark = pytest.mark.usefixtures("flask_app")
TODAY = date(2026, 3, 10)
MENTOR = HelpWanted(kind=RequestKind.MENTOR, mentees=2)


@pytest.fixture(autouse=True)
def a_tuesday_in_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def asking() -> Ward:
    return any_ward()


@pytest.fixture
def asked(asking) -> Ward:
    """A ward that borders the one that asks."""
    return db.session.get_one(Ward, list_bordering_ids(of(asking), asking.id)[0])


def of(*wards: Ward) -> WardScope:
    return WardScope.of([ward.id for ward in wards])


def state_of(request_id: int) -> RequestState:
    db.session.expire_all()
    return db.session.get_one(WardRequest, request_id).state


def test_requests_between_wards_a_mentor_is_asked_for_lent_and_paired_with_one_press(asking, asked):
    mentor = MentorFactory(ward=asked, person__full_name="Ksor H'Lan")
    waiting = MenteeFactory.create_batch(3, ward=asking)
    ids, mentor_id = [mentee.id for mentee in waiting], mentor.id
    here, there = of(asking), of(asked)
    request_id = ask_ward(here, asking.id, asked.id, MENTOR).object_id
    assert count_requests_to_do(there) == (1, 0)

    accept_ward_request(there, request_id, mentor_id)
    told = get_request(here, request_id)
    to_do = count_requests_to_do(here)
    with pytest.raises(TooManyForRequestError):
        pair_by_request(here, request_id, ids, on=TODAY)
    receipt = pair_by_request(here, request_id, ids[:2], on=TODAY)

    assert (told.helper, told.state, to_do) == ("Ksor H'Lan", RequestState.ACCEPTED, (0, 1))
    pairs = db.session.execute(select(Mentorship.mentor_id, Mentorship.mentee_id)).all()
    assert sorted(pairs) == [(mentor_id, ids[0]), (mentor_id, ids[1])]
    assert state_of(request_id) is RequestState.FULFILLED
    undo_batch(here, receipt.batch_id)
    assert state_of(request_id) is RequestState.ACCEPTED
    assert db.session.scalars(select(Mentorship)).all() == []


def test_requests_between_wards_a_support_day_is_planned_and_performed_at_the_asking_desk(
    asking, asked
):
    post_id = SupportPostFactory(ward=asked).id
    here, there = of(asking), of(asked)
    wanted = HelpWanted(kind=RequestKind.SUPPORT, day=TODAY)
    request_id = ask_ward(here, asking.id, asked.id, wanted).object_id
    accept_ward_request(there, request_id, post_id)

    plan_by_request(here, request_id)
    morning = Turn(post_id=post_id, day=TODAY, half_day=HalfDay.MORNING, is_performed=True)
    record_duty(here, morning)

    turns = db.session.scalars(select(DutyTurn).order_by(DutyTurn.id)).all()
    assert [(turn.ward_id, turn.half_day, turn.is_performed) for turn in turns] == [
        (asking.id, HalfDay.MORNING, True),
        (asking.id, HalfDay.AFTERNOON, False),
    ]


def test_a_request_is_declined_with_a_reason_or_withdrawn_and_each_step_is_undone(asking, asked):
    here, there = of(asking), of(asked)
    request_id = ask_ward(here, asking.id, asked.id, MENTOR).object_id

    declined = decline_ward_request(there, request_id, "Mentor đã kín chỗ.")

    assert get_request(here, request_id).reason == "Mentor đã kín chỗ."
    assert list_requests(here) == []
    with pytest.raises(RequestAnsweredError):
        withdraw_ward_request(here, request_id)
    undo_batch(there, declined.batch_id)
    withdrawn = withdraw_ward_request(here, request_id)
    with pytest.raises(RequestAnsweredError):
        decline_ward_request(there, request_id, "Muộn.")
    undo_batch(here, withdrawn.batch_id)
    assert state_of(request_id) is RequestState.OPEN


def test_only_the_asked_ward_answers_only_the_asking_one_uses_and_others_see_nothing(asking, asked):
    mentor_id, stranger_id = MentorFactory(ward=asked).id, MentorFactory(ward=asking).id
    request_id = ask_ward(of(asking), asking.id, asked.id, MENTOR).object_id
    third = of(any_ward("23941"))

    for scope in (of(asking), third):
        with pytest.raises(OutOfScopeError):
            accept_ward_request(scope, request_id, mentor_id)
        with pytest.raises(OutOfScopeError):
            decline_ward_request(scope, request_id, "Không.")
    with pytest.raises(OutOfScopeError):
        accept_ward_request(of(asked), request_id, stranger_id)
    accept_ward_request(of(asked), request_id, mentor_id)
    for scope in (of(asked), third):
        with pytest.raises(OutOfScopeError):
            withdraw_ward_request(scope, request_id)
        with pytest.raises(OutOfScopeError):
            pair_by_request(scope, request_id, [], on=TODAY)

    assert list_requests(third, with_past=True) == []
    with pytest.raises(OutOfScopeError):
        get_request(third, request_id)
    assert len(list_requests(WardScope.everywhere())) == 1


def test_a_ward_asks_only_those_that_border_it_and_only_for_itself(asking, asked):
    far = any_ward("23941")

    with pytest.raises(NotBorderingError):
        ask_ward(of(asking), asking.id, far.id, MENTOR)
    with pytest.raises(OutOfScopeError):
        ask_ward(of(asking), asked.id, asking.id, MENTOR)

    offered = [ward.id for ward in list_wards_to_ask(of(asking), [asking.id])]
    assert sorted(offered) == list_bordering_ids(of(asking), asking.id)


def test_nobody_is_sent_for_a_day_that_is_over(asking, asked):
    post_id = SupportPostFactory(ward=asked).id
    past = WardRequestFactory(
        asking_ward=asking, asked_ward=asked, kind=RequestKind.SUPPORT, day=date(2026, 3, 9)
    )

    with pytest.raises(RequestDayOverError):
        accept_ward_request(of(asked), past.id, post_id)
