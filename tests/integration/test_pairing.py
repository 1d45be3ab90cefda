"""Pairing and parting: what is written, what is refused, what comes back with undo."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.errors import (
    AlreadyDoneError,
    AlreadyPairedError,
    AlreadyUndoneError,
    CapacityExceededError,
    ContactAfterEndError,
    LaterChangeError,
    OutOfScopeError,
    PairBeforeStartError,
    PairedUntilError,
    PairEndedError,
    PairEndsTooEarlyError,
    PairPartyEndedError,
    PairPartyPausedError,
    PersonMergedError,
    SelfPairingError,
    UndoExpiredError,
)
from app.queries.audit import audit_scope
from app.rule_wording import describe_broken_rule
from app.services.contact_writing import Meeting
from app.services.end_mentorship import Ending, end_mentorship
from app.services.log_contact import log_contact
from app.services.pair_mentees import pair_mentees
from app.services.undo_batch import undo_batch
from graphs.findings import Rule
from models import Batch, Mentee, Mentorship, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    START,
    AttendanceFactory,
    ContactFactory,
    HandoffFactory,
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    end_reason,
)

pytestmark = pytest.mark.usefixtures("flask_app")

OTHER_WARD = "21583"
DAY = date(2026, 3, 2)


def leader_scope(ward_code: str = "21553") -> WardScope:
    account = account_with(Role.WARD_LEADER, ward_code)
    return WardScope.of([any_ward(ward_code).id], account.id)


def open_pairs() -> list[tuple[int, int, date]]:
    statement = select(Mentorship.mentor_id, Mentorship.mentee_id, Mentorship.started_on).where(
        Mentorship.ended_on.is_(None)
    )
    return sorted(db.session.execute(statement))


def spell_of(mentee_id: int) -> tuple[date | None, int | None]:
    mentee = db.session.get(Mentee, mentee_id)
    assert mentee is not None
    return mentee.ended_on, mentee.end_reason_id


def test_several_waiting_people_are_paired_with_one_mentor_at_once() -> None:
    mentor_id, mentees = MentorFactory().id, [MenteeFactory().id, MenteeFactory().id]

    receipt = pair_mentees(leader_scope(), mentor_id, mentees, on=DAY)

    assert open_pairs() == [(mentor_id, mentees[0], DAY), (mentor_id, mentees[1], DAY)]
    batch = db.session.get(Batch, receipt.batch_id)
    assert batch is not None
    assert (batch.kind, batch.ward_id) == ("mentees_paired", any_ward().id)


def test_the_same_form_sent_twice_makes_one_pair() -> None:
    scope, mentor_id, mentee_id = leader_scope(), MentorFactory().id, MenteeFactory().id
    key = "key-of-one-pairing-form"
    pair_mentees(scope, mentor_id, [mentee_id], on=DAY, request_key=key)

    with pytest.raises(AlreadyDoneError):
        pair_mentees(scope, mentor_id, [mentee_id], on=DAY, request_key=key)

    assert open_pairs() == [(mentor_id, mentee_id, DAY)]


def test_somebody_with_a_mentor_is_named_and_not_paired_again() -> None:
    pair = MentorshipFactory(
        mentor__person__full_name="Siu Phen", mentee__person__full_name="Rơ Châm H'Dih"
    )
    mentor_id, mentee_id, free_id = MentorFactory().id, pair.mentee_id, MenteeFactory().id

    with pytest.raises(AlreadyPairedError) as refused:
        pair_mentees(leader_scope(), mentor_id, [free_id, mentee_id], on=DAY)

    assert "Rơ Châm H'Dih đang học với mentor Siu Phen" in describe_broken_rule(refused.value)
    assert len(open_pairs()) == 1


def test_a_pairing_does_not_reach_back_into_an_earlier_one() -> None:
    pair = MentorshipFactory(ended_on=date(2026, 3, 10), end_reason=end_reason("mentor_changed"))
    scope, mentor_id, mentee_id = leader_scope(), MentorFactory().id, pair.mentee_id

    with pytest.raises(PairedUntilError):
        pair_mentees(scope, mentor_id, [mentee_id], on=date(2026, 3, 9))

    pair_mentees(scope, mentor_id, [mentee_id], on=date(2026, 3, 10))
    assert open_pairs() == [(mentor_id, mentee_id, date(2026, 3, 10))]


def test_room_is_counted_out_loud() -> None:
    mentor = MentorCapacityFactory(capacity=3, mentor__person__full_name="Lê Văn Tám").mentor
    mentor_id = mentor.id
    MentorshipFactory.create_batch(2, mentor=mentor)
    mentees = [MenteeFactory().id for _ in range(3)]

    with pytest.raises(CapacityExceededError) as refused:
        pair_mentees(leader_scope(), mentor_id, mentees, on=DAY)

    assert describe_broken_rule(refused.value).startswith(
        "Mentor Lê Văn Tám đang kèm 2/3 người, còn 1 chỗ; bạn chọn 3 người."
    )
    assert len(open_pairs()) == 2


def test_nobody_is_paired_before_either_of_them_joined() -> None:
    scope = leader_scope()
    late_mentor, late_mentee = MentorFactory(started_on=DAY).id, MenteeFactory(started_on=DAY).id
    mentor_id, mentee_id = MentorFactory().id, MenteeFactory().id
    day_before = DAY - timedelta(days=1)

    for pair in ((late_mentor, mentee_id), (mentor_id, late_mentee)):
        with pytest.raises(PairBeforeStartError):
            pair_mentees(scope, pair[0], [pair[1]], on=day_before)

    pair_mentees(scope, late_mentor, [late_mentee], on=DAY)
    assert open_pairs() == [(late_mentor, late_mentee, DAY)]


def test_who_has_left_is_not_paired() -> None:
    scope = leader_scope()
    left = {"ended_on": DAY, "end_reason": end_reason("other")}
    gone_mentor, gone_mentee = MentorFactory(**left).id, MenteeFactory(**left).id
    mentor_id, mentee_id = MentorFactory().id, MenteeFactory().id

    for pair in ((gone_mentor, mentee_id), (mentor_id, gone_mentee)):
        with pytest.raises(PairPartyEndedError):
            pair_mentees(scope, pair[0], [pair[1]], on=START)

    assert open_pairs() == []


def test_who_is_away_on_the_day_is_not_paired_but_can_be_from_the_return_on() -> None:
    scope, mentor, mentee_id = leader_scope(), MentorFactory(), MenteeFactory().id
    mentor_id = mentor.id
    PauseFactory(mentor=mentor, started_on=date(2026, 2, 1), ended_on=date(2026, 3, 1))

    with pytest.raises(PairPartyPausedError):
        pair_mentees(scope, mentor_id, [mentee_id], on=date(2026, 2, 28))

    pair_mentees(scope, mentor_id, [mentee_id], on=date(2026, 3, 1))
    assert len(open_pairs()) == 1


def test_nobody_becomes_their_own_mentor() -> None:
    person = PersonFactory()
    mentor_id, mentee_id = MentorFactory(person=person).id, MenteeFactory(person=person).id

    with pytest.raises(SelfPairingError):
        pair_mentees(leader_scope(), mentor_id, [mentee_id], on=DAY)


def test_a_record_that_was_merged_away_is_not_paired() -> None:
    merged = PersonFactory(merged_into_id=PersonFactory().id)
    mentor_id, mentee_id = MentorFactory().id, MenteeFactory(person=merged).id

    with pytest.raises(PersonMergedError):
        pair_mentees(leader_scope(), mentor_id, [mentee_id], on=DAY)


def test_a_leader_pairs_within_the_own_ward_only() -> None:
    own_mentor, own_mentee = MentorFactory().id, MenteeFactory().id
    other = any_ward(OTHER_WARD)
    foreign_mentor, foreign_mentee = MentorFactory(ward=other).id, MenteeFactory(ward=other).id
    scope = leader_scope()

    for mentor_id, mentee_id in ((foreign_mentor, own_mentee), (own_mentor, foreign_mentee)):
        with pytest.raises(OutOfScopeError):
            pair_mentees(scope, mentor_id, [mentee_id], on=DAY)

    assert open_pairs() == []


def test_the_province_may_pair_across_a_border_and_the_mentors_ward_owns_the_pair() -> None:
    mentor_id = MentorFactory().id
    mentee_id = MenteeFactory(ward=any_ward(OTHER_WARD)).id

    receipt = pair_mentees(WardScope.everywhere(), mentor_id, [mentee_id], on=DAY)

    pair = db.session.get(Mentorship, receipt.object_id)
    assert pair is not None
    assert (pair.mentor_ward_id, pair.mentee_ward_id) == (
        any_ward().id,
        any_ward(OTHER_WARD).id,
    )
    with pytest.raises(OutOfScopeError):
        end_mentorship(
            leader_scope(OTHER_WARD),
            receipt.object_id,
            Ending(date(2026, 4, 1), end_reason("other").id),
        )


def test_completing_ends_the_mentees_spell_the_same_day() -> None:
    pair = MentorshipFactory()
    pair_id, mentee_id, reason_id = pair.id, pair.mentee_id, end_reason("completed").id

    end_mentorship(leader_scope(), pair_id, Ending(DAY, reason_id))

    assert spell_of(mentee_id) == (DAY, reason_id)


def test_completing_may_leave_the_mentee_learning_and_another_reason_always_does() -> None:
    pairs = [MentorshipFactory(), MentorshipFactory()]
    ids, mentees = [pair.id for pair in pairs], [pair.mentee_id for pair in pairs]
    completed, changed = end_reason("completed").id, end_reason("mentor_changed").id
    scope = leader_scope()

    end_mentorship(scope, ids[0], Ending(DAY, completed, keeps_learning=True))
    end_mentorship(scope, ids[1], Ending(DAY, changed))

    assert [spell_of(mentee_id) for mentee_id in mentees] == [(None, None), (None, None)]
    assert open_pairs() == []


def test_a_pair_lasts_at_least_a_day_and_ends_once() -> None:
    pair_id, reason_id, scope = MentorshipFactory().id, end_reason("other").id, leader_scope()

    with pytest.raises(PairEndsTooEarlyError):
        end_mentorship(scope, pair_id, Ending(START, reason_id))
    end_mentorship(scope, pair_id, Ending(DAY, reason_id))
    with pytest.raises(PairEndedError):
        end_mentorship(scope, pair_id, Ending(DAY, reason_id))


def test_a_pair_does_not_end_before_its_last_contact() -> None:
    attendance = AttendanceFactory()
    pair_id, reason_id, scope = attendance.mentorship_id, end_reason("other").id, leader_scope()

    with pytest.raises(ContactAfterEndError) as refused:
        end_mentorship(scope, pair_id, Ending(date(2026, 2, 28), reason_id))

    assert "01/03/2026" in describe_broken_rule(refused.value)
    end_mentorship(scope, pair_id, Ending(date(2026, 3, 1), reason_id))
    assert open_pairs() == []


def test_undoing_a_pairing_takes_all_its_pairs_back_once() -> None:
    scope, mentor_id = leader_scope(), MentorFactory().id
    mentees = [MenteeFactory().id, MenteeFactory().id]
    receipt = pair_mentees(scope, mentor_id, mentees, on=DAY)

    undo_batch(scope, receipt.batch_id)

    assert open_pairs() == []
    with pytest.raises(AlreadyUndoneError):
        undo_batch(scope, receipt.batch_id)


def test_undoing_a_completion_reopens_the_pair_and_the_mentees_spell() -> None:
    pair = MentorshipFactory()
    pair_id, mentor_id, mentee_id = pair.id, pair.mentor_id, pair.mentee_id
    scope = leader_scope()
    receipt = end_mentorship(scope, pair_id, Ending(DAY, end_reason("completed").id))

    undo_batch(scope, receipt.batch_id)

    assert open_pairs() == [(mentor_id, mentee_id, START)]
    assert spell_of(mentee_id) == (None, None)


def test_undoing_a_contact_hides_it() -> None:
    pair = MentorshipFactory()
    pair_id, mentor_id, scope = pair.id, pair.mentor_id, leader_scope()
    receipt = log_contact(scope, mentor_id, Meeting(DAY, frozenset({pair_id})))

    undo_batch(scope, receipt.batch_id)

    log_contact(scope, mentor_id, Meeting(DAY, frozenset({pair_id})))


def test_a_pairing_that_a_contact_depends_on_is_undone_after_the_contact() -> None:
    scope, mentor_id, mentee_id = leader_scope(), MentorFactory().id, MenteeFactory().id
    paired = pair_mentees(scope, mentor_id, [mentee_id], on=DAY)
    met = log_contact(scope, mentor_id, Meeting(DAY, frozenset({paired.object_id})))

    with pytest.raises(LaterChangeError):
        undo_batch(scope, paired.batch_id)

    undo_batch(scope, met.batch_id)
    undo_batch(scope, paired.batch_id)
    assert open_pairs() == []


def test_an_ending_is_not_undone_once_the_mentee_has_the_next_mentor() -> None:
    pair = MentorshipFactory()
    pair_id, mentee_id, scope = pair.id, pair.mentee_id, leader_scope()
    next_mentor = MentorFactory().id
    ended = end_mentorship(scope, pair_id, Ending(DAY, end_reason("mentor_changed").id))
    paired = pair_mentees(scope, next_mentor, [mentee_id], on=DAY)

    with pytest.raises(LaterChangeError):
        undo_batch(scope, ended.batch_id)

    assert open_pairs() == [(next_mentor, mentee_id, DAY)]
    undo_batch(scope, paired.batch_id)
    undo_batch(scope, ended.batch_id)
    assert len(open_pairs()) == 1


def test_another_wards_leader_cannot_undo_and_nobody_can_after_30_days() -> None:
    scope, mentor_id, mentee_id = leader_scope(), MentorFactory().id, MenteeFactory().id
    receipt = pair_mentees(scope, mentor_id, [mentee_id], on=DAY)

    with pytest.raises(OutOfScopeError):
        undo_batch(leader_scope(OTHER_WARD), receipt.batch_id)
    batch = db.session.get(Batch, receipt.batch_id)
    assert batch is not None
    batch.done_at = clock.now() - timedelta(days=30, minutes=1)
    db.session.commit()
    with pytest.raises(UndoExpiredError):
        undo_batch(scope, receipt.batch_id)

    assert len(open_pairs()) == 1


def test_pairing_removes_the_findings_about_both_sides() -> None:
    today = clock.today()
    mentor = MentorFactory(started_on=START)
    mentor_id = mentor.id
    pairs = MentorshipFactory.create_batch(4, mentor=mentor)
    contact = ContactFactory(mentor=mentor, service_date=today)
    for pair in pairs:
        AttendanceFactory(mentorship=pair, contact=contact)
    handoff = HandoffFactory(mentee=MenteeFactory(started_on=START))
    mentee_id, scope = handoff.mentee_id, leader_scope()
    before = {finding.rule for finding in audit_scope(scope, today).findings}

    pair_mentees(scope, mentor_id, [mentee_id], on=today)

    after = {finding.rule for finding in audit_scope(scope, today).findings}
    assert before - after >= {Rule.MENTOR_BELOW_FLOOR, Rule.HANDOFF_PENDING}
