"""The figures of lists are those of the audit, however few spells are asked for."""

import random
from datetime import date, timedelta

import pytest
import time_machine

from app.access.scope import WardScope
from app.queries import mentor_lists
from app.queries.audit import audit_ward
from app.queries.kept_standings import kept_mentor_standings
from app.queries.mentee_lists import MenteeState, count_mentees, list_mentees
from app.queries.mentor_lists import MentorState, list_mentors
from app.queries.people_filter import PeopleFilter, Window
from app.queries.settings import get_settings
from app.queries.standings import last_contacts_of_pairings, mentee_standings, mentor_standings
from graphs.standing import MenteeStanding, MentorStanding
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    AttendanceFactory,
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    end_reason,
)
from tests.factories.site import RandomSite

DAY = date(2026, 3, 10)
OTHER_WARD = "21583"

pytestmark = pytest.mark.usefixtures("flask_app")


def ward_scope() -> WardScope:
    account = account_with(Role.WARD_LEADER)
    return WardScope.of([any_ward().id], account.id)


def mentor_figures(standing: MentorStanding) -> tuple[object, ...]:
    return (standing.is_paused, standing.open_mentorships, standing.guided, standing.spare)


def fill_ward(seed: int) -> None:
    """Make four mentors and seven mentees with pairings, pauses and ends by chance."""
    chance = random.Random(seed)  # noqa: S311  # made-up people, no secrets
    wards = [any_ward(), any_ward(OTHER_WARD)]
    mentors = [MentorFactory(ward=wards[number == 3]) for number in range(4)]
    for mentor in mentors[:2]:
        MentorCapacityFactory(mentor=mentor, capacity=chance.choice((1, 2, 9)))
    PauseFactory(mentor=mentors[1], ended_on=chance.choice((date(2026, 3, 1), date(2026, 4, 1))))
    for number in range(7):
        first = MenteeFactory(ward=wards[number == 6], started_on=date(2025, 12, 1))
        mentee = first
        if number == 0:
            first.ended_on = date(2026, 1, 1)
            mentee = MenteeFactory(
                person=first.person,
                started_on=date(2026, 1, 1),
                continues=first,
                origin_id=first.id,
            )
        if number == 1:
            PauseFactory(mentee=mentee, ended_on=chance.choice((DAY, date(2026, 4, 1))))
        day = date(2026, 1, 5)
        for _ in range(chance.randrange(3)):
            ends_on = day + timedelta(days=chance.randrange(1, 30))
            MentorshipFactory(
                mentor=chance.choice(mentors),
                mentee=mentee,
                started_on=day,
                ended_on=ends_on,
                end_reason=end_reason(chance.choice(("completed", "other"))),
            )
            day = ends_on
        if chance.random() < 0.6:
            MentorshipFactory(mentor=chance.choice(mentors), mentee=mentee, started_on=day)


@pytest.mark.parametrize("seed", range(6))
def test_mentors_and_mentees_stand_in_lists_where_the_audit_puts_them(seed):
    scope = ward_scope()
    fill_ward(seed)
    settings = get_settings(DAY)
    _report, ward = audit_ward(scope, any_ward().id, DAY)

    everybody = Window(1, 100)
    mentors = list_mentors(scope, PeopleFilter(), everybody, DAY, settings).lines
    mentees = list_mentees(scope, PeopleFilter(), everybody, DAY, settings).lines

    ids = [line.id for line in mentors]
    judged = mentor_standings(scope, ids, DAY, settings)
    assert {key: mentor_figures(row) for key, row in judged.items()} == {
        row.row.id: mentor_figures(row) for row in ward.mentors
    }
    waiting = {line.id: line.waiting_days for line in mentees}
    assert waiting == {row.row.id: days_waiting(row) for row in ward.mentees}
    short = list_mentors(
        scope, PeopleFilter(state=MentorState.BELOW_FLOOR), everybody, DAY, settings
    )
    assert {line.id for line in short.lines} == {
        row.row.id for row in ward.working_mentors if not row.meets_floor
    }
    queue = list_mentees(scope, PeopleFilter(state=MenteeState.WAITING), everybody, DAY, settings)
    assert queue.total == ward.waiting


def days_waiting(standing: MenteeStanding) -> int | None:
    return None if standing.waiting_since is None else (DAY - standing.waiting_since).days


def test_a_pairing_that_was_carried_over_keeps_its_last_contact():
    scope = ward_scope()
    first = MentorshipFactory(ended_on=date(2026, 3, 5), end_reason=end_reason("moved"))
    AttendanceFactory(mentorship=first)
    second = MentorshipFactory(
        mentor=first.mentor,
        mentee=first.mentee,
        started_on=date(2026, 3, 5),
        continues=first,
        origin_id=first.id,
    )

    contacts = last_contacts_of_pairings(scope, [second.id], DAY)

    assert contacts == {second.id: date(2026, 3, 1)}


def test_nobody_is_judged_outside_the_scope():
    scope = ward_scope()
    mentor = MentorFactory(ward=any_ward(OTHER_WARD))
    mentee = MenteeFactory(ward=any_ward(OTHER_WARD))
    settings = get_settings(DAY)

    assert mentor_standings(scope, [mentor.id], DAY, settings) == {}
    assert mentee_standings(scope, [mentee.id], DAY, settings) == {}


@time_machine.travel("2026-07-15 09:00:00+07:00", tick=False)
@pytest.mark.parametrize("state", [MentorState.BELOW_FLOOR, MentorState.HAS_ROOM])
@pytest.mark.parametrize("seed", [5, 6])
def test_lists_of_today_from_the_kept_network_are_those_that_judging_everybody_gives(
    seed, state, monkeypatch
):
    RandomSite(seed).fill()
    day = date(2026, 7, 15)
    settings = get_settings(day)
    everybody, chosen = Window(size=10_000), PeopleFilter(state=state)
    waiting = PeopleFilter(state=MenteeState.WAITING)
    scope = WardScope.everywhere()

    kept = list_mentors(scope, chosen, everybody, day, settings)
    kept_waiting = count_mentees(scope, waiting, day)

    assert kept_mentor_standings(scope, day) is not None
    monkeypatch.setattr(mentor_lists, "kept_mentor_standings", lambda *_: None)
    assert kept == list_mentors(scope, chosen, everybody, day, settings)
    assert kept.total > 0
    assert kept_waiting == list_mentees(scope, waiting, everybody, day, settings).total
