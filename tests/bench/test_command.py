import json
import subprocess
from contextlib import nullcontext

import pytest

import bench.__main__ as command
from bench import sites
from bench.one import Order
from bench.registry import BENCHES

# What compares the scales with each other.
GROWTH = ["page_growth", "plan_growth"]


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run the command without making or measuring anything; tells what it would have done."""
    done = []
    monkeypatch.setattr(command, "prepare", lambda _, scale: done.append(scale))
    monkeypatch.setattr(
        command,
        "run_alone",
        lambda order: done.append((order.shown_name, order.scale)) or order.name != "search",
    )
    # The package of the server warns where no session manager has set this.
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(
        "bench.postgresql.running", lambda _, scales: nullcontext(done.append(sorted(scales)))
    )

    def start(*arguments):
        status = command.main([*arguments, "--data", str(tmp_path)])
        return status, done

    return start


def test_a_name_alone_is_measured_at_the_larger_scale(run):
    assert run("audit_ward") == (0, ["S2", ("audit_ward", "S2")])


def test_the_short_run_makes_and_measures_the_smaller_scale_alone(run):
    _, done = run("--quick")

    names = [name for name in BENCHES if name not in GROWTH]
    assert done == ["S1", *((name, "S1") for name in names)]


@pytest.mark.parametrize("name", GROWTH)
def test_growth_needs_both_scales(run, name):
    assert run(name)[1][:2] == ["S1", "S2"]


def test_one_that_does_not_hold_is_told_by_the_status_and_stops_no_other(run):
    status, done = run("--quick", "search", "audit_ward")

    assert status == 1
    assert done == ["S1", ("search", "S1"), ("audit_ward", "S1")]


def test_those_who_wait_are_measured_on_postgresql_under_names_of_their_own(run):
    _, done = run("--postgresql")

    names = ("desk_50", "save_session", "users_50", "writers_32")
    assert done == [["S1", "S2"], *((f"{name}_postgresql", "S2") for name in names)]


def test_what_is_about_sqlite_is_not_measured_on_postgresql(run, capsys):
    with pytest.raises(SystemExit) as ended:
        run("--postgresql", "import_100k")

    assert ended.value.code == 2
    assert "desk_50, save_session, users_50, writers_32" in capsys.readouterr().err


def test_an_unknown_name_is_wrong_usage(run, capsys):
    with pytest.raises(SystemExit) as ended:
        run("audit_everything")

    assert ended.value.code == 2
    assert "audit_everything" in capsys.readouterr().err


def test_lines_that_were_kept_become_a_table(run, tmp_path, capsys):
    kept = tmp_path / "lines.jsonl"
    kept.write_text("", encoding="utf-8")

    assert run("--table", str(kept)) == (0, [])
    assert capsys.readouterr().out.startswith("| Bench |")


def test_a_bench_that_breaks_down_is_a_line_that_does_not_hold(tmp_path, capsys):
    # No site was made there.
    order = Order("bench.searching", "search", "S1", (tmp_path, tmp_path))
    holds = command.run_alone(order)

    line = json.loads(capsys.readouterr().out)
    assert not holds
    assert (line["bench"], line["ratio"], line["holds"]) == ("search", None, False)


def test_a_site_that_fits_is_not_made_again(monkeypatch, tmp_path):
    made = []
    monkeypatch.setattr(subprocess, "run", lambda *_, **options: made.append(options["env"]))

    sites.prepare(tmp_path, "S1")
    sites.prepare(tmp_path, "S1")

    assert {environment["INSTANCE_PATH"] for environment in made} == {str(tmp_path / "S1")}
    assert len(made) == 2


@pytest.mark.parametrize(
    "record", ["", "{}", "[]", '{"fingerprint": "another", "made_on": "2026-01-01"}']
)
def test_a_site_that_does_not_fit_is_made_anew(monkeypatch, tmp_path, record):
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: None)
    sites.prepare(tmp_path, "S1")
    (tmp_path / "S1" / sites.RECORD).write_text(record, encoding="utf-8")
    (tmp_path / "S1" / "left").touch()

    sites.prepare(tmp_path, "S1")

    assert not (tmp_path / "S1" / "left").exists()


def test_a_site_made_of_another_size_has_another_fingerprint():
    assert sites.fingerprint("S1") != sites.fingerprint("S2")


def test_the_database_of_the_environment_is_never_touched(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///real.sqlite")
    monkeypatch.setenv("INSTANCE_PATH", "/srv/real")

    environment = sites.site_environment(tmp_path)

    assert "DATABASE_URL" not in environment
    assert environment["INSTANCE_PATH"] == str(tmp_path)
