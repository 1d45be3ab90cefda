"""A role goes on in another ward: what goes along, what stays, and what the old ward lacks then."""

from datetime import date

import pytest
import time_machine

from app.access.scope import WardScope
from app.errors import EndsTooEarlyError, OutOfScopeError, OverlapError, SpellEndedError
from app.queries.audit import audit_scope
from app.queries.spells import SpellKey
from app.queries.supposed import suppose_moved
from app.role_errors import SameWardError, WardGoneError
from app.services.move_rules import MoveTerms
from app.services.move_spell import move_spell
from app.services.undo_batch import undo_batch
from graphs.findings import Severity
from models import Mentee, Mentor, Mentorship, Pause, SupportPost, db
from models.enums import PersonRole
from tests.factories.base import any_ward
from tests.factories.network import (
    AttendanceFactory,
    ContactFactory,
    HamletFactory,
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    SupportPostFactory,
    end_reason,
)

EVERYWHERE = WardScope.everywhere()
OLD, NEW = "21553", "21583"
BEGUN, TODAY = date(2026, 1, 5), date(2026, 3, 10)


@pytest.fixture(autouse=True)
def a_tuesday_in_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


def key(role: PersonRole, spell) -> SpellKey:
    return SpellKey(role, spell.id)


def to_new_ward(*, on: date = TODAY, left=()) -> MoveTerms:
    return MoveTerms(any_ward(NEW).id, on, left)


def newest(model):
    return db.session.query(model).order_by(model.id.desc()).first()


def pair(**values) -> Mentorship:
    """A mentor and a mentee of the old ward who have been together since January."""
    mentor = values.pop("mentor", None) or MentorFactory(ward=any_ward(OLD), started_on=BEGUN)
    mentee = MenteeFactory(ward=any_ward(OLD), started_on=BEGUN)
    return MentorshipFactory(mentor=mentor, mentee=mentee, started_on=BEGUN, **values)


def findings_of(report) -> list[tuple[str, str]]:
    """The findings that ask for something, without the ids, which are others after a move."""
    asking = (one for one in report.findings if one.severity is not Severity.NOTICE)
    return sorted((one.rule.value, one.ward) for one in asking)


def test_a_mentor_who_moves_takes_the_pairs_along_and_their_clocks_run_on(flask_app):
    pairing = pair()
    met = date(2026, 2, 20)
    AttendanceFactory(
        contact=ContactFactory(mentor=pairing.mentor, service_date=met), mentorship=pairing
    )

    move_spell(EVERYWHERE, key(PersonRole.MENTOR, pairing.mentor), to_new_ward())

    mentor, carried = newest(Mentor), newest(Mentorship)
    assert (mentor.ward.code, mentor.started_on, mentor.ended_on) == (NEW, TODAY, None)
    assert mentor.continues_id == mentor.origin_id == pairing.mentor_id
    assert (pairing.mentor.ended_on, pairing.mentor.end_reason.code) == (TODAY, "moved")
    assert (pairing.ended_on, pairing.end_reason.code) == (TODAY, "moved")
    assert (carried.mentor_id, carried.mentee_id) == (mentor.id, pairing.mentee_id)
    assert (carried.mentor_ward_id, carried.mentee_ward_id) == (
        any_ward(NEW).id,
        any_ward(OLD).id,
    )
    assert carried.continues_id == carried.origin_id == pairing.id
    totals = audit_scope(EVERYWHERE, TODAY).totals
    assert (totals.mentorships_open, totals.mentorships_dormant, totals.mentees_waiting) == (
        1,
        0,
        0,
    )


def test_a_mentee_who_moves_keeps_the_mentor_the_waiting_clock_and_the_past(flask_app):
    waiting = MenteeFactory(ward=any_ward(OLD), started_on=date(2026, 2, 1))
    pairing = pair()

    for mentee in (waiting, pairing.mentee):
        move_spell(EVERYWHERE, key(PersonRole.MENTEE, mentee), to_new_ward())

    assert newest(Mentorship).mentee_ward_id == any_ward(NEW).id
    found = [one for one in audit_scope(EVERYWHERE, TODAY).findings if one.rule == "mentee_waiting"]
    assert [(one.ward, one.since) for one in found] == [(NEW, date(2026, 2, 1))]
    old_ward, new_ward = (WardScope.of([any_ward(code).id]) for code in (OLD, NEW))
    past = date(2026, 3, 1)
    assert audit_scope(old_ward, past).totals.mentees == 2
    assert audit_scope(new_ward, past).totals.mentees == 0


def test_who_completed_before_stays_with_the_old_ward(flask_app):
    mentor = MentorFactory(ward=any_ward(OLD), started_on=BEGUN)
    completed = pair(mentor=mentor, ended_on=date(2026, 2, 1), end_reason=end_reason("completed"))

    move_spell(EVERYWHERE, key(PersonRole.MENTOR, mentor), to_new_ward())

    assert (completed.mentor_id, completed.ended_on) == (mentor.id, date(2026, 2, 1))
    assert db.session.query(Mentorship).count() == 1


def test_pairs_that_are_left_end_and_their_mentees_wait(flask_app):
    mentor = MentorFactory(ward=any_ward(OLD), started_on=BEGUN)
    stays, goes = pair(mentor=mentor), pair(mentor=mentor)

    move_spell(EVERYWHERE, key(PersonRole.MENTOR, mentor), to_new_ward(left={stays.id}))

    still_open = db.session.query(Mentorship).filter(Mentorship.ended_on.is_(None)).all()
    assert [one.mentee_id for one in still_open] == [goes.mentee_id]
    assert audit_scope(EVERYWHERE, TODAY).totals.mentees_waiting == 1


