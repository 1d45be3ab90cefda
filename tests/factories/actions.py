"""Doing what a finding asks for, through the services, as the page does to which it leads."""

from itertools import count

from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.queries.candidates import (
    get_mentee_choice,
    get_mentor_choice,
    list_bordering_mentors,
    list_mentor_choices,
    list_waiting_mentees,
)
from app.queries.mentor_change import get_mentor_change
from app.queries.people import get_edition
from app.queries.reviews import get_alike_people, get_burst
from app.queries.settings import get_settings
from app.queries.spells import SpellKey
from app.services.answer_notice import confirm_sessions, tell_people_apart
from app.services.change_mentor import change_mentor
from app.services.edit_person import edit_person
from app.services.end_mentorship import Ending, end_mentorship
from app.services.log_contact import Meeting, log_contact, log_contact_with_everyone
from app.services.log_session import log_session
from app.services.pair_mentees import pair_mentees
from app.services.person_writing import ConsentDetails, PersonDetails
from app.services.register_person import Registration, register_person
from graphs.findings import ActionCode, SubjectKind
from models import Mentor, Mentorship, db
from models.enums import ConsentMethod, PersonRole
from tests.factories.base import any_ward
from tests.factories.desk import session_details
from tests.factories.network import end_reason, in_letters

EVERYWHERE = WardScope.everywhere()


