"""One visitor all the way: asked, handed on, paired, met, completed, called, learning again."""

from datetime import date

import pytest
import time_machine

from app import clock
from app.queries.follow_ups import list_calls
from app.queries.funnel import count_funnels
from app.queries.handoffs import list_settled, list_waiting
from app.services.answer_follow_up import answer_follow_up
from app.services.end_mentorship import Ending, end_mentorship
from app.services.hand_on import HandOn, hand_on
from app.services.learn_again import learn_again
from app.services.log_contact import Meeting, log_contact
from app.services.log_session import log_session
from app.services.pair_mentees import pair_mentees
from app.services.person_writing import ConsentDetails, PersonDetails
from graphs.funnel import Funnel
from models import Handoff, db
from models.enums import ConsentMethod, FollowUpAnswer
from tests.factories.base import any_ward
from tests.factories.desk import session_details, staff
from tests.factories.network import MentorFactory, end_reason

pytestmark = pytest.mark.usefixtures("flask_app")


def test_a_visitor_is_followed_from_the_desk_until_they_manage_alone_or_learn_again():
    _account, scope = staff()
    ward_id, mentor_id = any_ward().id, MentorFactory().id
    told = []

    def tell() -> None:
        today = clock.today()
        told.append(count_funnels(scope, date(2026, 1, 1), today, as_of=today)[ward_id])

    with time_machine.travel("2026-03-02 09:00+07:00") as time:
        session = log_session(scope, ward_id, session_details(service_date=clock.today()))
        tell()
        person = PersonDetails(full_name="Siu H'Bia", birth_year=1965, phone="+84912345678")
        consent = ConsentDetails(method=ConsentMethod.SPOKEN, given_on=clock.today())
        receipt = hand_on(
            scope, HandOn(session_id=session.object_id, person=person, consent=consent)
        )
        mentee_id = db.session.get_one(Handoff, receipt.object_id).mentee_id
        tell()
        assert [row.since for row in list_waiting(scope, clock.today(), at_most=9)] == [
            date(2026, 3, 2)
        ]

        time.move_to("2026-03-05 09:00+07:00")
        pair = pair_mentees(scope, mentor_id, [mentee_id], on=clock.today())
        tell()
        time.move_to("2026-03-09 09:00+07:00")
        log_contact(scope, mentor_id, Meeting(clock.today(), frozenset({pair.object_id})))
        tell()
        (row,) = list_settled(scope, clock.today(), offset=0, size=9)
        assert row.met_on == date(2026, 3, 9)

        time.move_to("2026-03-20 09:00+07:00")
        (call,) = list_calls(scope, scope, clock.today(), offset=0, size=9)
        answer_follow_up(scope, scope, call.mentee_id, FollowUpAnswer.STILL_ABLE)
        tell()

        time.move_to("2026-04-01 09:00+07:00")
        ending = Ending(clock.today(), end_reason("completed").id)
        end_mentorship(scope, pair.object_id, ending)
        tell()
        time.move_to("2026-04-20 09:00+07:00")
        answer_follow_up(scope, scope, mentee_id, FollowUpAnswer.NEEDS_HELP)
        learn_again(scope, mentee_id)
        tell()

    assert told == [
        Funnel(sessions=1),
        Funnel(sessions=1, waiting=1),
        Funnel(sessions=1, unmet=1),
        Funnel(sessions=1, met=1),
        Funnel(sessions=1, met=1, still_able=1),
        Funnel(sessions=1, completed=1, still_able=1),
        Funnel(sessions=1, completed=1, needs_help=1),
    ]
