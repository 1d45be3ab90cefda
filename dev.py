"""Set up, run, test and check the site: `python3 dev.py --help`.

Standard library only, since it runs before anything is installed. The file must parse under every
Python 3.6 and later, so that a Python that is too old reads one sentence instead of a SyntaxError.
"""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        f"Cần Python 3.11 trở lên, máy đang dùng Python {sys.version_info[0]}."
        f"{sys.version_info[1]}: hãy cài bản mới từ python.org rồi chạy lại.\n"
    )
    sys.exit(1)

import errno
import hashlib
import importlib.util
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

HELP = """\
Cách dùng: python3 dev.py LỆNH

  run            chuẩn bị mọi thứ rồi mở trang tại http://127.0.0.1:8000
  test [...]     chạy toàn bộ bài thử; phần sau chuyển nguyên cho pytest
  lint           kiểm tra cách viết, kiểu dữ liệu, các tầng và mẫu trang
  check          lint và test
  bench [...]    đo tốc độ, mỗi kết quả một dòng JSON; --quick là bản ngắn, tên là riêng mục đó

Biến môi trường của run: PORT (8000), INSTANCE_PATH (./instance), RUN_DEMO (1; 0 là trang trống),
DATABASE_URL (mặc định là tệp SQLite trong INSTANCE_PATH), SECRET_KEY (mặc định tự tạo).
Mã kết thúc: 0 xong, 1 bị từ chối hoặc có lỗi, 2 dùng sai lệnh."""

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
VENV_RECORD = VENV / "dev-py.json"
PIP_LOG = VENV / "dev-py-pip.log"
PYTHON_VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"

RUN_LOCK = "requirements.txt"
TEST_LOCK = "requirements-dev.txt"
BENCH_LOCK = "requirements-bench.txt"
# Both other locks are compiled from the run-time one and contain all of it.
LOCKS_COVERED_BY = {
    RUN_LOCK: (RUN_LOCK,),
    TEST_LOCK: (RUN_LOCK, TEST_LOCK),
    BENCH_LOCK: (RUN_LOCK, BENCH_LOCK),
}

MEGABYTE = 1024 * 1024
SPACE_TO_INSTALL = {
    RUN_LOCK: 1024 * MEGABYTE,
    TEST_LOCK: 2048 * MEGABYTE,
    BENCH_LOCK: 1024 * MEGABYTE,
}
SPACE_TO_DOWNLOAD = 500 * MEGABYTE
SPACE_TO_RUN = 50 * MEGABYTE
# Two made-up provinces, and for a while a copy or two of each.
SPACE_TO_BENCH = 3072 * MEGABYTE

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
MAX_PORT = 65535
SECONDS_TO_COME_UP = 60
SECONDS_TO_STOP = 10
PROGRESS_STEP_OFF_TERMINAL = 10

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

DONE = 0
REFUSED = 1
WRONG_USAGE = 2

PYTEST_WRONG_USAGE = 4
BENCH_WRONG_USAGE = 2

# It has no module to run; its script in .venv carries another extension on Windows.
IMPORT_LINTER = "from importlinter.cli import lint_imports_command as check; check()"
LINT_STEPS = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
    ("import-linter", ("-c", IMPORT_LINTER, "--no-logo")),
    ("djlint", ("-m", "djlint", "templates", "--lint")),
)

LOCKED_PACKAGE = re.compile(r"^[\w.-]+(?:\[.+\])?==", re.MULTILINE)
PIP_TAKES_UP = re.compile(
    r"(?:Collecting |Requirement already satisfied: |Processing .*[/\\])([\w.]+(?:-(?!\d)\w+)*)"
)
# What pip prints when it cannot install, most telling first.
PIP_FAILURES = (
    ("No space left on device", "Ổ đĩa đã đầy khi đang cài gói: hãy dọn bớt rồi chạy lại."),
    (
        "DO NOT MATCH THE HASHES",
        "Gói tải về không khớp mã kiểm nên không được cài: hãy thử lại bằng một mạng khác.",
    ),
    (
        "Retrying (",
        "Không tải được gói cài đặt: hãy kiểm tra kết nối mạng (hoặc proxy) rồi chạy lại.",
    ),
    (
        "No matching distribution",
        f"Nguồn gói của máy không có bản cần cài cho Python này; chi tiết ở {PIP_LOG}.",
    ),
)


