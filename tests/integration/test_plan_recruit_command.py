"""`flask plan recruit`: the contract that scripts rely on."""

import json
from datetime import timedelta

import pytest

from app import clock
from app.access.scope import WardScope
from app.queries.ward_means import list_ward_crews
from graphs.ward_means import WardCrew
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    SupportPostFactory,
)

ISLAND = "21607"
EVERYWHERE = WardScope.everywhere()


@pytest.fixture
def run(flask_app):
    """Run the command and return its result."""

    def run_recruit(*arguments):
        return flask_app.test_cli_runner().invoke(args=["plan", "recruit", *arguments])

    return run_recruit


def test_an_empty_site_asks_for_nobody(run):
    plan = json.loads(run("--format", "json").stdout)

    assert plan["status"] == "nothing_to_do"
    assert plan["objective"] == {"new_mentors": 0, "new_support": 0, "capacity": 10}
    assert len(plan["without_data"]) == 135


def test_the_island_gets_a_mentor_of_its_own_and_somebody_at_the_desk(run):
    MenteeFactory(ward=any_ward(ISLAND))
    elsewhere = any_ward("21553")
    MentorFactory(ward=elsewhere)
    SupportPostFactory(ward=elsewhere)

    plan = json.loads(run("--format", "json").stdout)

    assert plan["status"] == "optimal"
    assert plan["proof"] == {"new_mentors_at_least": 1, "is_optimal": True}
    assert plan["services"] == [{"ward": ISLAND, "at": ISLAND, "people": 1}]
    assert plan["wards"] == [
        {
            "code": ISLAND,
            "name": "Nhơn Châu",
            "support": 1,
            "mentors": 1,
            "waiting": 1,
            "spare": 0,
            "from_neighbours": 0,
            "to_neighbours": 0,
            "message": "Thêm 1 nhân sự hỗ trợ: hiện chưa có ai. "
            "Thêm 1 mentor: 1 người đang chờ, còn nhận được 0.",
        }
    ]


def test_a_table_says_what_is_proven(run):
    MenteeFactory(ward=any_ward(ISLAND))

    result = run("--reach", "ward")

    assert result.exit_code == 0
    assert "1 (đã chứng minh là ít nhất)" in result.stdout
    assert "Nhơn Châu" in result.stdout


def test_the_whole_province_is_a_wrong_reach(run):
    assert run("--reach", "province").exit_code == 2


def test_wards_with_more_mentors_than_people_are_named(run):
    ward = any_ward("21553")
    mentor = MentorFactory(ward=ward)
    MentorFactory(ward=ward)
    for _ in range(4):
        MentorshipFactory(mentor=mentor, mentee=MenteeFactory(ward=ward))
    MenteeFactory(ward=ward)

    plan = json.loads(run("--format", "json").stdout)

    assert plan["surplus"] == [
        {
            "code": "21553",
            "name": "Quy Nhơn Bắc",
            "mentors": 2,
            "people": 5,
            "at_floor_at_most": 1,
            "surplus_mentors": 1,
            "missing_people": 5,
            "message": "5 người học cho 2 mentor: tối đa 1 mentor đạt 5;"
            " cần thêm 5 người học hoặc bớt 1 mentor.",
        }
    ]
    assert "tối đa 1 mentor đạt 5" in run().stdout


def test_the_kept_network_and_all_rows_tell_of_the_same_crews(flask_app):
    ward = any_ward("21553")
    MentorshipFactory(mentor=MentorFactory(ward=ward), mentee=MenteeFactory(ward=ward))
    MenteeFactory(ward=ward)
    today = clock.today()

    kept, read = (list_ward_crews(EVERYWHERE, day) for day in (today, today + timedelta(1)))

    assert [crew for crew in kept if crew.mentors] == [WardCrew("21553", 1, 2)]
    assert kept == read
