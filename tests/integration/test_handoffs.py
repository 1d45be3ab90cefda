"""Handing on: person, place on the waiting list and consent in one go, and what became of it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from app.access.scope import WardScope
from app.errors import (
    AlreadyLearningError,
    GuardianNeededError,
    LikelySamePersonError,
    OutOfScopeError,
    SessionHandedOnError,
)
from app.queries.handoffs import HandoffState, count_settled, list_settled, list_waiting
from app.services.hand_on import HandOn, hand_on
from app.services.person_writing import ConsentDetails, PersonDetails
from app.services.undo_batch import undo_batch
from app.wording import CONSENT_TEXT_VERSION
from models import Consent, Handoff, Mentee, Person, db
from models.enums import ConsentMethod
from tests.factories.base import any_ward
from tests.factories.desk import DAY, staff
from tests.factories.network import (
    HandoffFactory,
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    end_reason,
)

pytestmark = pytest.mark.usefixtures("flask_app")

PHONE = "+84912345678"


def wish(session_id: int, *, guardian_name: str | None = None, **person: object) -> HandOn:
    known = {"full_name": "Siu H'Bia", "birth_year": 1965, "phone": PHONE}
    return HandOn(
        session_id=session_id,
        person=PersonDetails(**(known | person)),  # type: ignore[arg-type]
        consent=ConsentDetails(
            method=ConsentMethod.SPOKEN, given_on=DAY, guardian_name=guardian_name
        ),
    )


def counts() -> tuple[int, ...]:
    return tuple(
        db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Person, Mentee, Consent, Handoff)
    )


def test_a_visitor_becomes_a_person_who_agreed_and_waits_since_the_session() -> None:
    account, scope = staff()
    session_id, account_id = HelpSessionFactory(service_date=DAY).id, account.id

    hand_on(scope, wish(session_id))

    handoff = db.session.scalars(select(Handoff)).one()
    assert (handoff.help_session_id, handoff.handed_on) == (session_id, DAY)
    assert (handoff.mentee.started_on, handoff.mentee.ended_on) == (DAY, None)
    assert handoff.mentee.person.phone == PHONE
    consent = handoff.consent
    assert (consent.text_version, consent.asked_by_id) == (CONSENT_TEXT_VERSION, account_id)
    assert (consent.method, consent.given_on) == (ConsentMethod.SPOKEN, DAY)


def test_handing_on_is_undone_as_a_whole() -> None:
    _account, scope = staff()
    receipt = hand_on(scope, wish(HelpSessionFactory(service_date=DAY).id))

    undo_batch(scope, receipt.batch_id)

    assert counts() == (0, 0, 0, 0)


def test_somebody_alike_has_to_be_decided_about_first() -> None:
    _account, scope = staff()
    MenteeFactory(person=PersonFactory(full_name="SIU H’BIA", phone=PHONE))
    before, session_id = counts(), HelpSessionFactory(service_date=DAY).id

    with pytest.raises(LikelySamePersonError):
        hand_on(scope, wish(session_id))

    assert counts() == before


def test_a_known_person_is_taken_and_keeps_the_place_on_the_waiting_list() -> None:
    _account, scope = staff()
    mentee = MenteeFactory(person=PersonFactory(full_name="Siu H'Bia", phone=None))
    mentee_id, person_id = mentee.id, mentee.person_id
    known = wish(HelpSessionFactory(service_date=DAY).id)

    hand_on(scope, replace(known, same_person_id=person_id))

    assert counts() == (1, 1, 1, 1)
    assert db.session.scalars(select(Handoff.mentee_id)).all() == [mentee_id]
    assert db.session.scalars(select(Person.phone)).all() == [PHONE]


def test_a_namesake_becomes_a_person_of_their_own() -> None:
    _account, scope = staff()
    MenteeFactory(person=PersonFactory(full_name="Siu H'Bia", phone=PHONE))
    session_id = HelpSessionFactory(service_date=DAY).id

    hand_on(scope, replace(wish(session_id), is_somebody_else=True))

    assert counts() == (2, 2, 1, 1)


def test_who_learns_already_is_named_with_the_mentor_and_nothing_is_written() -> None:
    _account, scope = staff()
    teacher = MentorFactory(person=PersonFactory(full_name="Rơ Châm Dih"))
    pair = MentorshipFactory(mentor=teacher)
    person_id, before = pair.mentee.person_id, counts()
    session_id = HelpSessionFactory(service_date=DAY).id

    with pytest.raises(AlreadyLearningError) as refusal:
        hand_on(scope, replace(wish(session_id), same_person_id=person_id))

    assert refusal.value.details == {"mentor": "Rơ Châm Dih"}
    assert counts() == before


def test_a_young_person_needs_a_guardian_who_agrees() -> None:
    _account, scope = staff()
    session_id = HelpSessionFactory(service_date=DAY).id

    with pytest.raises(GuardianNeededError):
        hand_on(scope, wish(session_id, birth_year=2010))
    hand_on(scope, wish(session_id, birth_year=2010, guardian_name="Siu Pah"))

    assert db.session.scalars(select(Consent.guardian_name)).all() == ["Siu Pah"]


def test_a_session_hands_one_visitor_on() -> None:
    _account, scope = staff()
    session_id = HelpSessionFactory(service_date=DAY).id
    hand_on(scope, wish(session_id))

    with pytest.raises(SessionHandedOnError):
        hand_on(scope, wish(session_id, full_name="Kpă Ngol"))


def test_neither_the_session_nor_the_person_of_another_ward_can_be_taken() -> None:
    _account, scope = staff()
    foreign_session = HelpSessionFactory(ward=any_ward("23575")).id
    foreign_person = MenteeFactory(ward=any_ward("23575")).person_id
    session_id = HelpSessionFactory(service_date=DAY).id

    for wanted in (wish(foreign_session), replace(wish(session_id), same_person_id=foreign_person)):
        with pytest.raises(OutOfScopeError):
            hand_on(scope, wanted)


def test_those_still_without_a_mentor_come_by_the_length_of_their_wait() -> None:
    _account, scope = staff()
    later = HandoffFactory(handed_on=date(2026, 8, 20), mentee__started_on=date(2026, 8, 20))
    sooner = HandoffFactory(handed_on=date(2026, 8, 3), mentee__started_on=date(2026, 8, 3))
    HandoffFactory(mentee=MenteeFactory(ward=any_ward("23575")))
    expected = [
        (sooner.mentee_id, HandoffState.WAITING, date(2026, 8, 3)),
        (later.mentee_id, HandoffState.WAITING, date(2026, 8, 20)),
    ]

    rows = list_waiting(scope, DAY, at_most=10)

    assert [(row.mentee_id, row.state, row.since) for row in rows] == expected


def test_who_lost_a_mentor_waits_since_then() -> None:
    _account, scope = staff()
    mentee = HandoffFactory(handed_on=date(2026, 3, 1)).mentee
    MentorshipFactory(
        mentee=mentee, ended_on=date(2026, 8, 10), end_reason=end_reason("mentor_left")
    )

    rows = list_waiting(scope, DAY, at_most=10)

    assert [row.since for row in rows] == [date(2026, 8, 10)]


def test_the_others_have_a_mentor_are_done_or_left() -> None:
    _account, scope = staff()
    paired = HandoffFactory().mentee
    teacher = MentorFactory(person=PersonFactory(full_name="Rơ Châm Dih"))
    MentorshipFactory(mentee=paired, mentor=teacher, started_on=date(2026, 6, 1))
    HandoffFactory(mentee__ended_on=date(2026, 7, 1), mentee__end_reason=end_reason("completed"))
    HandoffFactory(mentee__ended_on=date(2026, 5, 1), mentee__end_reason=end_reason("mentee_left"))

    rows = list_settled(scope, DAY, offset=0, size=10)

    assert [(row.state, row.since, row.mentor) for row in rows] == [
        (HandoffState.COMPLETED, date(2026, 7, 1), None),
        (HandoffState.PAIRED, date(2026, 6, 1), "Rơ Châm Dih"),
        (HandoffState.LEFT, date(2026, 5, 1), None),
    ]
    assert count_settled(scope, DAY) == 3


def test_who_was_handed_on_twice_stands_in_the_list_once() -> None:
    _account, scope = staff()
    mentee = HandoffFactory(handed_on=date(2026, 3, 1)).mentee
    HandoffFactory(mentee=mentee, handed_on=date(2026, 4, 1))

    rows = list_waiting(WardScope.everywhere(scope.account_id), DAY, at_most=10)

    assert [row.handed_on for row in rows] == [date(2026, 4, 1)]
