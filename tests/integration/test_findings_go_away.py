"""Doing what a finding asks for removes it; for each rule that has a way in the program today."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from app.access.scope import WardScope
from app.queries.audit import audit_scope
from app.queries.people import get_edition
from app.queries.spells import SpellKey
from app.services.edit_person import edit_person
from app.services.end_mentorship import Ending, end_mentorship
from app.services.log_contact import log_contact_with_everyone
from app.services.pair_mentees import pair_mentees
from app.services.person_writing import ConsentDetails, PersonDetails
from app.services.record_duty import Turn, record_duty
from app.services.register_person import Registration, register_person
from graphs.findings import Rule
from models.enums import ConsentMethod, HalfDay, PersonRole
from tests.factories.base import any_ward
from tests.factories.network import (
    HandoffFactory,
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    SupportPostFactory,
    any_period,
    end_reason,
)

TODAY = date(2026, 3, 10)
EVERYWHERE = WardScope.everywhere()
pytestmark = pytest.mark.usefixtures("on_10_march")


@pytest.fixture
def on_10_march():
    with time_machine.travel(datetime(2026, 3, 10, 2, tzinfo=UTC), tick=False):
        yield


def rules() -> set[Rule]:
    return {finding.rule for finding in audit_scope(EVERYWHERE, TODAY).findings}


def register(role: PersonRole, name: str) -> int:
    registration = Registration(
        role=role,
        ward_id=any_ward().id,
        person=PersonDetails(full_name=name, birth_year=1990),
        consent=ConsentDetails(method=ConsentMethod.PAPER, given_on=TODAY),
        started_on=TODAY,
    )
    return register_person(EVERYWHERE, registration).object_id


def test_adding_somebody_at_the_desk_covers_the_ward(flask_app):
    any_period()
    MentorFactory()
    assert Rule.WARD_WITHOUT_SUPPORT in rules()

    register(PersonRole.SUPPORT_POST, "Lê Thị Quầy")

    assert Rule.WARD_WITHOUT_SUPPORT not in rules()


def test_adding_a_mentor_covers_the_ward_and_gives_room(flask_app):
    MenteeFactory()
    assert {Rule.WARD_WITHOUT_MENTOR, Rule.WARD_SHORT_OF_CAPACITY} <= rules()

    register(PersonRole.MENTOR, "Đinh Văn Byên")

    assert not {Rule.WARD_WITHOUT_MENTOR, Rule.WARD_SHORT_OF_CAPACITY} & rules()


def test_pairing_who_waits_brings_the_mentor_to_the_floor_and_ends_the_waiting(flask_app):
    mentor = MentorFactory()
    mentees = [MenteeFactory() for _ in range(5)]
    HandoffFactory(mentee=mentees[0], handed_on=TODAY - timedelta(days=8))
    before = {Rule.MENTOR_BELOW_FLOOR, Rule.MENTEE_WAITING, Rule.HANDOFF_PENDING}
    assert before <= rules()

    pair_mentees(EVERYWHERE, mentor.id, [mentee.id for mentee in mentees], on=TODAY)

    assert not before & rules()


def test_a_meeting_with_everyone_wakes_dormant_pairs_and_shows_the_mentor_in_fact(flask_app):
    any_period()
    mentor = MentorFactory()
    for _ in range(5):
        MentorshipFactory(mentor=mentor)
    assert {Rule.MENTORSHIP_DORMANT, Rule.MENTOR_ON_PAPER} <= rules()

    log_contact_with_everyone(EVERYWHERE, mentor.id, on=TODAY)

    assert not {Rule.MENTORSHIP_DORMANT, Rule.MENTOR_ON_PAPER} & rules()


def test_a_turn_of_duty_shows_support_in_fact(flask_app):
    any_period()
    post = SupportPostFactory()
    assert Rule.SUPPORT_ON_PAPER in rules()

    turn = Turn(post_id=post.id, day=TODAY, half_day=HalfDay.MORNING, is_performed=True)
    record_duty(EVERYWHERE, turn)

    assert Rule.SUPPORT_ON_PAPER not in rules()


def overloaded_mentor():
    """A mentor with two pairings who takes on one."""
    mentor = MentorFactory()
    MentorCapacityFactory(mentor=mentor, capacity=1)
    pairs = [MentorshipFactory(mentor=mentor) for _ in range(2)]
    return mentor, pairs


def test_a_raised_capacity_ends_the_overload(flask_app):
    mentor, _pairs = overloaded_mentor()
    assert Rule.MENTOR_OVER_CAPACITY in rules()
    details = PersonDetails(full_name=mentor.person.full_name, birth_year=1990)
    edition = get_edition(EVERYWHERE, mentor.person_id)

    edit_person(
        EVERYWHERE,
        SpellKey(PersonRole.MENTOR, mentor.id),
        details,
        seen_edition=edition,
        capacity=2,
    )

    assert Rule.MENTOR_OVER_CAPACITY not in rules()


def test_a_mentee_who_goes_to_another_mentor_ends_the_overload(flask_app):
    _mentor, pairs = overloaded_mentor()
    other = MentorFactory()
    mentee_id = pairs[0].mentee_id
    assert Rule.MENTOR_OVER_CAPACITY in rules()

    ending = Ending(on=TODAY, reason_id=end_reason("mentor_changed").id)
    end_mentorship(EVERYWHERE, pairs[0].id, ending)
    pair_mentees(EVERYWHERE, other.id, [mentee_id], on=TODAY)

    assert Rule.MENTOR_OVER_CAPACITY not in rules()
    assert Rule.MENTEE_WAITING not in rules()


def test_any_entry_breaks_the_silence(flask_app):
    MentorFactory(entered_at=datetime(2026, 1, 5, tzinfo=UTC))
    assert Rule.WARD_SILENT in rules()

    register(PersonRole.MENTEE, "Kpă Tơ")

    assert Rule.WARD_SILENT not in rules()


def test_a_second_person_at_the_desk_lets_the_ward_hang_on_nobody(flask_app):
    SupportPostFactory()
    assert Rule.WARD_HANGS_ON_ONE_PERSON in rules()

    register(PersonRole.SUPPORT_POST, "Lê Thị Quầy")

    assert Rule.WARD_HANGS_ON_ONE_PERSON not in rules()


def test_mentees_who_go_to_another_mentor_let_the_ward_hang_on_nobody(flask_app):
    pairs = [MentorshipFactory(mentor=mentor) for mentor in [MentorFactory()] * 5]
    other = MentorFactory()
    moved = [pair.mentee_id for pair in pairs[:3]]
    assert Rule.WARD_HANGS_ON_ONE_PERSON in rules()

    for pair in pairs[:3]:
        ending = Ending(on=TODAY, reason_id=end_reason("mentor_changed").id)
        end_mentorship(EVERYWHERE, pair.id, ending)
    assert Rule.WARD_HANGS_ON_ONE_PERSON not in rules()
    pair_mentees(EVERYWHERE, other.id, moved[:2], on=TODAY)

    assert Rule.WARD_HANGS_ON_ONE_PERSON not in rules()
