"""How the time of an audit, and of one change, grows with the network: four sizes in one run."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import cycle
from math import log
from statistics import linear_regression

from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.queries.audit import audit_scope
from app.queries.network import network_rows
from app.queries.settings import get_settings
from bench.audits import changes_of
from bench.lab import Bench, Lab
from bench.measuring import MILLISECONDS, ROUNDS, Action, Bounds, Measured, in_turns
from graphs.audit import AuditReport, audit
from graphs.live import LiveNetwork, RowChanges
from graphs.network import build_network
from graphs.rows import NetworkRows
from models import Ward, db

SHARES = (8, 4, 2, 1)
"""Every eighth ward, every fourth, every second, all of them: each about twice as many people."""


def audit_growth(lab: Lab) -> Iterator[Measured]:
    """Reading and auditing all rows of more and more wards."""
    day = clock.today()
    with lab.site.app.app_context():
        scopes = _scopes()
        sizes = [_size(_rows(scope, day)) for scope in scopes]
        is_same = all(audit_scope(scope, day) == _audit(scope, day) for scope in scopes)
        seconds = in_turns([partial(_audit, scope, day) for scope in scopes])
    fault = None if is_same else "the program tells something else than all rows of some wards"
    yield _exponent("reading and auditing all rows", sizes, seconds, fault)


def change_growth(lab: Lab) -> Iterator[Measured]:
    """One changed row and the totals read again, among more and more people."""
    day = clock.today()
    with lab.site.app.app_context():
        thresholds = get_settings(day).thresholds
        networks = [_rows(scope, day) for scope in _scopes()]
    kept = [LiveNetwork(rows, as_of=day, thresholds=thresholds) for rows in networks]
    turns = [_changing(live, rows, day) for live, rows in zip(kept, networks, strict=True)]
    seconds = in_turns(turns)
    fault = None
    for live, rows in zip(kept, networks, strict=True):
        live.apply(RowChanges(mentorships=list(rows.mentorships)))
        if live.report() != audit(build_network(rows, as_of=day), thresholds):
            fault = "a kept network tells something else than all its rows"
    yield _exponent("one change and all totals", [_size(rows) for rows in networks], seconds, fault)


def _scopes() -> list[WardScope]:
    wards = db.session.scalars(select(Ward.id).order_by(Ward.code)).all()
    return [WardScope.of(wards[::share]) for share in SHARES]


def _rows(scope: WardScope, day: date) -> NetworkRows:
    return network_rows(scope, day, default_capacity=get_settings(day).default_capacity)


def _size(rows: NetworkRows) -> int:
    return sum(1 for people in (rows.mentors, rows.mentees) for _ in people)


def _audit(scope: WardScope, day: date) -> AuditReport:
    db.session.remove()
    network = build_network(_rows(scope, day), as_of=day)
    return audit(network, get_settings(day).thresholds)


def _changing(live: LiveNetwork, rows: NetworkRows, day: date) -> Action:
    changes = cycle(changes_of(rows, day))

    def change() -> None:
        live.apply(next(changes))
        live.totals()

    return change


def _exponent(
    what: str, sizes: Sequence[int], seconds: Sequence[float], fault: str | None
) -> Measured:
    """The power of the number of people with which the time grows: the slope between logarithms."""
    slope, _ = linear_regression([log(size) for size in sizes], [log(time) for time in seconds])
    return Measured(
        of=f"exponent: {what}, {' → '.join(map(str, sizes))} mentors and mentees",
        ratio=slope,
        rounds=ROUNDS,
        median_ms=seconds[-1] * MILLISECONDS,
        baseline_ms=seconds[0] * MILLISECONDS,
        fault=fault,
    )


BENCHES = {
    "audit_growth": Bench(Bounds(1.1, 1.0), audit_growth),
    "audit_growth_of_one_change": Bench(Bounds(0.15, 0.05), change_growth),
}