def test_pauses_capacity_and_nothing_of_the_old_hamlet_go_along(flask_app):
    hamlet = HamletFactory(ward=any_ward(OLD))
    person = PersonFactory(hamlet=hamlet)
    mentor = MentorFactory(ward=any_ward(OLD), started_on=BEGUN, person=person)
    MentorCapacityFactory(mentor=mentor, effective_on=BEGUN, capacity=7)
    PauseFactory(mentor=mentor, started_on=date(2026, 3, 1), ended_on=date(2026, 3, 20))

    move_spell(EVERYWHERE, key(PersonRole.MENTOR, mentor), to_new_ward())

    spans = [(one.mentor_id, one.started_on, one.ended_on) for one in db.session.query(Pause)]
    assert spans == [
        (mentor.id, date(2026, 3, 1), TODAY),
        (newest(Mentor).id, TODAY, date(2026, 3, 20)),
    ]
    assert [one.capacity for one in newest(Mentor).capacities] == [7]
    assert person.hamlet_id is None


def test_a_capacity_that_was_set_after_the_day_of_a_move_still_holds(flask_app):
    mentor = MentorFactory(ward=any_ward(OLD), started_on=BEGUN)
    MentorCapacityFactory(mentor=mentor, effective_on=BEGUN, capacity=7)
    MentorCapacityFactory(mentor=mentor, effective_on=date(2026, 3, 5), capacity=12)

    move_spell(EVERYWHERE, key(PersonRole.MENTOR, mentor), to_new_ward(on=date(2026, 2, 1)))

    carried = [(one.effective_on, one.capacity) for one in newest(Mentor).capacities]
    assert carried == [(date(2026, 2, 1), 7), (date(2026, 3, 5), 12)]


def test_a_support_person_moves_too(flask_app):
    post = SupportPostFactory(ward=any_ward(OLD), started_on=BEGUN)

    move_spell(EVERYWHERE, key(PersonRole.SUPPORT_POST, post), to_new_ward())

    assert (newest(SupportPost).ward.code, newest(SupportPost).person_id) == (NEW, post.person_id)
    assert post.ended_on == TODAY


@pytest.mark.parametrize("role", [PersonRole.MENTOR, PersonRole.MENTEE], ids=str)
@pytest.mark.parametrize("is_left", [True, False], ids=["left", "along"])
def test_the_preview_is_what_the_audit_of_the_old_ward_says_afterwards(flask_app, role, is_left):
    pairing = pair()
    SupportPostFactory(ward=any_ward(OLD), started_on=BEGUN)
    pair(mentor=pairing.mentor)
    spell = pairing.mentor if role is PersonRole.MENTOR else pairing.mentee
    left = {pairing.id} if is_left else set()
    old_ward = WardScope.of([any_ward(OLD).id])
    supposed = suppose_moved(old_ward, role, [spell.id], TODAY, left=left)

    move_spell(EVERYWHERE, key(role, spell), to_new_ward(left=left))

    assert findings_of(supposed.then) == findings_of(audit_scope(old_ward, TODAY))
    # A mentee who goes along leaves nothing behind.
    changes_nothing = role is PersonRole.MENTEE and not is_left
    assert (findings_of(supposed.then) == findings_of(supposed.now)) is changes_nothing


def test_a_move_is_taken_back_as_one(flask_app):
    pairing = pair()
    before = audit_scope(EVERYWHERE, TODAY)

    receipt = move_spell(EVERYWHERE, key(PersonRole.MENTOR, pairing.mentor), to_new_ward())
    undo_batch(EVERYWHERE, receipt.batch_id)

    assert audit_scope(EVERYWHERE, TODAY) == before
    assert (pairing.ended_on, pairing.mentor.ended_on) == (None, None)
    assert db.session.query(Mentor).count() == db.session.query(Mentorship).count() == 1


def test_a_move_may_be_dated_back_but_not_before_what_is_recorded(flask_app):
    pairing = pair()
    met = date(2026, 2, 20)
    AttendanceFactory(
        contact=ContactFactory(mentor=pairing.mentor, service_date=met), mentorship=pairing
    )

    with pytest.raises(EndsTooEarlyError):
        move_spell(
            EVERYWHERE,
            key(PersonRole.MENTOR, pairing.mentor),
            to_new_ward(on=date(2026, 2, 19)),
        )
    move_spell(EVERYWHERE, key(PersonRole.MENTOR, pairing.mentor), to_new_ward(on=met))

    assert newest(Mentor).started_on == met


def test_moves_that_cannot_be_are_refused(flask_app):
    mentor = MentorFactory(ward=any_ward(OLD), started_on=BEGUN)
    ended = MenteeFactory(
        ward=any_ward(OLD), started_on=BEGUN, ended_on=TODAY, end_reason=end_reason("moved")
    )
    post = SupportPostFactory(ward=any_ward(OLD), started_on=BEGUN)
    SupportPostFactory(ward=any_ward(NEW), started_on=BEGUN, person=post.person)
    mentor_key = key(PersonRole.MENTOR, mentor)

    with pytest.raises(SameWardError):
        move_spell(EVERYWHERE, mentor_key, MoveTerms(mentor.ward_id, TODAY))
    with pytest.raises(WardGoneError):
        move_spell(EVERYWHERE, mentor_key, MoveTerms(999_999, TODAY))
    with pytest.raises(SpellEndedError):
        move_spell(EVERYWHERE, key(PersonRole.MENTEE, ended), to_new_ward())
    with pytest.raises(OverlapError):
        move_spell(EVERYWHERE, key(PersonRole.SUPPORT_POST, post), to_new_ward())
    with pytest.raises(OutOfScopeError):
        move_spell(WardScope.of([any_ward(NEW).id]), mentor_key, to_new_ward())
    assert db.session.query(Mentee).count() == db.session.query(Mentor).count() == 1
