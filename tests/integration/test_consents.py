"""Consent may be given anew and taken back; what was agreed to before stays listed."""

from datetime import date

import pytest
from sqlalchemy import select

from app.access.scope import WardScope
from app.errors import (
    GuardianNeededError,
    NoConsentError,
    OutOfScopeError,
    WithdrawnBeforeGivenError,
)
from app.queries.spells import SpellKey
from app.services.change_consent import record_consent, withdraw_consent
from app.services.end_spell import end_spell
from app.services.person_writing import ConsentDetails
from app.services.undo_batch import undo_batch
from models import Consent, EndReason, db
from models.enums import ConsentMethod, PersonRole, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, MentorFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("flask_app")
ON_PAPER = ConsentDetails(method=ConsentMethod.PAPER, given_on=date(2026, 3, 1))


def leader_scope() -> WardScope:
    return WardScope.of([any_ward().id], account_with(Role.WARD_LEADER).id)


def mentor_key() -> SpellKey:
    return SpellKey(PersonRole.MENTOR, MentorFactory(started_on=date(2026, 1, 5)).id)


def withdrawals() -> list[date | None]:
    return list(db.session.scalars(select(Consent.withdrawn_on).order_by(Consent.id)))


def end_reason_id(code: str) -> int:
    return db.session.scalars(select(EndReason.id).where(EndReason.code == code)).one()


def test_a_consent_is_added_beside_the_earlier_ones() -> None:
    scope, key = leader_scope(), mentor_key()
    record_consent(scope, key, ON_PAPER)

    record_consent(
        scope, key, ConsentDetails(method=ConsentMethod.SPOKEN, given_on=date(2026, 4, 1))
    )

    methods = db.session.scalars(select(Consent.method).order_by(Consent.id)).all()
    assert methods == [ConsentMethod.PAPER, ConsentMethod.SPOKEN]


def test_a_child_s_consent_names_who_agreed_for_it() -> None:
    mentee = MenteeFactory(person=PersonFactory(birth_year=2014))

    with pytest.raises(GuardianNeededError):
        record_consent(leader_scope(), SpellKey(PersonRole.MENTEE, mentee.id), ON_PAPER)


def test_a_withdrawal_marks_every_consent_in_force_and_can_be_undone() -> None:
    scope, key = leader_scope(), mentor_key()
    record_consent(scope, key, ON_PAPER)
    record_consent(scope, key, ON_PAPER)

    receipt = withdraw_consent(scope, key, on=date(2026, 5, 2))

    assert withdrawals() == [date(2026, 5, 2), date(2026, 5, 2)]
    undo_batch(scope, receipt.batch_id)
    assert withdrawals() == [None, None]


def test_nothing_is_withdrawn_before_it_was_given() -> None:
    scope, key = leader_scope(), mentor_key()
    record_consent(scope, key, ON_PAPER)

    with pytest.raises(WithdrawnBeforeGivenError):
        withdraw_consent(scope, key, on=date(2026, 2, 28))

    assert withdrawals() == [None]


def test_who_agreed_to_nothing_has_nothing_to_withdraw() -> None:
    with pytest.raises(NoConsentError):
        withdraw_consent(leader_scope(), mentor_key(), on=date(2026, 5, 2))


def test_who_leaves_by_withdrawing_consent_has_withdrawn_it() -> None:
    scope, key = leader_scope(), mentor_key()
    record_consent(scope, key, ON_PAPER)

    end_spell(scope, key, on=date(2026, 6, 1), reason_id=end_reason_id("withdrew"))

    assert withdrawals() == [date(2026, 6, 1)]


def test_who_leaves_for_another_reason_still_agrees() -> None:
    scope, key = leader_scope(), mentor_key()
    record_consent(scope, key, ON_PAPER)

    end_spell(scope, key, on=date(2026, 6, 1), reason_id=end_reason_id("moved"))

    assert withdrawals() == [None]


def test_consents_of_other_wards_do_not_exist() -> None:
    key = SpellKey(PersonRole.MENTOR, MentorFactory(ward=any_ward("23575")).id)

    with pytest.raises(OutOfScopeError):
        record_consent(leader_scope(), key, ON_PAPER)
    with pytest.raises(OutOfScopeError):
        withdraw_consent(leader_scope(), key, on=date(2026, 5, 2))