class Doer:
    """Somebody of the province who does what findings ask for, today."""

    def __init__(self):
        self.numbers = count(1)
        self.today = clock.today()
        self.settings = get_settings(self.today)

    def do(self, finding):
        """Do what a finding asks for, as often as it counts."""
        {
            ActionCode.ADD_SUPPORT_POST: self.add_support_post,
            ActionCode.ADD_MENTOR: self.add_mentor,
            ActionCode.REGISTER_MENTEE: self.register_mentees,
            ActionCode.PAIR_WAITING: self.pair_waiting,
            ActionCode.PAIR_MENTEE: self.pair_mentee,
            ActionCode.MOVE_MENTEES: self.move_mentees,
            ActionCode.CHANGE_MENTOR: self.change_mentor,
            ActionCode.RAISE_CAPACITY: self.raise_capacity,
            ActionCode.LOG_SESSION: self.log_session,
            ActionCode.LOG_CONTACT: self.log_contact,
            ActionCode.ENTER_DATA: self.log_session,
            ActionCode.COMPARE_PEOPLE: self.tell_apart,
            ActionCode.REVIEW_SESSIONS: self.confirm,
        }[finding.action](finding)

    # people who are new -------------------------------------------------------------------

    def register(self, role, finding, capacity=None):
        name = f"Kpă Thêm {in_letters(next(self.numbers))}"
        registration = Registration(
            role=role,
            ward_id=any_ward(finding.ward).id,
            person=PersonDetails(full_name=name, birth_year=1999),
            consent=ConsentDetails(method=ConsentMethod.PAPER, given_on=self.today),
            started_on=self.today,
            capacity=capacity,
        )
        register_person(EVERYWHERE, registration)

    def add_support_post(self, finding):
        self.register(PersonRole.SUPPORT_POST, finding)

    def add_mentor(self, finding):
        """A mentor takes on as many as there are too many."""
        excess = finding.measured - finding.expected
        self.register(PersonRole.MENTOR, finding, capacity=excess if excess > 0 else None)

    def register_mentees(self, finding):
        for _ in range(finding.expected - finding.measured):
            self.register(PersonRole.MENTEE, finding)

    # pairs --------------------------------------------------------------------------------

    def ward(self, finding):
        return EVERYWHERE.narrowed_to(any_ward(finding.ward).id)

    def pair_waiting(self, finding):
        """The mentor's page offers who waits in the ward; as many are ticked as are missing."""
        mentor = get_mentor_choice(EVERYWHERE, finding.subject.id, self.today, self.settings)
        offered = [
            mentee.id
            for mentee in list_waiting_mentees(self.ward(finding), self.today, self.settings)
            if mentee.person.person_id != mentor.person.person_id
        ]
        missing = min(finding.expected - finding.measured, mentor.spare)
        pair_mentees(EVERYWHERE, mentor.id, offered[:missing], on=self.today)

    def pair_mentee(self, finding):
        """The mentee's page offers mentors of the ward, and those around it."""
        mentee = get_mentee_choice(EVERYWHERE, finding.subject.id, self.today, self.settings)
        person, asked = mentee.person, (self.today, self.settings)
        offered = [
            *list_mentor_choices(self.ward(finding), *asked, beside=person),
            *list_bordering_mentors(EVERYWHERE, person.ward_id, *asked, beside=person),
        ]
        chosen = next(
            mentor
            for mentor in offered
            if mentor.spare and mentor.person.person_id != person.person_id
        )
        pair_mentees(EVERYWHERE, chosen.id, [mentee.id], on=self.today)

    def move_mentees(self, finding):
        """The mentor's page leads from each mentee to the page that changes the mentor.

        Who has a language in common comes first there, and is not the point here.
        """
        pairs = select(Mentorship.id).where(
            Mentorship.mentor_id == finding.subject.id,
            Mentorship.is_open_on(self.today),
            Mentorship.started_on < self.today,
        )
        left = finding.measured - finding.expected
        for pair_id in db.session.scalars(pairs.order_by(Mentorship.id)).all():
            if left and self.give_another(pair_id, has_to_talk=False):
                left -= 1

    def change_mentor(self, finding):
        """Where nobody suits, the page leads to the end of the pair."""
        if not self.give_another(finding.subject.id, has_to_talk=True):
            ending = Ending(on=self.today, reason_id=end_reason("withdrew").id)
            end_mentorship(EVERYWHERE, finding.subject.id, ending)

    def give_another(self, pair_id, *, has_to_talk):
        change = get_mentor_change(EVERYWHERE, pair_id, self.today, self.settings)
        mentee = change.mentee
        for mentor in (*change.near, *change.bordering):
            can_talk = mentor.match.languages or not (
                mentor.person.languages and mentee.person.languages
            )
            if mentor.spare and (can_talk or not has_to_talk):
                change_mentor(EVERYWHERE, pair_id, mentor.id, on=self.today)
                return True
        return False

    def raise_capacity(self, finding):
        """To what the mentor has, or by as many as are missing."""
        mentor = db.session.get(Mentor, finding.subject.id)
        own = get_mentor_choice(EVERYWHERE, mentor.id, self.today, self.settings)
        missing = max(0, finding.expected - finding.measured)
        edit_person(
            EVERYWHERE,
            SpellKey(PersonRole.MENTOR, mentor.id),
            PersonDetails(full_name=mentor.person.full_name, birth_year=mentor.person.birth_year),
            seen_edition=get_edition(EVERYWHERE, mentor.person_id),
            capacity=own.open_mentorships + missing,
        )

    # what happened ------------------------------------------------------------------------

    def log_session(self, finding):
        details = session_details(service_date=self.today, is_first_this_year=False)
        log_session(EVERYWHERE, any_ward(finding.ward).id, details)

    def log_contact(self, finding):
        if finding.subject.kind is SubjectKind.MENTOR:
            log_contact_with_everyone(EVERYWHERE, finding.subject.id, on=self.today)
        else:
            pair = db.session.get(Mentorship, finding.subject.id)
            meeting = Meeting(on=self.today, mentorship_ids=frozenset({pair.id}))
            log_contact(EVERYWHERE, pair.mentor_id, meeting)

    # answers ------------------------------------------------------------------------------

    def tell_apart(self, finding):
        seen = [record.id for record in get_alike_people(EVERYWHERE, finding.subject.id).records]
        tell_people_apart(EVERYWHERE, finding.subject.id, seen=seen)

    def confirm(self, finding):
        seen = [session.id for session in get_burst(EVERYWHERE, finding.subject.id).sessions]
        confirm_sessions(EVERYWHERE, finding.subject.id, seen=seen)
