"""`flask plan leave`: the contract that scripts rely on, and that it foretells what happens."""

import json
from datetime import timedelta

import pytest

from app import clock
from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.audit import audit_scope
from app.queries.departure import plan_leaving
from app.queries.spells import SpellKey
from app.services.end_spell import end_spell
from app.services.pair_mentees import pair_mentees
from graphs.planning.rows import Reach
from models.enums import PersonRole
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    SupportPostFactory,
    end_reason,
)

EVERYWHERE = WardScope.everywhere()
HERE, NEXT_DOOR, ISLAND = "21553", "21583", "21607"


@pytest.fixture
def run(flask_app):
    """Run the command and return its result."""

    def run_leave(*arguments):
        return flask_app.test_cli_runner().invoke(args=["plan", "leave", *map(str, arguments)])

    return run_leave


def mentor_of(mentees, **given):
    """A mentor with so many mentees of the own ward."""
    mentor = MentorFactory(**given)
    for _ in range(mentees):
        MentorshipFactory(mentor=mentor, mentee=MenteeFactory(ward=mentor.ward))
    return mentor


def leave(mentor):
    reason = end_reason("mentor_left")
    key = SpellKey(PersonRole.MENTOR, mentor.id)
    end_spell(EVERYWHERE, key, on=clock.today(), reason_id=reason.id)


def test_each_mentee_goes_to_who_has_room(run):
    leaver = mentor_of(1)
    other = mentor_of(4)

    plan = json.loads(run(leaver.id, "--format", "json").stdout)

    [move] = plan["moves"]
    assert (move["from_mentor_id"], move["to_mentor_id"]) == (leaver.id, other.id)
    assert move["why"] == f"{other.person.full_name} nhờ đó đủ 5 người học."
    assert plan["status"] == "optimal"
    assert plan["objective"] == {
        "orphans": 1,
        "placed": 1,
        "mentors_meeting_floor_before": 0,
        "mentors_meeting_floor_after": 1,
        "distance_km": 0.0,
    }
    assert plan["not_placed"] == plan["paused"] == plan["beyond"] == []


def test_the_last_mentor_of_an_island_leaves_the_ward_without_and_nobody_can_help(run):
    leaver = mentor_of(2, ward=any_ward(ISLAND))

    plan = json.loads(run(leaver.id, "--format", "json").stdout)

    opened = {finding["rule"] for finding in plan["if_left"]["findings_opened"]}
    assert opened == {"ward_without_mentor", "ward_short_of_capacity"}
    assert [row["why"] for row in plan["not_placed"]] == ["nobody_near"] * 2
    assert plan["not_placed"][0]["message"] == (
        "Không còn mentor nào khác trong xã, phường và các nơi giáp ranh: cần thêm mentor."
    )


def test_the_table_tells_who_goes_where_and_what_follows(run):
    leaver = mentor_of(1)

    result = run(leaver.id, "--reach", "ward")

    assert result.exit_code == 0
    assert "Mất mentor          1" in result.stdout
    assert "phát sinh: Chưa có mentor (1)" in result.stdout


def test_nobody_of_that_number_is_wrong_usage(run):
    assert run(99).exit_code == 2
    assert run("x").exit_code == 2


def test_who_has_left_already_is_refused_with_the_day(run):
    today = clock.today()
    left = MentorFactory(started_on=today - timedelta(days=9), ended_on=today)

    result = run(left.id)

    assert result.exit_code == 1
    assert "đã thôi từ ngày" in result.stderr


def test_paused_mentees_are_listed_apart(flask_app):
    today = clock.today()
    leaver = mentor_of(1)
    mentor_of(3)
    resting = MentorshipFactory(mentor=leaver, mentee=MenteeFactory(ward=leaver.ward)).mentee
    PauseFactory(mentee=resting, started_on=today, ended_on=today + timedelta(days=9))

    departure = plan_leaving(EVERYWHERE, leaver.id, today, Reach.WARD)

    assert departure.resting == (resting.id,)
    assert len(departure.plan.orphans) == len(departure.plan.plan.moves) == 1


def test_mentees_of_a_paused_mentor_are_placed_too(flask_app):
    today = clock.today()
    leaver = mentor_of(2)
    PauseFactory(mentor=leaver, started_on=today, ended_on=today + timedelta(days=9))
    mentor_of(3)

    departure = plan_leaving(EVERYWHERE, leaver.id, today, Reach.WARD)

    assert len(departure.plan.plan.moves) == 2


def test_a_ward_does_not_plan_for_people_of_another(flask_app):
    today = clock.today()
    here, other = any_ward(HERE), any_ward(NEXT_DOOR)
    leaver = mentor_of(1, ward=here)
    elsewhere = MentorshipFactory(mentor=leaver, mentee=MenteeFactory(ward=other)).mentee
    mentor_of(1, ward=other)
    own = EVERYWHERE.narrowed_to(here.id)

    departure = plan_leaving(own, leaver.id, today, Reach.BORDER)

    assert departure.beyond == (elsewhere.id,)
    assert list(departure.wards) == [HERE]
    assert [row.mentors for row in departure.plan.unplaced] == [0]
    with pytest.raises(OutOfScopeError):
        plan_leaving(EVERYWHERE.narrowed_to(other.id), leaver.id, today, Reach.BORDER)


@pytest.mark.parametrize("reach", Reach)
def test_what_is_foretold_is_what_the_audit_finds_after_leaving_and_pairing(flask_app, reach):
    today = clock.today()
    here, other = any_ward(HERE), any_ward(NEXT_DOOR)
    leaver = mentor_of(4, ward=here)
    MentorshipFactory(mentor=leaver, mentee=MenteeFactory(ward=other))
    for ward, mentees in ((here, 4), (here, 1), (other, 3)):
        mentor_of(mentees, ward=ward)
    SupportPostFactory(ward=here)
    MenteeFactory(ward=here)
    departure = plan_leaving(EVERYWHERE, leaver.id, today, reach)
    codes = {ward.code for ward in departure.now.wards}
    assert codes == {HERE, NEXT_DOOR}
    assert departure.now == audited(codes)

    leave(leaver)
    assert departure.left == audited(codes)

    for move in departure.plan.plan.moves:
        pair_mentees(EVERYWHERE, move.to_mentor, [move.mentee], on=today)
    assert departure.settled == audited(codes)


def audited(codes):
    """The audit of today of some wards alone."""
    ids = [any_ward(code).id for code in codes]
    return audit_scope(WardScope.of(ids), clock.today())
