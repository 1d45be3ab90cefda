"""A mentor who leaves: others take over at once, the rest waits, nobody is lost."""

import random
from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from app.access.scope import WardScope
from app.errors import CapacityExceededError, EndsTooEarlyError, RuleBrokenError
from app.queries.audit import audit_scope
from app.queries.departure import plan_leaving
from app.services.leave_mentor import Leaving, leave_mentor
from app.services.undo_batch import undo_batch
from graphs.planning.rows import Reach
from models import Mentee, Mentor, Mentorship, db
from tests.factories.network import (
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    end_reason,
)
from tests.factories.site import RandomSite

EVERYWHERE = WardScope.everywhere()
BEGUN, TODAY = date(2026, 1, 5), date(2026, 3, 10)


@pytest.fixture(autouse=True)
def a_tuesday_in_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


def mentor_with(mentees: int, *, capacity: int = 10) -> Mentor:
    mentor = MentorFactory(started_on=BEGUN)
    MentorCapacityFactory(mentor=mentor, effective_on=BEGUN, capacity=capacity)
    for _number in range(mentees):
        mentee = MenteeFactory(started_on=BEGUN)
        MentorshipFactory(mentor=mentor, mentee=mentee, started_on=BEGUN)
    return mentor


def mentees_of(mentor_id: int) -> list[int]:
    is_open = Mentorship.ended_on.is_(None), Mentorship.mentor_id == mentor_id
    return sorted(db.session.scalars(select(Mentorship.mentee_id).where(*is_open)))


def leaving(successors=None, *, on: date = TODAY) -> Leaving:
    return Leaving(on, end_reason("mentor_left").id, successors or {})


def test_who_was_chosen_takes_over_and_the_others_wait(flask_app):
    leaver, other = mentor_with(3), mentor_with(1)
    first, second, third = mentees_of(leaver.id)

    leave_mentor(EVERYWHERE, leaver.id, leaving({first: other.id, second: other.id}))

    assert mentees_of(leaver.id) == []
    assert set(mentees_of(other.id)) >= {first, second}
    assert audit_scope(EVERYWHERE, TODAY).totals.mentees_waiting == 1
    assert third not in mentees_of(other.id)


def test_it_is_taken_back_as_one(flask_app):
    leaver, other = mentor_with(2), mentor_with(0)
    [first, _second] = both = mentees_of(leaver.id)

    receipt = leave_mentor(EVERYWHERE, leaver.id, leaving({first: other.id}))
    undo_batch(EVERYWHERE, receipt.batch_id)

    assert mentees_of(leaver.id) == both
    assert mentees_of(other.id) == []
    assert db.session.get(Mentor, leaver.id).ended_on is None


def test_nothing_happens_where_a_successor_lacks_room(flask_app):
    leaver, full = mentor_with(2), mentor_with(1, capacity=2)
    both = mentees_of(leaver.id)

    with pytest.raises(CapacityExceededError):
        leave_mentor(EVERYWHERE, leaver.id, leaving(dict.fromkeys(both, full.id)))

    assert mentees_of(leaver.id) == both
    assert db.session.get(Mentor, leaver.id).ended_on is None


def test_it_may_be_dated_back_but_not_to_the_first_day(flask_app):
    leaver, other = mentor_with(1), mentor_with(0)
    [mentee] = mentees_of(leaver.id)

    with pytest.raises(EndsTooEarlyError):
        leave_mentor(EVERYWHERE, leaver.id, leaving(on=BEGUN))
    leave_mentor(EVERYWHERE, leaver.id, leaving({mentee: other.id}, on=date(2026, 2, 1)))

    assert audit_scope(EVERYWHERE, date(2026, 2, 1)).totals.mentorships_open == 1
    assert mentees_of(other.id) == [mentee]


@pytest.mark.parametrize("seed", range(3))
def test_no_open_link_to_the_leaver_is_left_and_nobody_is_lost(flask_app, seed):
    RandomSite(seed).fill()
    chance = random.Random(seed)  # noqa: S311  # no secret
    with time_machine.travel("2026-08-31T03:00:00Z", tick=False):
        today = date(2026, 8, 31)
        open_mentors = select(Mentor.id).where(Mentor.ended_on.is_(None)).order_by(Mentor.id)
        leavers = chance.sample(list(db.session.scalars(open_mentors)), 4)
        left = [leaves_as_planned(mentor_id, today) for mentor_id in leavers]
    assert any(left)


def leaves_as_planned(mentor_id: int, today: date) -> bool:
    """Let a mentor leave as the plan proposes; the mentees go there or wait, all of them.

    Not where something is recorded for later: then nothing happens.
    """
    departure = plan_leaving(EVERYWHERE, mentor_id, today, Reach.PROVINCE)
    successors = {move.mentee: move.to_mentor for move in departure.plan.plan.moves}
    before = mentees_of(mentor_id)
    open_mentees = select(Mentee.id).where(Mentee.ended_on.is_(None))
    everybody = set(db.session.scalars(open_mentees))
    try:
        leave_mentor(EVERYWHERE, mentor_id, leaving(successors, on=today))
    except RuleBrokenError:
        assert mentees_of(mentor_id) == before
        return False
    assert mentees_of(mentor_id) == []
    assert set(db.session.scalars(open_mentees)) == everybody
    for mentee, successor in successors.items():
        assert mentee in mentees_of(successor)
    return True
