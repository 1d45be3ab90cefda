import ast
import errno
import os
import re
import socket
import stat
import sys

import pytest

import dev
from dev import RefusedError, WrongUsageError

OLDEST_PYTHON_THAT_MAY_READ_IT = (3, 6)


@pytest.fixture
def venv(tmp_path, monkeypatch):
    """A folder for the environment, away from the one that runs these tests."""
    folder = tmp_path / ".venv"
    folder.mkdir()
    monkeypatch.setattr(dev, "VENV", folder)
    monkeypatch.setattr(dev, "VENV_RECORD", folder / "dev-py.json")
    monkeypatch.setattr(dev, "VENV_PYTHON", sys.executable)
    return folder


def test_an_old_python_can_read_the_file_up_to_the_sentence_for_it():
    source = dev.ROOT.joinpath("dev.py").read_text(encoding="utf-8")

    tree = ast.parse(source, feature_version=OLDEST_PYTHON_THAT_MAY_READ_IT)

    assert [type(node) for node in tree.body[:3]] == [ast.Expr, ast.Import, ast.If]


def test_nothing_beyond_the_standard_library_is_imported():
    tree = ast.parse(dev.ROOT.joinpath("dev.py").read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]

    names = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]
        for node in imports
    }

    assert names <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("arguments", "status"),
    [([], 2), (["--help"], 0), (["run", "--help"], 0), (["fly"], 2), (["lint", "now"], 2)],
)
def test_wrong_usage_ends_with_two_and_help_with_zero(arguments, status, capsys):
    assert dev.main(arguments) == status
    assert "Traceback" not in capsys.readouterr().err


def test_a_taken_port_is_named_with_the_way_out():
    with socket.socket() as other_program:
        other_program.bind((dev.HOST, 0))
        other_program.listen()
        port = other_program.getsockname()[1]

        with pytest.raises(RefusedError, match=rf"Cổng {port} .*PORT=\d+"):
            dev.refuse_taken_port(port)


def test_a_free_port_is_accepted():
    with socket.socket() as probe:
        probe.bind((dev.HOST, 0))
        port = probe.getsockname()[1]

    dev.refuse_taken_port(port)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80a"])
def test_a_port_that_is_none_is_wrong_usage(text):
    with pytest.raises(WrongUsageError, match=re.escape(text)):
        dev.read_port({"PORT": text})


def test_without_a_port_it_is_eight_thousand():
    assert dev.read_port({}) == 8000
    assert dev.read_port({"PORT": ""}) == 8000


def test_a_disk_with_too_little_space_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(RefusedError, match="cần ít nhất"):
        dev.refuse_full_disk(tmp_path, 1 << 70)


def test_a_disk_that_fills_up_on_the_way_gets_its_own_sentence(monkeypatch, capsys):
    def fill_up(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(dev, "run_command", fill_up)

    assert dev.main(["run"]) == 1
    assert capsys.readouterr().err == "Ổ đĩa đã đầy: hãy dọn bớt rồi chạy lại.\n"


def test_a_folder_that_is_read_only_is_named(monkeypatch, capsys):
    def refuse(_):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), "/mnt/usb/secret_key")

    monkeypatch.setattr(dev, "run_command", refuse)

    assert dev.main(["run"]) == 1
    assert capsys.readouterr().err.startswith("Không được phép ghi vào /mnt/usb/secret_key: ")


def test_ctrl_c_ends_with_a_sentence_and_no_traceback(monkeypatch, capsys):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(dev, "run_command", interrupt)

    assert dev.main(["test"]) == 1
    assert capsys.readouterr().err.startswith("Đã dừng")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "Ổ đĩa đã đầy"),
        ("WARNING: Retrying (Retry(total=4)) after connection broken", "kết nối mạng"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "không khớp mã kiểm"),
        ("ERROR: No matching distribution found for flask", "không có bản cần cài"),
        ("ERROR: something else", "Không cài được"),
    ],
)
def test_what_stopped_pip_is_said_in_one_sentence(output, sentence):
    explanation = dev.explain_pip_failure(output)

    assert sentence in explanation
    assert "\n" not in explanation


