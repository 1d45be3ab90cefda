"""Contacts: who may attend on which day, and that nothing is recorded twice."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.errors import (
    AttendeeNotPairedError,
    ContactRepeatedError,
    NobodyMetError,
    OutOfScopeError,
)
from app.queries.contacts import Away, list_attendees, list_mentor_rounds
from app.services.contact_writing import Meeting
from app.services.log_contact import log_contact, log_contact_with_everyone
from models import Attendance, Contact, ReportingPeriod, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    START,
    AttendanceFactory,
    ContactFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    end_reason,
)

pytestmark = pytest.mark.usefixtures("flask_app")

DAY = date(2026, 3, 2)


def leader_scope(ward_code: str = "21553") -> WardScope:
    account = account_with(Role.WARD_LEADER, ward_code)
    return WardScope.of([any_ward(ward_code).id], account.id)


def recorded() -> list[tuple[date, int]]:
    statement = select(Contact.service_date, Attendance.mentorship_id).join(
        Attendance, Attendance.contact_id == Contact.id
    )
    return sorted(db.session.execute(statement))


def test_one_tap_records_everybody_whom_the_mentor_guides() -> None:
    mentor, today = MentorFactory(), clock.today()
    mentor_id = mentor.id
    pairs = [pair.id for pair in MentorshipFactory.create_batch(3, mentor=mentor)]
    MentorshipFactory(mentor=mentor, ended_on=today, end_reason=end_reason("other"))

    log_contact_with_everyone(leader_scope(), mentor_id, on=today)

    assert recorded() == [(today, pair_id) for pair_id in pairs]


def test_one_tap_without_anybody_to_meet_is_refused() -> None:
    mentor_id = MentorFactory().id

    with pytest.raises(NobodyMetError):
        log_contact_with_everyone(leader_scope(), mentor_id, on=DAY)


def test_the_absent_are_left_out_and_the_entry_counts_in_the_quarter_of_its_day() -> None:
    mentor = MentorFactory()
    mentor_id = mentor.id
    present, _absent = [pair.id for pair in MentorshipFactory.create_batch(2, mentor=mentor)]

    receipt = log_contact(
        leader_scope(), mentor_id, Meeting(DAY, frozenset({present}), "Cài VNeID")
    )

    contact = db.session.get(Contact, receipt.object_id)
    assert contact is not None
    period = db.session.get(ReportingPeriod, contact.reported_in_id)
    assert period is not None
    assert recorded() == [(DAY, present)]
    assert (contact.note, contact.ward_id, period.code) == ("Cài VNeID", any_ward().id, "2026-Q1")


def test_a_mentorship_attends_from_its_first_day_to_its_last() -> None:
    end = date(2026, 3, 10)
    pair = MentorshipFactory(ended_on=end, end_reason=end_reason("other"))
    pair_id, mentor_id, scope = pair.id, pair.mentor_id, leader_scope()

    for day in (START - timedelta(days=1), end + timedelta(days=1)):
        with pytest.raises(AttendeeNotPairedError):
            log_contact(scope, mentor_id, Meeting(day, frozenset({pair_id})))
    for day in (START, end):
        log_contact(scope, mentor_id, Meeting(day, frozenset({pair_id})))

    assert recorded() == [(START, pair_id), (end, pair_id)]


def test_somebody_elses_mentee_cannot_attend() -> None:
    pair_id, mentor_id = MentorshipFactory().id, MentorFactory().id

    with pytest.raises(AttendeeNotPairedError):
        log_contact(leader_scope(), mentor_id, Meeting(DAY, frozenset({pair_id})))


def test_the_same_people_on_the_same_day_are_recorded_once_others_again() -> None:
    mentor = MentorFactory()
    mentor_id, scope = mentor.id, leader_scope()
    one, other = [pair.id for pair in MentorshipFactory.create_batch(2, mentor=mentor)]
    log_contact(scope, mentor_id, Meeting(DAY, frozenset({one, other})))

    with pytest.raises(ContactRepeatedError):
        log_contact(scope, mentor_id, Meeting(DAY, frozenset({other, one})))
    log_contact(scope, mentor_id, Meeting(DAY, frozenset({one})))

    assert recorded() == [(DAY, one), (DAY, one), (DAY, other)]


def test_another_wards_mentor_does_not_exist() -> None:
    pair = MentorshipFactory()
    pair_id, mentor_id = pair.id, pair.mentor_id

    with pytest.raises(OutOfScopeError):
        log_contact(leader_scope("21583"), mentor_id, Meeting(DAY, frozenset({pair_id})))


def test_the_list_of_a_day_offers_those_who_were_paired_on_it() -> None:
    mentor = MentorFactory()
    mentor_id, scope = mentor.id, leader_scope()
    MentorshipFactory(mentor=mentor, started_on=date(2026, 4, 1))
    early = MentorshipFactory(
        mentor=mentor, ended_on=date(2026, 4, 1), end_reason=end_reason("other")
    ).id

    offered = list_attendees(scope, mentor_id, DAY)

    assert [person.id for person in offered] == [early]


def test_who_was_longest_without_a_contact_comes_first_with_the_substitute_of_the_absent() -> None:
    scope = leader_scope()
    recent, never, long_ago = (MentorshipFactory().mentor for _ in range(3))
    ContactFactory(mentor=recent, service_date=date(2026, 3, 20))
    ContactFactory(mentor=long_ago, service_date=date(2026, 2, 1))
    substitute = PersonFactory(full_name="Kpă Thuy")
    PauseFactory(
        mentor=long_ago,
        started_on=date(2026, 3, 1),
        ended_on=date(2026, 4, 1),
        substitute_person_id=substitute.id,
    )
    MentorFactory()
    expected = [
        (never.id, None),
        (long_ago.id, Away(date(2026, 4, 1), "Kpă Thuy")),
        (recent.id, None),
    ]

    rounds = list_mentor_rounds(scope, date(2026, 3, 21))

    assert [(mentor.id, mentor.away) for mentor in rounds] == expected


def test_the_last_meeting_of_each_attendee_is_shown() -> None:
    attendance = AttendanceFactory()
    mentor_id, scope = attendance.mentorship.mentor_id, leader_scope()

    offered = list_attendees(scope, mentor_id, date(2026, 3, 21))

    assert [person.last_contact_on for person in offered] == [date(2026, 3, 1)]
