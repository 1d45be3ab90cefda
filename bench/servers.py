"""The real server under people: fifty who read, thirty-two who write."""

import json
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain, cycle

from werkzeug.test import Client

from app import clock
from app.demonstration.sign_ins import DemoSignIn
from app.formatting import format_day
from app.queries.wards import list_wards
from app.services.account_rows import GrantTerms
from app.services.create_account import create_account
from app.services.sign_in import new_sign_in
from app.services.transaction import technical_write
from bench.browsing import COOKIE, TOKEN, sign_in
from bench.changes import EVERYWHERE
from bench.clients import HOST, Outcome, Plan, Step
from bench.lab import Bench, Lab, WrongAnswerError
from bench.measuring import MILLISECONDS, ROUNDS, Bounds, Measured, percentile
from bench.sites import ROOT, Site, flask_command
from models.enums import HelpMode, HelpResult, Role

LOG_NAME = "server.log"
WRITERS, IDLE = 32, 200
THINK_SECONDS, PACE_SECONDS = 1.0, 1.0
SECONDS_A_ROUND, QUICK_SECONDS_A_ROUND = 4.0, 1.0
SECONDS_TO_COME_UP = 60
DESK, LISTS = "/ho-tro", ("/viec-can-lam", "/mentor", "/nguoi-hoc")
# How many read as what, and which pages: wards at work, and the province that looks on.
READERS = {
    Role.WARD_LEADER: (28, (*LISTS, "/xa-cua-toi")),
    Role.SUPPORT: (18, (DESK, "/ho-tro/hom-nay")),
    Role.PROVINCE: (4, ("/ban-do", *LISTS)),
}
USERS = sum(users for users, _ in READERS.values())
PROCEDURE = re.compile(r'name="procedure"[^>]*value="(\d+)"')


def users_50(lab: Lab) -> Iterator[Measured]:
    """How long fifty readers wait, beside idle connections, against one who is alone."""
    people = _readers(lab.site)
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
    steps = [_saving(site, account) for account in _accounts(site, Role.SUPPORT)]
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


def _readers(site: Site) -> list[list[Step]]:
    """Return what each of the users reads, all of them with accounts of their own."""
    with site.app.app_context():
        wards = cycle([ward.id for ward in list_wards(EVERYWHERE)])
        cookies = {
            role: [_new_cookie(site, role, next(wards)) for _ in range(users)]
            for role, (users, _) in READERS.items()
        }
    return [
        _turned([Step(cookie, path) for path in READERS[role][1]], place)
        for role, of_role in cookies.items()
        for place, cookie in enumerate(of_role)
    ]


def _new_cookie(site: Site, role: Role, ward_id: int) -> str:
    """Make an account, in its ward where it has one, and let it in without a password."""
    name = f"bench.{secrets.token_hex(8)}"
    terms = GrantTerms(role, ward_id, clock.today())
    receipt = create_account(EVERYWHERE, username=name, display_name=name, grants=[terms]).receipt
    assert receipt.object_id is not None  # noqa: S101  # for the types: it was just made
    with technical_write() as session:
        row, token = new_sign_in(receipt.object_id, "bench", clock.now())
        session.add(row)
    client = site.app.test_client()
    with client.session_transaction() as kept:
        kept["_user_id"] = token
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None  # noqa: S101  # for the types: it was just set
    return f"{COOKIE}={cookie.value}"


def _turned(steps: list[Step], places: int) -> list[Step]:
    """Begin elsewhere, so that not everybody asks for the same page at the same time."""
    start = places % len(steps)
    return [*steps[start:], *steps[:start]]


def _accounts(site: Site, role: Role) -> Sequence[DemoSignIn]:
    return [account for account in site.accounts() if account.role == role.value]


def _saving(site: Site, account: DemoSignIn) -> Step:
    """Return the form of a session as a desk fills it in."""
    cookie = sign_in(site, account)
    client = Client(site.app)
    client.set_cookie(COOKIE, cookie)
    page = client.get(DESK).get_data(as_text=True)
    token, procedure = TOKEN.search(page), PROCEDURE.search(page)
    if token is None or procedure is None:
        raise WrongAnswerError("the desk's page has no form")
    form = {
        "csrf_token": token[1],
        "procedure": procedure[1],
        "mode": HelpMode.TOGETHER.value,
        "visit": "lan-dau",
        "outcome": HelpResult.DONE.value,
        "service_date": format_day(clock.today()),
    }
    return Step(f"{COOKIE}={cookie}", DESK, form)


BENCHES = {
    "users_50": Bench(Bounds(5, 3), users_50),
    "writers_32": Bench(Bounds(60, 15), writers_32),
}
