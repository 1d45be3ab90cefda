"""`roster import` and `roster export`: exit statuses, the JSON of the contract, files."""

import json
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from app.access.scope import WardScope
from app.queries.roster_export import list_roster_rows
from tests.factories.network import MentorFactory, PersonFactory
from tests.factories.rosters import Recorded, recorded, rows_file
from tests.factories.workbooks import messy_roster, word_document

GOOD = rows_file(["Siu Phen", "mentor", 1990], ["Kpă Nay", "người học", 1960, None, "Siu Phen"])
WITH_ERRORS = rows_file(["Siu Phen", "mentor", 1990, "12"], ["Kpă Nay", "người học", 1960])
GRAI = "23764"
NOBODY = Recorded(0, 0, 0, 0, 0)


@pytest.fixture(autouse=True)
def midday():
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        yield


@pytest.fixture
def run(flask_app: Flask, tmp_path: Path):
    """Run a roster command; a file argument is given as its content."""
    runner = flask_app.test_cli_runner()

    def command(verb: str, content: bytes | None, *options: str):
        file = tmp_path / "ds.xlsx"
        if content is not None:
            file.write_bytes(content)
        return runner.invoke(args=["roster", verb, str(file), *options])

    return command


def test_a_good_file_is_imported_and_counted(run):
    result = run("import", GOOD, "--ward", "21553")

    assert (result.exit_code, recorded()) == (0, Recorded(2, 1, 1, 0, 1))
    assert "ds.xlsx: 2 dòng; 2 mới, 0 đã có, 0 trùng trong tệp, 0 lỗi." in result.stdout
    assert result.stderr == ""


def test_the_json_of_an_import_is_the_contract(run):
    result = run("import", WITH_ERRORS, "--ward", "21553", "--format", "json")

    answer = json.loads(result.stdout)
    [problem] = answer.pop("problems")
    assert answer == {
        "file": "ds.xlsx",
        "dry_run": False,
        "written": False,
        "counts": {
            "rows": 2,
            "created": 1,
            "unchanged": 0,
            "duplicate": 0,
            "rejected": 1,
            "people": 1,
            "mentors": 0,
            "mentees": 1,
            "support_posts": 0,
            "mentorships": 0,
            "waiting": 1,
        },
    }
    message = problem.pop("message")
    assert message.startswith("“12” không phải số điện thoại") or "điện thoại" in message
    assert problem == {
        "sheet": "Sheet1",
        "row": 2,
        "column": "D",
        "heading": "Điện thoại",
        "severity": "error",
    }
    assert (result.exit_code, recorded()) == (1, NOBODY)


def test_a_dry_run_writes_nothing(run):
    result = run("import", GOOD, "--ward", "21553", "--dry-run")

    assert (result.exit_code, recorded()) == (0, NOBODY)
    assert "chưa ghi gì" in result.stdout


def test_only_the_good_rows_are_written_and_the_status_still_tells_of_errors(run):
    result = run("import", WITH_ERRORS, "--ward", "21553", "--only-good")

    assert (result.exit_code, recorded()) == (1, Recorded(1, 0, 1, 0, 0))
    assert "dòng 2, cột D (Điện thoại)" in result.stderr


def test_the_same_file_again_is_done_without_a_change(run):
    content = messy_roster(ward="Ia Grai")
    run("import", content, "--ward", GRAI)
    before = recorded()

    result = run("import", content, "--ward", GRAI)

    assert (result.exit_code, recorded()) == (0, before)
    assert "8 đã có" in result.stdout


@pytest.mark.parametrize("options", [["--ward", "99999"], ["--format", "xml"], ["--what"]])
def test_wrong_usage_has_its_own_status(run, options):
    result = run("import", GOOD, *options)

    assert (result.exit_code, recorded()) == (2, NOBODY)
    assert result.stderr != ""


def test_a_missing_file_is_wrong_usage(run):
    assert run("import", None).exit_code == 2


@pytest.mark.parametrize("content", [b"", b"Ho ten SDT\n", word_document()])
def test_an_unusable_file_is_refused_in_one_sentence(run, content):
    result = run("import", content, "--format", "json")

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert json.loads(result.stdout)["problems"][0]["message"] == result.stderr.strip()


def test_what_is_exported_comes_back_without_a_change(run):
    MentorFactory(person=PersonFactory(full_name="Ksor H'Thoan", birth_year=None))

    exported = run("export", None, "--ward", "21553")
    result = run("import", None, "--format", "json")

    assert (exported.exit_code, result.exit_code) == (0, 0)
    answer = json.loads(result.stdout)
    assert (answer["counts"]["unchanged"], answer["problems"]) == (1, [])


def test_an_export_replaces_the_file_whole(run, tmp_path):
    result = run("export", b"an older file")

    assert result.exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["ds.xlsx"]
    assert (tmp_path / "ds.xlsx").read_bytes()[:2] == b"PK"
    assert list_roster_rows(WardScope.everywhere()) == []


def test_an_export_into_nowhere_is_wrong_usage(flask_app):
    runner = flask_app.test_cli_runner()

    result = runner.invoke(args=["roster", "export", "/nowhere/at/all.xlsx"])

    assert result.exit_code == 2