class RefusedError(Exception):
    """The command cannot go on; the argument is the one sentence that says why."""


class WrongUsageError(Exception):
    """The command line or a variable is wrong; the argument is the sentence that says how."""


class Terminated(KeyboardInterrupt):
    """A signal came that, unlike Ctrl+C, has not reached the programs started from here."""


def main(arguments: Sequence[str]) -> int:
    """Run one command given as on the command line and return the exit status (0, 1 or 2)."""
    try:
        return run_command(arguments)
    except WrongUsageError as error:
        complain(str(error))
        return WRONG_USAGE
    except RefusedError as error:
        complain(str(error))
        return REFUSED
    except KeyboardInterrupt:
        complain("Đã dừng theo yêu cầu; chạy lại sẽ làm tiếp.")
        return REFUSED
    except OSError as error:
        complain(explain_os_error(error))
        return REFUSED


def run_command(arguments: Sequence[str]) -> int:
    if not arguments:
        raise WrongUsageError(HELP)
    command, *rest = arguments
    if command in {"-h", "--help", "help"} or rest[:1] in (["-h"], ["--help"]):
        say(HELP)
        return DONE
    if command in {"test", "bench"}:
        return {"test": test, "bench": bench}[command](rest)
    if command not in {"run", "lint", "check"}:
        raise WrongUsageError(f"Không có lệnh “{command}”. Xem: python3 dev.py --help")
    if rest:
        raise WrongUsageError(f"Lệnh {command} không nhận thêm “{' '.join(rest)}”.")
    return {"run": run, "lint": lint, "check": check}[command]()


# Commands


def run() -> int:
    """Install, prepare the database and serve until stopped."""
    port = read_port(os.environ)
    refuse_taken_port(port)
    instance = make_instance(Path(os.environ.get("INSTANCE_PATH") or ROOT / "instance"))
    prepare_environment(RUN_LOCK)
    refuse_full_disk(instance, SPACE_TO_RUN)
    environment = site_environment(instance)
    audience = "--no-demo" if os.environ.get("RUN_DEMO") == "0" else "--demo"
    if call(flask("site", "prepare", audience), environment) != DONE:
        refuse_full_disk(instance, SPACE_TO_RUN)
        raise RefusedError("Chưa chuẩn bị được trang; lý do ở ngay phía trên.")
    return serve(port, environment)


def test(pytest_arguments: Sequence[str]) -> int:
    """Install and run the whole suite; what follows the command is pytest's."""
    prepare_environment(TEST_LOCK)
    if not any(map(shutil.which, CHROMIUM_NAMES)):
        say(
            "Máy chưa có Chromium nên các bài thử trên trình duyệt sẽ không chạy; "
            "cài bằng: sudo apt install chromium"
        )
    workers = () if chooses_workers(pytest_arguments) else ("-n", "auto")
    code = call([str(VENV_PYTHON), "-m", "pytest", *workers, *pytest_arguments], os.environ)
    if code == PYTEST_WRONG_USAGE:
        return WRONG_USAGE
    return DONE if code == DONE else REFUSED


def lint() -> int:
    """Run every linter, also after one has failed, and name those that failed.

    They run side by side, and what they say comes one after the other.
    """
    prepare_environment(TEST_LOCK)
    failed = []
    with ExitStack() as programs:
        started = []
        for name, command in LINT_STEPS:
            linter = running([str(VENV_PYTHON), *command], os.environ, read_output=True)
            started.append((name, programs.enter_context(linter)))
        for name, program in started:
            say(f"— {name}")
            said, _ = program.communicate()
            say(said.rstrip())
            if program.returncode != DONE:
                failed.append(name)
    if failed:
        complain(f"Chưa đạt: {', '.join(failed)}.")
        return REFUSED
    say("Đạt tất cả.")
    return DONE