def test_progress_counts_what_this_machine_needs(capsys):
    lines = [
        "Ignoring colorama: markers 'sys_platform == \"win32\"' don't match your environment\n",
        "Collecting flask==3.1.3 (from -r requirements.txt (line 1))\n",
        "  Downloading flask.whl (1 kB)\n",
        "Processing /wheels/types_WTForms-3.2.1-py3-none-any.whl (from …)\n",
        "Requirement already satisfied: python-dateutil==2.9 in ./.venv\n",
    ]

    output = dev.show_installing(lines, total=4)

    assert output == "".join(lines)
    assert capsys.readouterr().out == "Đang tải gói 3/3: python-dateutil\n"


def test_a_record_of_what_is_installed_is_read_back(venv):
    dev.write_installed_locks({"requirements.txt": "digest"})

    assert dev.read_installed_locks() == {"requirements.txt": "digest"}


def test_an_environment_that_was_moved_is_rebuilt(venv, monkeypatch):
    dev.write_installed_locks({"requirements.txt": "digest"})

    monkeypatch.setattr(dev, "VENV", venv.parent / "elsewhere")

    assert dev.read_installed_locks() is None


def test_an_environment_of_another_python_is_rebuilt(venv, monkeypatch):
    dev.write_installed_locks({"requirements.txt": "digest"})

    monkeypatch.setattr(dev, "PYTHON_VERSION", "3.99")

    assert dev.read_installed_locks() is None


def test_an_environment_whose_python_is_gone_is_rebuilt(venv, monkeypatch):
    dev.write_installed_locks({"requirements.txt": "digest"})

    monkeypatch.setattr(dev, "VENV_PYTHON", venv / "bin" / "python")

    assert dev.read_installed_locks() is None


@pytest.mark.parametrize("record", [None, "", "{", "[]", "null", '{"place": 1}'])
def test_an_environment_without_a_whole_record_is_rebuilt(venv, record):
    if record is not None:
        (venv / "dev-py.json").write_text(record, encoding="utf-8")

    assert dev.read_installed_locks() is None


def test_starting_again_installs_nothing(venv, monkeypatch):
    monkeypatch.setattr(dev, "install", lambda _: pytest.fail("installed again"))
    dev.write_installed_locks({dev.RUN_LOCK: dev.digest(dev.ROOT / dev.RUN_LOCK)})

    dev.prepare_environment(dev.RUN_LOCK)

    assert (venv / "dev-py.json").exists()


def test_an_environment_made_to_run_is_extended_to_test(venv, monkeypatch):
    installed = []
    monkeypatch.setattr(dev, "SPACE_TO_INSTALL", {dev.TEST_LOCK: 0})
    monkeypatch.setattr(dev, "install", installed.append)
    monkeypatch.setattr(dev, "create_venv", lambda: pytest.fail("rebuilt"))
    dev.write_installed_locks({dev.RUN_LOCK: dev.digest(dev.ROOT / dev.RUN_LOCK)})

    dev.prepare_environment(dev.TEST_LOCK)

    assert installed == [dev.TEST_LOCK]
    assert dev.read_installed_locks() == {
        name: dev.digest(dev.ROOT / name) for name in (dev.RUN_LOCK, dev.TEST_LOCK)
    }


def test_an_environment_made_to_test_is_extended_to_bench(venv, monkeypatch):
    installed = []
    tested = {name: dev.digest(dev.ROOT / name) for name in (dev.RUN_LOCK, dev.TEST_LOCK)}
    monkeypatch.setattr(dev, "SPACE_TO_INSTALL", {dev.BENCH_LOCK: 0})
    monkeypatch.setattr(dev, "install", installed.append)
    dev.write_installed_locks(tested)

    dev.prepare_environment(dev.BENCH_LOCK)

    assert installed == [dev.BENCH_LOCK]
    assert dev.read_installed_locks() == tested | {
        dev.BENCH_LOCK: dev.digest(dev.ROOT / dev.BENCH_LOCK)
    }


