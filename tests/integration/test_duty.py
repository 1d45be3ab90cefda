"""Duty turns: one per post and half day, planned first or performed at once."""

from datetime import date

import pytest
from sqlalchemy import select

from app.errors import (
    AlreadyDoneError,
    OutOfScopeError,
    PeriodClosedError,
    PostNotOpenError,
    TurnRecordedError,
)
from app.queries.duty import get_turn_detail, list_posts, list_turns
from app.services.delete_duty import delete_duty
from app.services.duty_writing import Turn
from app.services.record_duty import record_duty
from app.services.undo_batch import undo_batch
from models import DutyTurn, db
from models.enums import HalfDay
from tests.factories.base import any_ward
from tests.factories.desk import DAY, close_third_quarter, link_to_post, staff
from tests.factories.network import PersonFactory, SupportPostFactory

pytestmark = pytest.mark.usefixtures("flask_app")


def turn(post_id: int, *, is_performed: bool = True, day: date = DAY) -> Turn:
    return Turn(post_id=post_id, day=day, half_day=HalfDay.MORNING, is_performed=is_performed)


def stored() -> list[tuple[date, HalfDay, bool]]:
    return [
        (row.service_date, row.half_day, row.is_performed)
        for row in db.session.scalars(select(DutyTurn).order_by(DutyTurn.id))
    ]


def test_a_turn_is_recorded_once() -> None:
    _account, scope = staff()
    post_id = SupportPostFactory().id
    record_duty(scope, turn(post_id))

    with pytest.raises(TurnRecordedError):
        record_duty(scope, turn(post_id))

    assert stored() == [(DAY, HalfDay.MORNING, True)]


def test_the_same_press_answers_like_the_first() -> None:
    _account, scope = staff()
    post_id = SupportPostFactory().id
    key = "a-key-of-one-button"
    first = record_duty(scope, turn(post_id), request_key=key)

    with pytest.raises(AlreadyDoneError) as repeat:
        record_duty(scope, turn(post_id), request_key=key)

    assert repeat.value.batch_id == first.batch_id


def test_a_planned_turn_becomes_performed_and_undoing_makes_it_planned_again() -> None:
    _account, scope = staff()
    post_id = SupportPostFactory().id
    record_duty(scope, turn(post_id, is_performed=False))

    receipt = record_duty(scope, turn(post_id))
    performed = stored()
    undo_batch(scope, receipt.batch_id)

    assert performed == [(DAY, HalfDay.MORNING, True)]
    assert stored() == [(DAY, HalfDay.MORNING, False)]


def test_a_turn_lies_within_the_post() -> None:
    _account, scope = staff()
    post_id = SupportPostFactory(started_on=date(2026, 8, 1), ended_on=DAY).id

    with pytest.raises(PostNotOpenError):
        record_duty(scope, turn(post_id, day=DAY))
    with pytest.raises(PostNotOpenError):
        record_duty(scope, turn(post_id, day=date(2026, 7, 31)))


def test_what_comes_late_for_a_closed_report_counts_in_the_next() -> None:
    _account, scope = staff()
    post_id = SupportPostFactory().id
    close_third_quarter()

    receipt = record_duty(scope, turn(post_id))

    detail = get_turn_detail(scope, receipt.object_id)
    assert (detail.period_code, detail.is_late) == ("2026-Q4", True)


def test_a_deleted_turn_can_be_recorded_anew_or_put_back() -> None:
    _account, scope = staff()
    post_id = SupportPostFactory().id
    turn_id = record_duty(scope, turn(post_id)).object_id

    deleted = delete_duty(scope, turn_id)
    after = stored()
    undo_batch(scope, deleted.batch_id)

    assert after == []
    assert stored() == [(DAY, HalfDay.MORNING, True)]


def test_a_turn_of_a_closed_report_stays() -> None:
    _account, scope = staff()
    turn_id = record_duty(scope, turn(SupportPostFactory().id)).object_id
    row = db.session.get(DutyTurn, turn_id)
    assert row is not None
    row.reported_in.closed_at = row.entered_at
    db.session.commit()

    with pytest.raises(PeriodClosedError):
        delete_duty(scope, turn_id)


def test_posts_and_turns_of_another_ward_do_not_exist() -> None:
    _account, scope = staff()
    foreign = SupportPostFactory(ward=any_ward("23575"))
    foreign_id = foreign.id
    _other_account, other = staff("23575")
    turn_id = record_duty(other, turn(foreign_id)).object_id

    with pytest.raises(OutOfScopeError):
        record_duty(scope, turn(foreign_id, day=date(2026, 8, 30)))
    with pytest.raises(OutOfScopeError):
        delete_duty(scope, turn_id)
    assert list_turns(scope, DAY, DAY) == []


def test_one_s_own_post_comes_first() -> None:
    account, scope = staff()
    first = SupportPostFactory(person=PersonFactory(full_name="Lê Văn Ánh"))
    own = SupportPostFactory(person=PersonFactory(full_name="Lê Văn Yên"))
    SupportPostFactory(ended_on=date(2026, 6, 1))
    link_to_post(account, own)
    expected = [(own.id, True), (first.id, False)]

    posts = list_posts(scope, DAY, DAY)

    assert [(post.id, post.is_own) for post in posts] == expected