def check() -> int:
    """Run the linters and the tests, these also after a linter has complained."""
    lint_status = lint()
    return test(()) or lint_status


def bench(bench_arguments: Sequence[str]) -> int:
    """Install and run the benches; what follows the command is theirs.

    Their answers alone go to standard output.
    """
    with redirect_stdout(sys.stderr):
        prepare_environment(BENCH_LOCK)
    refuse_full_disk(ROOT, SPACE_TO_BENCH)
    code = call([str(VENV_PYTHON), "-m", "bench", *bench_arguments], os.environ)
    if code == BENCH_WRONG_USAGE:
        return WRONG_USAGE
    return DONE if code == DONE else REFUSED


def chooses_workers(pytest_arguments: Sequence[str]) -> bool:
    """Tell whether the arguments already say how many processes, or need a single one."""
    return any(
        argument.startswith(("-n", "--numprocesses", "--pdb", "--trace"))
        for argument in pytest_arguments
    )


# The virtual environment


def prepare_environment(lock_name: str) -> None:
    """Bring `.venv` to what the lock file names; do nothing when it is there already."""
    installed = read_installed_locks()
    wanted = {name: digest(ROOT / name) for name in LOCKS_COVERED_BY[lock_name]}
    if installed is not None and installed.get(lock_name) == wanted[lock_name]:
        return
    refuse_full_disk(ROOT, SPACE_TO_INSTALL[lock_name])
    refuse_full_disk(Path(tempfile.gettempdir()), SPACE_TO_DOWNLOAD)
    if installed is None:
        create_venv()
    # Without its record an interrupted installation is thrown away, not patched.
    VENV_RECORD.unlink(missing_ok=True)
    install(lock_name)
    write_installed_locks({**(installed or {}), **wanted})


