"""What a visitor answers to the offer to learn: kept with the session, and changeable."""

import pytest

from app import clock
from app.access.scope import WardScope
from app.errors import OutOfScopeError, PeriodClosedError, SessionHandedOnError
from app.queries.help_sessions import list_day_sessions
from app.services.answer_offer import answer_offer
from app.services.undo_batch import undo_batch
from models import Change, ChangedValue, HelpSession, db
from models.enums import LearningOffer
from tests.factories.base import any_ward
from tests.factories.desk import DAY, staff
from tests.factories.network import HandoffFactory, HelpSessionFactory

pytestmark = pytest.mark.usefixtures("flask_app")

DECLINED = LearningOffer.DECLINED


def answer_of(session_id: int) -> LearningOffer | None:
    session = db.session.get(HelpSession, session_id)
    assert session is not None
    db.session.refresh(session)
    return session.learning_offer


def test_a_new_session_says_nothing_about_an_offer() -> None:
    _account, scope = staff()
    HelpSessionFactory(service_date=DAY)

    assert [row.learning_offer for row in list_day_sessions(scope, DAY, at_most=9)] == [None]


def test_a_decline_stands_with_the_session_and_in_the_change_log() -> None:
    account, scope = staff()
    session_id, account_id = HelpSessionFactory(service_date=DAY).id, account.id

    receipt = answer_offer(scope, session_id, DECLINED)

    assert answer_of(session_id) is DECLINED
    change = db.session.query(Change).filter_by(batch_id=receipt.batch_id).one()
    assert (change.object_kind, change.object_id, change.account_id) == (
        "help_sessions",
        session_id,
        account_id,
    )
    value = db.session.query(ChangedValue).filter_by(change_id=change.id).one()
    assert (value.field, value.old, value.new) == ("learning_offer", None, "declined")


def test_a_decline_is_undone_and_can_be_taken_away_later() -> None:
    _account, scope = staff()
    session_id = HelpSessionFactory(service_date=DAY).id

    undo_batch(scope, answer_offer(scope, session_id, DECLINED).batch_id)
    after_undo = answer_of(session_id)
    answer_offer(scope, session_id, DECLINED)
    answer_offer(scope, session_id, None)

    assert (after_undo, answer_of(session_id)) == (None, None)


def test_who_was_handed_on_cannot_have_declined() -> None:
    _account, scope = staff()
    session = HelpSessionFactory(service_date=DAY)
    HandoffFactory(help_session=session)

    with pytest.raises(SessionHandedOnError):
        answer_offer(scope, session.id, DECLINED)

    assert answer_of(session.id) is None


def test_a_session_of_a_closed_report_keeps_its_answer() -> None:
    _account, scope = staff()
    session = HelpSessionFactory(service_date=DAY)
    session.reported_in.closed_at = clock.now()
    db.session.commit()

    with pytest.raises(PeriodClosedError):
        answer_offer(scope, session.id, DECLINED)


def test_the_session_of_another_ward_does_not_exist() -> None:
    session_id = HelpSessionFactory(service_date=DAY, ward=any_ward("23575")).id

    with pytest.raises(OutOfScopeError):
        answer_offer(WardScope.of([any_ward("21553").id]), session_id, DECLINED)
