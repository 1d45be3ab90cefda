"""The real server under people: fifty who read, thirty-two who write."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain

from bench.browsing import sign_in
from bench.clients import HOST, Outcome, Plan
from bench.lab import Bench, Lab, WrongAnswerError
from bench.measuring import MILLISECONDS, ROUNDS, Bounds, Measured, percentile
from bench.people import USERS, desks, readers, saving
from bench.sites import ROOT, Site, flask_command
from models.enums import Role

LOG_NAME = "server.log"
WRITERS, DESKS, IDLE = 32, 50, 200
THINK_SECONDS, PACE_SECONDS = 1.0, 1.0
SECONDS_A_ROUND, QUICK_SECONDS_A_ROUND = 4.0, 1.0
SECONDS_TO_COME_UP = 60


def users_50(lab: Lab) -> Iterator[Measured]:
    """How long fifty readers wait, beside idle connections, against one who is alone."""
    people = readers(lab.site)
    alone: list[float] = []
    together: list[float] = []
    errors = 0
    with serving(lab.site) as port, ExitStack() as idle:
        for _ in range(IDLE):
            idle.enter_context(socket.create_connection((HOST, port)))
        one = [list(chain.from_iterable(people[: USERS : USERS // 10]))]
        # Whoever reads the whole province lets the server read the network that it keeps.
        ask(Plan(port, [people[-1]], 0, 0))
        ask(Plan(port, one, 0, 0))
        for _ in range(ROUNDS):
            first = ask(Plan(port, one, 0, 0))
            many = ask(Plan(port, people, _seconds_a_round(lab), THINK_SECONDS))
            alone += first.times
            together += many.times
            errors += first.errors + many.errors
    slow, usual = percentile(together, 0.95), percentile(alone, 0.5)
    yield Measured(
        of=f"the median wait of one user alone; the 95th percentile of {USERS} users with "
        f"{IDLE} idle sockets, wall time; {errors} errors",
        ratio=slow / usual,
        rounds=ROUNDS,
        median_ms=slow * MILLISECONDS,
        baseline_ms=usual * MILLISECONDS,
        fault=f"{errors} requests were answered by an error or not at all" if errors else None,
    )


def writers_32(lab: Lab) -> Iterator[Measured]:
    """How long writers wait who save sessions at the same time: the slowest against the usual."""
    site = lab.site
    accounts = [account for account in site.accounts() if account.role == Role.SUPPORT.value]
    steps = [saving(site, sign_in(site, account)) for account in accounts]
    people = [[steps[place % len(steps)]] for place in range(WRITERS)]
    before, times, errors = site.count_sessions(), [], 0
    with serving(site) as port:
        ask(Plan(port, [[step] for step in steps], 0, 0))
        for _ in range(ROUNDS):
            outcome = ask(Plan(port, people, _seconds_a_round(lab), PACE_SECONDS))
            times += outcome.times
            errors += outcome.errors
    stored = site.count_sessions() - before - len(steps)
    acknowledged = len(times) - errors
    slow, usual = percentile(times, 0.99), percentile(times, 0.5)
    faults = [f"{errors} were refused"] if errors else []
    if stored != acknowledged:
        faults.append(f"{acknowledged} were acknowledged and {stored} are stored")
    yield Measured(
        of=f"their own median wait; the 99th percentile of {WRITERS} writers, one save a second "
        f"each, wall time; {acknowledged} acknowledged, {stored} stored, {errors} errors",
        ratio=slow / usual,
        rounds=ROUNDS,
        median_ms=slow * MILLISECONDS,
        baseline_ms=usual * MILLISECONDS,
        fault="; ".join(faults) or None,
    )


def desk_50(lab: Lab) -> Iterator[Measured]:
    """Fifty desks that save a session every second while fifty readers look at their pages.

    Nothing is asked of the waiting here; of the answers, that none is an error, and that each save
    which was acknowledged is stored once.
    """
    site = lab.site
    people = [*([desk] for desk in desks(site, DESKS)), *readers(site)]
    saves = errors = 0
    times: list[float] = []
    before = site.count_sessions()
    with serving(site) as port:
        for _ in range(ROUNDS):
            outcome = ask(Plan(port, people, _seconds_a_round(lab), PACE_SECONDS))
            times += outcome.times
            errors += outcome.errors
            saves += outcome.saves
    stored = site.count_sessions() - before
    faults = [f"{errors} were refused"] if errors else []
    if stored != saves:
        faults.append(f"{saves} were acknowledged and {stored} are stored")
    slow, usual = percentile(times, 0.95), percentile(times, 0.5)
    yield Measured(
        of=f"their own median wait; the 95th percentile of {DESKS} desks that save and {USERS} "
        f"readers, a request a second each, wall time; {saves} acknowledged, {stored} stored, "
        f"{errors} errors",
        ratio=slow / usual,
        rounds=ROUNDS,
        median_ms=slow * MILLISECONDS,
        baseline_ms=usual * MILLISECONDS,
        fault="; ".join(faults) or None,
        is_judged=False,
    )


@contextmanager
def serving(site: Site) -> Iterator[int]:
    """Serve a site on a free port of this machine, as `dev.py run` does."""
    port = free_port()
    command = flask_command("site", "serve", "--host", HOST, "--port", str(port))
    log = site.folder / LOG_NAME
    with (
        log.open("w", encoding="utf-8") as written,
        subprocess.Popen(
            command, cwd=ROOT, env=site.environment(), stdout=written, stderr=written
        ) as server,
    ):
        try:
            _wait_until_up(server, port)
            yield port
        except WrongAnswerError as error:
            raise WrongAnswerError(f"{error}: {log.read_text(encoding='utf-8')[-500:]}") from error
        finally:
            server.terminate()


def free_port() -> int:
    """Return a port of this machine that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def ask(plan: Plan) -> Outcome:
    """Carry a plan out in another process."""
    answer = subprocess.run(
        [sys.executable, "-m", "bench.clients"],
        cwd=ROOT,
        input=json.dumps(plan._asdict()),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return Outcome(**json.loads(answer.stdout))


def _seconds_a_round(lab: Lab) -> float:
    return QUICK_SECONDS_A_ROUND if lab.is_quick else SECONDS_A_ROUND


def _wait_until_up(server: subprocess.Popen[bytes], port: int) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + SECONDS_TO_COME_UP
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise WrongAnswerError("the server ended before it answered")
        try:
            with opener.open(f"http://{HOST}:{port}/healthz", timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise WrongAnswerError(f"the server answers {error.code}") from error
        except OSError:
            time.sleep(0.05)
    raise WrongAnswerError("the server does not answer")


BENCHES = {
    "users_50": Bench(Bounds(5, 3), users_50),
    "writers_32": Bench(Bounds(60, 15), writers_32),
    "desk_50": Bench(Bounds(60, 15), desk_50),
}