@pytest.mark.parametrize(("ended_with", "status"), [(0, 0), (1, 1), (2, 2), (-9, 1)])
def test_benches_get_what_follows_the_command_and_tell_how_they_ended(
    monkeypatch, capsys, ended_with, status
):
    called = []
    monkeypatch.setattr(dev, "SPACE_TO_BENCH", 0)
    monkeypatch.setattr(dev, "prepare_environment", lambda lock: dev.say(f"installing {lock}"))
    monkeypatch.setattr(dev, "call", lambda command, _: called.append(command) or ended_with)

    assert dev.main(["bench", "--quick", "search"]) == status

    assert called == [[str(dev.VENV_PYTHON), "-m", "bench", "--quick", "search"]]
    assert capsys.readouterr() == ("", f"installing {dev.BENCH_LOCK}\n")


def test_an_interrupted_installation_leaves_no_record(venv, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(dev, "SPACE_TO_INSTALL", {dev.TEST_LOCK: 0})
    monkeypatch.setattr(dev, "install", interrupt)
    dev.write_installed_locks({dev.RUN_LOCK: "old"})

    with pytest.raises(KeyboardInterrupt):
        dev.prepare_environment(dev.TEST_LOCK)

    assert dev.read_installed_locks() is None


def test_a_machine_without_any_pip_is_told_what_to_install(venv, monkeypatch):
    monkeypatch.setattr(dev, "succeeds", lambda _: False)
    monkeypatch.setattr(sys, "platform", "linux")

    with pytest.raises(RefusedError, match="apt install python3-venv"):
        dev.pip_command()


def test_the_machines_pip_is_used_where_there_is_no_other(venv, monkeypatch):
    monkeypatch.setattr(dev, "succeeds", lambda command: "--python" in command)

    command = dev.pip_command()

    assert command == [sys.executable, "-m", "pip", "--python", sys.executable]


def test_line_ends_do_not_change_the_digest_of_a_lock(tmp_path):
    (tmp_path / "unix").write_bytes(b"a==1\nb==2\n")
    (tmp_path / "windows").write_bytes(b"a==1\r\nb==2\r\n")

    assert dev.digest(tmp_path / "unix") == dev.digest(tmp_path / "windows")


def test_the_secret_key_is_made_once_and_stays(tmp_path):
    first = dev.keep_secret_key(tmp_path / "secret_key")

    again = dev.keep_secret_key(tmp_path / "secret_key")

    assert again == first
    assert re.fullmatch(r"[0-9a-f]{64}", first)


@pytest.mark.skipif(os.name == "nt", reason="Windows có cách phân quyền tệp khác")
def test_the_secret_key_is_readable_by_its_owner_alone(tmp_path):
    dev.keep_secret_key(tmp_path / "secret_key")

    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_secret_key_that_a_full_disk_left_empty_is_made_anew(tmp_path):
    (tmp_path / "secret_key").touch()

    assert len(dev.keep_secret_key(tmp_path / "secret_key")) == 64


def test_a_secret_key_given_from_outside_is_kept_and_no_file_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "given")

    environment = dev.site_environment(tmp_path)

    assert environment["SECRET_KEY"] == "given"
    assert environment["INSTANCE_PATH"] == str(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_instance_folder_that_is_a_file_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "instance").touch()

    with pytest.raises(RefusedError, match="INSTANCE_PATH"):
        dev.make_instance(tmp_path / "instance")


@pytest.mark.parametrize(
    ("arguments", "chosen"),
    [
        ((), False),
        (("-k", "name"), False),
        (("-n", "4"), True),
        (("-n0",), True),
        (("--pdb",), True),
    ],
)
def test_all_cores_are_used_unless_the_caller_chose(arguments, chosen):
    assert dev.chooses_workers(arguments) is chosen


def test_every_linter_runs_although_the_first_one_fails(monkeypatch, capsys):
    steps = (("first", ("-c", "exit('one')")), ("second", ("-c", "print('two')")))
    monkeypatch.setattr(dev, "prepare_environment", lambda _: None)
    monkeypatch.setattr(dev, "VENV_PYTHON", sys.executable)
    monkeypatch.setattr(dev, "LINT_STEPS", steps)

    assert dev.main(["lint"]) == 1

    said = capsys.readouterr()
    assert said.out.splitlines() == ["— first", "one", "— second", "two"]
    assert said.err == "Chưa đạt: first.\n"


def test_a_program_that_is_left_early_does_not_outlive_its_block():
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]

    with pytest.raises(RefusedError), dev.running(sleeper, os.environ) as program:
        raise RefusedError

    assert program.returncode not in {None, 0}
