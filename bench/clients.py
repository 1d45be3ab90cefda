"""People at their browsers, for a server that runs elsewhere: `python -m bench.clients < PLAN`.

Standard library only, in a process of its own. The plan and what came of it are JSON.
"""

import http.client
import json
import secrets
import sys
import time
import urllib.parse
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from threading import Thread
from typing import Any, NamedTuple

HOST = "127.0.0.1"
PATIENCE = 30
FIRST_ERROR = 400
KEY_BYTES = 18


class Step(NamedTuple):
    """A request: of whom (the cookie), where, and the form that is sent, if one is."""

    cookie: str
    path: str
    form: Mapping[str, str] | None = None


class Plan(NamedTuple):
    """What each person does in turn, for how long, and how long each thinks in between.

    `seconds` of 0 means once through the steps. Nobody thinks equally long each time: `think` is
    what it comes to on average, between half of it and half as much again.
    """

    port: int
    people: Sequence[Sequence[Step]]
    seconds: float
    think: float


class Outcome(NamedTuple):
    """How long each answer took in seconds, how many were errors or never came.

    `saves`: how many forms were acknowledged.
    """

    times: list[float]
    errors: int
    saves: int


def carry_out(plan: Plan) -> Outcome:
    """Let all people begin, spread over the time one of them thinks, and wait for the last."""
    people = [_Person(plan, place) for place in range(len(plan.people))]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return Outcome(
        [seconds for person in people for seconds in person.times],
        sum(person.errors for person in people),
        sum(person.saves for person in people),
    )


class _Person(Thread):
    def __init__(self, plan: Plan, place: int) -> None:
        super().__init__(daemon=True)
        self._plan = plan
        self._steps = plan.people[place]
        self._rng = Random(place)  # no secret: the same pauses in each run
        self._delay = plan.think * place / len(plan.people)
        self._connection = http.client.HTTPConnection(HOST, plan.port, timeout=PATIENCE)
        self.times: list[float] = []
        self.errors = self.saves = 0

    def run(self) -> None:
        end = time.monotonic() + self._plan.seconds
        time.sleep(self._delay)
        for step in self._turns(end):
            begin = time.perf_counter()
            try:
                status = self._ask(step)
            except (OSError, http.client.HTTPException):
                status = 0
                self._connection.close()
            self.times.append(time.perf_counter() - begin)
            is_success = 0 < status < FIRST_ERROR
            self.errors += not is_success
            self.saves += is_success and step.form is not None
            time.sleep(self._plan.think * self._rng.uniform(0.5, 1.5))
        self._connection.close()

    def _turns(self, end: float) -> Iterable[Step]:
        yield from () if self._plan.seconds else self._steps
        while self._plan.seconds:
            for step in self._steps:
                if time.monotonic() >= end:
                    return
                yield step

    def _ask(self, step: Step) -> int:
        headers = {"Cookie": step.cookie, "Accept": "text/html", "Accept-Encoding": "gzip, br"}
        if step.form is None:
            self._connection.request("GET", step.path, headers=headers)
        else:
            # Each time a new form: its key is what would make a second one count as a repetition.
            form = {**step.form, "form_key": secrets.token_urlsafe(KEY_BYTES)}
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(form)
            self._connection.request("POST", step.path, body=body, headers=headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status


def read_plan(text: str) -> Plan:
    """Read a plan back from JSON."""
    kept: dict[str, Any] = json.loads(text)
    people = [[Step(*step) for step in person] for person in kept.pop("people")]
    return Plan(people=people, **kept)


if __name__ == "__main__":
    json.dump(carry_out(read_plan(sys.stdin.read()))._asdict(), sys.stdout)
