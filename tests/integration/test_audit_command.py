"""`flask audit`: the contract that scripts rely on."""

import json
from datetime import date, timedelta

import pytest

from app import clock
from tests.factories.base import any_ward
from tests.factories.network import (
    DutyTurnFactory,
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    SupportPostFactory,
)

WARD_KEYS = {
    "code",
    "name",
    "status",
    "primary_cause",
    "action",
    "mentors",
    "mentees",
    "waiting",
    "support_posts",
}
FINDING_KEYS = {
    "rule",
    "severity",
    "ward",
    "subject",
    "measured",
    "expected",
    "since",
    "message",
    "action",
}


@pytest.fixture
def run(flask_app):
    """Run the command and return its result."""

    def run_audit(*arguments):
        return flask_app.test_cli_runner().invoke(args=["audit", *arguments])

    return run_audit


def audit_of(result):
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_an_empty_site_has_135_wards_without_data(run):
    audit = audit_of(run("--format", "json"))

    assert audit["as_of"] == clock.today().isoformat()
    assert audit["totals"]["wards"] == audit["totals"]["wards_no_data"] == 135
    assert audit["findings"] == []
    assert set(audit["wards"][0]) == WARD_KEYS
    assert audit["wards"][0]["action"]["code"] == "import_roster"


def test_findings_do_not_make_the_command_fail_and_say_what_to_do(run):
    person = PersonFactory(full_name="Siu H'Blơm")
    mentor = MentorFactory(person=person, ward=any_ward("21553"))
    MenteeFactory(ward=any_ward("21553"))

    audit = audit_of(run("--format", "json"))

    [found] = [found for found in audit["findings"] if found["rule"] == "mentor_below_floor"]
    assert set(found) == FINDING_KEYS
    assert found["subject"] == {"kind": "mentor", "id": mentor.id}
    assert (found["measured"], found["expected"], found["since"]) == (0, 5, "2026-01-05")
    assert found["message"] == (
        "Mentor Siu H'Blơm mới có 0/5 người học – ghép thêm 1 người đang chờ trong phường"
    )
    assert found["action"] == {"code": "pair_waiting", "url": f"/ghep-cap?mentor={mentor.id}"}


def test_the_next_step_of_a_ward_is_that_of_its_primary_cause(run):
    SupportPostFactory()
    DutyTurnFactory(service_date=clock.today())
    mentor = MentorFactory()
    MenteeFactory()

    audit = audit_of(run("--format", "json", "--ward", "21553"))

    [ward] = audit["wards"]
    assert ward["primary_cause"] == "mentor_below_floor"
    assert ward["action"] == {"code": "pair_waiting", "url": f"/ghep-cap?mentor={mentor.id}"}


def test_one_ward_alone_covers_that_ward_in_everything(run):
    MentorFactory(ward=any_ward("21553"))
    MentorFactory(ward=any_ward("21583"))

    audit = audit_of(run("--format", "json", "--ward", "21583"))

    assert [ward["code"] for ward in audit["wards"]] == ["21583"]
    assert {found["ward"] for found in audit["findings"]} == {"21583"}
    assert (audit["totals"]["wards"], audit["totals"]["mentors"]) == (1, 1)


@pytest.mark.parametrize("day", ["2026-02-28", "28/02/2026"])
def test_a_past_day_is_told_as_it_was(run, day):
    SupportPostFactory(started_on=date(2026, 1, 5), ended_on=date(2026, 3, 1))
    HelpSessionFactory(service_date=date(2026, 2, 20), is_first_this_year=True)
    HelpSessionFactory(service_date=date(2026, 3, 20))

    audit = audit_of(run("--format", "json", "--as-of", day))

    assert audit["as_of"] == "2026-02-28"
    assert audit["totals"]["wards_with_support_in_fact"] == 1
    assert (audit["totals"]["sessions"], audit["totals"]["people_helped"]) == (1, 1)


