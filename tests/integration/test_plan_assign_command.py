"""`flask plan assign`: the contract that scripts rely on, and whom a plan is about."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.queries.assignment import plan_rows
from app.queries.audit import audit_scope
from app.services import publish_plan as publishing
from app.services.undo_batch import undo_batch
from graphs.planning.assignment import plan_assignment
from graphs.planning.rows import Reach
from models import Mentorship, db
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
)

EVERYWHERE = WardScope.everywhere()


@pytest.fixture
def run(flask_app):
    """Run the command and return its result."""

    def run_assign(*arguments):
        return flask_app.test_cli_runner().invoke(args=["plan", "assign", *arguments])

    return run_assign


def mentor_of(mentees, **given):
    """A mentor with so many mentees of the own ward."""
    mentor = MentorFactory(**given)
    for _ in range(mentees):
        MentorshipFactory(mentor=mentor, mentee=MenteeFactory(ward=mentor.ward))
    return mentor


def test_an_empty_site_has_nothing_to_pair(run):
    plan = json.loads(run("--format", "json").stdout)

    assert plan["status"] == "nothing_to_do"
    assert plan["moves"] == plan["impossible"] == []
    assert set(plan["objective"]) == {
        "mentors_meeting_floor_before",
        "mentors_meeting_floor_after",
        "upper_bound",
        "waiting_before",
        "waiting_after",
        "pairs_changed",
        "distance_km",
    }


def test_who_waits_goes_to_the_mentor_whom_it_brings_to_the_floor(run):
    mentor_of(5)
    short = mentor_of(4)
    waiting = MenteeFactory(ward=short.ward)

    plan = json.loads(run("--format", "json").stdout)

    assert plan["status"] == "optimal"
    assert plan["moves"] == [
        {
            "mentee_id": waiting.id,
            "from_mentor_id": None,
            "to_mentor_id": short.id,
            "ward": short.ward.code,
            "distance_km": 0.0,
            "why": f"Để {short.person.full_name} đủ 5 người học.",
        }
    ]


def test_four_and_four_become_five_and_three_and_the_rest_is_told_with_numbers(run):
    mentor_of(4)
    mentor_of(4)

    plan = json.loads(run("--format", "json").stdout)

    assert plan["objective"]["mentors_meeting_floor_after"] == 1
    assert plan["objective"]["pairs_changed"] == 1
    assert [row["message"] for row in plan["impossible"]] == [
        "8 người học cho 2 mentor: tối đa 1 mentor đạt 5; cần thêm 2 người học hoặc bớt 1 mentor."
    ]


def test_the_table_says_what_is_reached_and_proven(run):
    mentor_of(4)
    mentor_of(4)

    result = run()

    assert result.exit_code == 0
    assert "đã chứng minh là tốt nhất" in result.stdout
    assert "0 → 1 (không thể quá 1)" in result.stdout


def test_a_ward_that_is_not_there_is_wrong_usage(run):
    assert run("--ward", "00000").exit_code == 2


def test_the_plan_begins_from_the_figures_of_the_audit(flask_app):
    mentor_of(5)
    mentor_of(3)
    MenteeFactory()
    today = clock.today()

    totals = audit_scope(EVERYWHERE, today).totals
    before = plan_assignment(plan_rows(EVERYWHERE, today), reach=Reach.WARD).objective

    assert before.mentors_meeting_floor_before == totals.mentors_meeting_floor == 1
    assert before.waiting_before == totals.mentees_waiting == 1


def test_who_is_away_is_no_matter_of_a_plan(flask_app):
    today = clock.today()
    away = mentor_of(2)
    PauseFactory(mentor=away, started_on=today, ended_on=today + timedelta(days=9))
    working = mentor_of(2)
    resting = MentorshipFactory(mentor=working, mentee=MenteeFactory(ward=working.ward)).mentee
    PauseFactory(mentee=resting, started_on=today, ended_on=today + timedelta(days=9))

    rows = plan_rows(EVERYWHERE, today)

    [mentor] = rows.mentors
    assert mentor.id == working.id
    assert (mentor.open_fixed, mentor.guided_fixed) == (1, 1)
    assert {mentee.mentor for mentee in rows.mentees} == {working.id}
    assert len(rows.mentees) == 2


def test_a_ward_alone_knows_nobody_of_another(flask_app):
    own, other = any_ward("21607"), any_ward("21553")
    MentorFactory(ward=own)
    mentor_of(2, ward=other)

    rows = plan_rows(EVERYWHERE.narrowed_to(own.id), clock.today())

    assert [mentor.ward for mentor in rows.mentors] == [own.code]
    assert rows.mentees == []


def open_pairs() -> set[tuple[int, int]]:
    statement = select(Mentorship.mentor_id, Mentorship.mentee_id).where(
        Mentorship.ended_on.is_(None)
    )
    return {tuple(row) for row in db.session.execute(statement)}


def test_a_published_plan_is_written_told_and_undone_as_one(run):
    mentor, waiting = mentor_of(4), MenteeFactory()
    before, pair = open_pairs(), (mentor.id, waiting.id)

    plan = json.loads(run("--publish", "--format", "json").stdout)

    assert open_pairs() - before == {pair}
    assert plan["published"]["mentorships_begun"] == len(plan["moves"]) == 1
    undo_batch(EVERYWHERE, plan["published"]["batch_id"])
    assert open_pairs() == before


def test_publishing_nothing_writes_nothing(run):
    plan = json.loads(run("--publish", "--format", "json").stdout)

    assert plan["published"] is None
    assert "Không có gì để ghi." in run("--publish").stdout


def test_without_publish_the_answer_says_nothing_of_it(run):
    mentor_of(4)
    MenteeFactory()
    before = open_pairs()

    assert "published" not in json.loads(run("--format", "json").stdout)
    assert open_pairs() == before


def test_a_network_that_changes_while_it_is_planned_is_left_alone(run, monkeypatch):
    mentor_of(4)
    MenteeFactory()
    before = open_pairs()
    planned = publishing.assignment_of

    def plan_and_register(*arguments):
        MenteeFactory()
        return planned(*arguments)

    monkeypatch.setattr(publishing, "assignment_of", plan_and_register)

    refused = run("--publish")

    assert refused.exit_code == 1
    assert "Chưa công bố được" in refused.stderr
    assert open_pairs() == before