def read_installed_locks() -> dict[str, str] | None:
    """Give the digest of each lock file installed in `.venv`, or None when it must be rebuilt.

    It must be when it is missing, half installed, was moved, or belongs to another Python.
    """
    try:
        record = json.loads(VENV_RECORD.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(record, dict) or not isinstance(record.get("locks"), dict):
        return None
    if (record.get("place"), record.get("python")) != (str(VENV), PYTHON_VERSION):
        return None
    return record["locks"] if venv_starts() else None


def write_installed_locks(locks: dict[str, str]) -> None:
    record = {"place": str(VENV), "python": PYTHON_VERSION, "locks": locks}
    VENV_RECORD.write_text(json.dumps(record, indent=2), encoding="utf-8")


def venv_starts() -> bool:
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = ask([str(VENV_PYTHON), "-c", question])
    except OSError:
        return False
    return answer.stdout.strip() == PYTHON_VERSION


def digest(path: Path) -> str:
    """Give the SHA-256 of a text file, the same for both kinds of line ends."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def create_venv() -> None:
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise RefusedError("Hãy chạy dev.py bằng Python của máy, không phải Python trong .venv.")
    if importlib.util.find_spec("venv") is None:
        refuse_without_pip()
    say("Đang tạo môi trường Python trong .venv …")
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    if call([sys.executable, "-m", "venv", "--without-pip", str(VENV)], os.environ) != DONE:
        refuse_without_pip()


def pip_command() -> list[str]:
    """Give a pip that installs into `.venv`: its own, or the machine's where that is all."""
    inside = [str(VENV_PYTHON), "-m", "pip"]
    if succeeds([*inside, "--version"]) or succeeds([str(VENV_PYTHON), "-m", "ensurepip"]):
        return inside
    machine = [sys.executable, "-m", "pip", "--python", str(VENV_PYTHON)]
    if succeeds([*machine, "--version"]):
        return machine
    return refuse_without_pip()


def refuse_without_pip() -> NoReturn:
    if sys.platform == "linux":
        raise RefusedError(
            "Python của máy thiếu phần cài gói: hãy chạy `sudo apt install python3-venv` rồi "
            "chạy lại."
        )
    raise RefusedError("Python của máy thiếu pip: hãy cài lại Python từ python.org, có chọn pip.")


def succeeds(command: Sequence[str]) -> bool:
    return ask(command).returncode == DONE


def ask(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a program for its answer alone, which nobody sees."""
    return subprocess.run(
        command,
        env=child_environment(os.environ),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def install(lock_name: str) -> None:
    """Install a lock file into `.venv` and show how far it is; pip's own words go to a log."""
    command = [*pip_command(), "install", "--require-hashes", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", lock_name]
    total = len(LOCKED_PACKAGE.findall((ROOT / lock_name).read_text(encoding="utf-8")))
    with running(command, os.environ, read_output=True) as pip:
        output = show_installing(pip.stdout or (), total)
    PIP_LOG.write_text(output, encoding="utf-8")
    if pip.returncode != DONE:
        raise RefusedError(explain_pip_failure(output))


def show_installing(pip_lines: Iterable[str], total: int) -> str:
    """Turn pip's lines into a count such as "Đang tải gói 12/48: flask"; give them all back."""
    read = []
    fetched = 0
    for line in pip_lines:
        read.append(line)
        named = PIP_TAKES_UP.match(line)
        if named:
            fetched += 1
            show_progress("Đang tải gói", fetched, total, named[1])
        elif line.startswith("Ignoring "):
            total -= 1
        elif line.startswith("Installing collected packages:"):
            say("\nĐang chép các gói vào .venv, có thể mất một hai phút …")
    return "".join(read)


def show_progress(action: str, position: int, total: int, subject: str) -> None:
    """Show a count: in place on a terminal, now and then where the output is kept."""
    text = f"{action} {position}/{total}: {subject}"
    if sys.stdout.isatty():
        sys.stdout.write(f"\r{text[:70]:70}")
        sys.stdout.flush()
    elif position % PROGRESS_STEP_OFF_TERMINAL == 0 or position == total:
        say(text)


def explain_pip_failure(output: str) -> str:
    """Give the sentence for what pip printed."""
    for sign, sentence in PIP_FAILURES:
        if sign in output:
            return sentence
    return f"Không cài được các gói cần thiết; chi tiết ở {PIP_LOG}."


# The site


def read_port(environment: Mapping[str, str]) -> int:
    """Give the port that PORT names, 8000 when it names none."""
    text = environment.get("PORT") or str(DEFAULT_PORT)
    if not (text.isdecimal() and 0 < int(text) <= MAX_PORT):
        raise WrongUsageError(f"PORT phải là một số từ 1 đến 65535, không phải “{text}”.")
    return int(text)


def refuse_taken_port(port: int) -> None:
    """Raise RefusedError when the port cannot be bound on this machine."""
    with socket.socket() as probe:
        # On Windows this option would let two programs share the port.
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            reason = "đang có chương trình khác dùng"
            if error.errno == errno.EACCES:
                reason = "không được phép dùng trên máy này"
            other = min(max(port, DEFAULT_PORT), MAX_PORT - 2) + 1
            example = f"PORT={other} python3 dev.py run"
            if os.name == "nt":
                example = f"set PORT={other}&& python dev.py run"
            raise RefusedError(
                f"Cổng {port} {reason}: hãy chọn cổng khác, ví dụ `{example}`."
            ) from error


def make_instance(folder: Path) -> Path:
    """Make the folder for the database and its secrets; give its absolute path."""
    try:
        # It holds personal data: a new folder is its owner's alone.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError, PermissionError) as error:
        raise RefusedError(
            f"Không tạo được thư mục dữ liệu {folder}: hãy chọn thư mục khác bằng INSTANCE_PATH."
        ) from error
    return folder.resolve()


def site_environment(instance: Path) -> dict[str, str]:
    """Give the variables that the site's commands read."""
    environment = child_environment(os.environ)
    environment["INSTANCE_PATH"] = str(instance)
    if not environment.get("SECRET_KEY"):
        environment["SECRET_KEY"] = keep_secret_key(instance / "secret_key")
    return environment


def keep_secret_key(path: Path) -> str:
    """Give the key kept in the file; make one, readable by its owner alone, on the first start."""
    kept = path.read_text(encoding="ascii").strip() if path.exists() else ""
    if kept:
        return kept
    key = secrets.token_hex(32)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key


def flask(*arguments: str) -> list[str]:
    return [str(VENV_PYTHON), "-m", "flask", "--app", "wsgi", *arguments]


def serve(port: int, environment: Mapping[str, str]) -> int:
    """Serve until the server ends or somebody stops it."""
    address = f"http://{HOST}:{port}"
    command = flask("site", "serve", "--host", HOST, "--port", str(port))
    try:
        with running(command, environment) as site:
            wait_until_up(site, address)
            say(f"Trang đang chạy tại {address} – nhấn Ctrl+C để dừng.")
            code = site.wait()
    except KeyboardInterrupt:
        say("Đã dừng trang.")
        return DONE
    if code != DONE:
        raise RefusedError("Trang đã dừng ngoài ý muốn; lý do ở ngay phía trên.")
    return DONE


def wait_until_up(site: subprocess.Popen[str], address: str) -> None:
    """Return when the site answers; raise RefusedError when it ends or stays silent."""
    # Not through a proxy of the office, which cannot reach this machine's own address.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + SECONDS_TO_COME_UP
    while time.monotonic() < deadline:
        if site.poll() is not None:
            raise RefusedError("Trang không khởi động được; lý do ở ngay phía trên.")
        try:
            with opener.open(address + "/healthz", timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise RefusedError(f"Trang khởi động nhưng báo lỗi {error.code}.") from error
        except OSError:
            time.sleep(0.1)
    raise RefusedError(f"Đã chờ {SECONDS_TO_COME_UP} giây mà trang chưa trả lời.")


# The machine


def call(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a program to its end and give its exit status; Ctrl+C lets it finish its own way."""
    with running(command, environment) as program:
        return program.wait()


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], *, read_output: bool = False
) -> Iterator[subprocess.Popen[str]]:
    """Start a program in the root folder; whatever happens, it does not outlive the block."""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=child_environment(environment),
        stdout=subprocess.PIPE if read_output else None,
        stderr=subprocess.STDOUT if read_output else None,
        encoding="utf-8",
        errors="replace",
    ) as program:
        try:
            yield program
        except (RefusedError, Terminated):
            program.terminate()
            stop(program)
            raise
        except KeyboardInterrupt:
            stop(program)
            raise


def child_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Give the variables for a program in `.venv`: UTF-8, and no foreign packages."""
    kept = {key: value for key, value in environment.items() if key != "PYTHONPATH"}
    return {**kept, "PYTHONUTF8": "1"}


def stop(program: subprocess.Popen[str]) -> None:
    """See a program off that was told to end: wait, then ask, then insist."""
    for insist in (program.terminate, program.kill):
        try:
            program.wait(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            insist()
        except KeyboardInterrupt:
            program.kill()
        else:
            return


def refuse_full_disk(folder: Path, needed: int) -> None:
    """Raise RefusedError when the folder's disk has less than `needed` bytes left."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise RefusedError(
            f"Ổ đĩa chứa {folder} chỉ còn {free // MEGABYTE} MB, cần ít nhất "
            f"{needed // MEGABYTE} MB: hãy dọn bớt rồi chạy lại."
        )


def explain_os_error(error: OSError) -> str:
    """Give the sentence for what the operating system refused."""
    if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return "Ổ đĩa đã đầy: hãy dọn bớt rồi chạy lại."
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return (
            f"Không được phép ghi vào {error.filename or ROOT}: hãy kiểm tra quyền của thư mục, "
            "và rằng không còn chương trình nào đang dùng nó."
        )
    return f"Hệ điều hành báo lỗi: {error}."


def speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def heed_termination() -> None:
    """Let the signals that ask to end do what Ctrl+C does."""

    def end(*_: object) -> NoReturn:
        raise Terminated

    signal.signal(signal.SIGTERM, end)
    # A closed terminal ends it too, unless `nohup` was asked to see to that.
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, end)


def say(text: str) -> None:
    print(text, flush=True)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    speak_utf8()
    heed_termination()
    sys.exit(main(sys.argv[1:]))