def test_a_day_to_come_tells_what_falls_due_if_nothing_happens(run):
    today = clock.today()
    MenteeFactory(started_on=today)

    on_the_seventh = audit_of(run("--format", "json", "--as-of", f"{today + timedelta(days=7)}"))
    day_after = audit_of(run("--format", "json", "--as-of", f"{today + timedelta(days=8)}"))

    assert [finding["rule"] for finding in on_the_seventh["findings"]].count("mentee_waiting") == 0
    assert [finding["rule"] for finding in day_after["findings"]].count("mentee_waiting") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--as-of", "31/02/2026"], "Ngày chưa đúng"),
        (["--as-of", "hôm qua"], "Ngày chưa đúng"),
        (["--as-of", "2100-01-01"], "xa quá"),
        (["--as-of", "0001-01-01"], "sớm quá"),
        (["--since", "2026-03-02", "--as-of", "2026-03-01"], "Ngày so sánh phải trước"),
        (["--since", "hôm qua"], "--since: Ngày chưa đúng"),
        (["--ward", "99999"], "không có xã, phường mang mã 99999"),
    ],
)
def test_what_cannot_be_asked_is_refused_as_wrong_usage(run, arguments, words):
    result = run("--format", "json", *arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert words in result.stderr


def test_since_another_day_tells_what_changed(run):
    person = PersonFactory()
    SupportPostFactory(started_on=date(2026, 1, 5), ended_on=date(2026, 3, 1))
    MentorFactory(person=person, started_on=date(2026, 1, 5), ended_on=date(2026, 3, 1))
    MentorFactory(person=person, started_on=date(2026, 3, 1), ward=any_ward("21583"))
    days = ("--since", "28/02/2026", "--as-of", "2026-03-02")

    since = audit_of(run("--format", "json", *days))["since"]
    in_one_ward = audit_of(run("--format", "json", "--ward", "21553", *days))["since"]

    assert since["as_of"] == "2026-02-28"
    assert since["totals"]["wards_with_support"] == 1
    assert since["support_staff"] == {"joined": 0, "left": 1, "moved": 0}
    assert since["mentors"] == {"joined": 0, "left": 0, "moved": 1}
    assert in_one_ward["mentors"] == {"joined": 0, "left": 1, "moved": 0}
    assert {
        "rule": "ward_without_support",
        "severity": "critical",
        "ward": "21553",
        "subject": {"kind": "ward", "id": "21553"},
    } in since["findings_opened"]


def test_the_keys_of_the_answer_are_the_same_without_since(run):
    assert "since" not in audit_of(run("--format", "json"))


def test_the_table_says_what_changed(run):
    SupportPostFactory(started_on=date(2026, 3, 1))

    result = run("--since", "2026-02-28", "--as-of", "2026-03-02")

    assert result.exit_code == 0
    assert "Thay đổi từ 28/02/2026 đến 02/03/2026" in result.stdout
    assert "Nhân sự hỗ trợ: 1 người vào, 0 người ra, 0 người chuyển nơi" in result.stdout


def test_the_table_names_the_wards_that_need_something(run):
    MentorshipFactory()

    result = run()

    assert result.exit_code == 0
    assert "Quy Nhơn Bắc" in result.stdout
    assert "Thiếu người" in result.stdout
    assert "chưa có nhân sự hỗ trợ" in result.stdout


def test_every_address_in_the_answer_is_a_page_of_the_site(run, flask_app):
    MentorshipFactory(started_on=date(2026, 1, 5))
    MenteeFactory()
    SupportPostFactory(ward=any_ward("21583"))

    audit = audit_of(run("--format", "json"))

    addresses = flask_app.url_map.bind("localhost")
    urls = [row["action"]["url"] for row in [*audit["wards"], *audit["findings"]] if row["action"]]
    assert urls
    for url in urls:
        path, _, query = url.partition("?")
        addresses.match(path, method="GET", query_args=query)
