"""What falls if one leaves, for everybody in the whole province, against one full audit."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from app import clock
from app.queries.network import network_rows
from app.queries.robustness import falls_in
from app.queries.settings import SiteSettings, get_settings
from bench.changes import EVERYWHERE, meetings
from bench.lab import Bench, Lab
from bench.measuring import Bounds, Measured, interleaved, timed
from graphs.audit import AuditReport, audit
from graphs.comparison import only_in, ward_changes
from graphs.findings import SubjectKind
from graphs.network import build_network
from graphs.robustness import Fall
from graphs.rows import NetworkRows
from graphs.supposing import after_leaving
from graphs.timeline import is_open
from models import db

SAMPLES = 12
"""So many of each kind are compared with an audit of all rows without them."""


def n_minus_1(lab: Lab) -> Iterator[Measured]:
    """Everybody's leaving just after a change, against reading and auditing all rows."""
    with lab.site.app.app_context():
        changes = meetings(lab.site)
        times = interleaved(_falls, _audit, before_each=partial(next, changes))
        fault = _fault(_falls())
    yield timed("reading and auditing all rows anew", times, fault=fault)


def _falls() -> tuple[Fall, ...]:
    db.session.remove()
    return falls_in(EVERYWHERE, clock.today())


def _audit() -> AuditReport:
    db.session.remove()
    day = clock.today()
    settings, rows = _rows(day)
    return audit(build_network(rows, as_of=day), settings.thresholds)


def _rows(day: date) -> tuple[SiteSettings, NetworkRows]:
    settings = get_settings(day)
    return settings, network_rows(EVERYWHERE, day, default_capacity=settings.default_capacity)


def _fault(falls: tuple[Fall, ...]) -> str | None:
    """Whom an audit of all rows without them tells otherwise, among the heaviest and some more."""
    db.session.remove()
    day = clock.today()
    settings, rows = _rows(day)
    before = audit(build_network(rows, as_of=day), settings.thresholds)
    for fall in _sample(falls):
        after = audit(build_network(_without(rows, fall, day), as_of=day), settings.thresholds)
        found = (
            only_in(after.findings, before.findings),
            only_in(before.findings, after.findings),
            tuple(ward_changes(before, after)),
        )
        if found != (fall.opened, fall.closed, fall.changes):
            return f"{fall.subject} leaves otherwise"
    return None


def _sample(falls: tuple[Fall, ...]) -> Iterator[Fall]:
    for kind in (SubjectKind.PERSON, SubjectKind.MENTOR, SubjectKind.WARD):
        of_kind = [fall for fall in falls if fall.subject.kind is kind]
        heaviest = sorted(of_kind, key=lambda fall: fall.weight, reverse=True)[: SAMPLES // 2]
        yield from (*heaviest, *of_kind[:: len(of_kind) // (SAMPLES // 2) + 1])


def _without(rows: NetworkRows, fall: Fall, day: date) -> NetworkRows:
    kind, key = fall.subject
    is_ward, is_person = kind is SubjectKind.WARD, kind is SubjectKind.PERSON
    mentors = {row.id for row in rows.mentors if is_ward and row.ward == key and is_open(row, day)}
    posts = {
        row.id
        for row in rows.posts
        if (is_ward and row.ward == key) or (is_person and row.person == key)
    }
    if isinstance(key, int) and not is_person:
        mentors = {key}
    return after_leaving(rows, mentors=mentors, posts=posts, on=day)


BENCHES = {"n_minus_1": Bench(Bounds(3, 1), n_minus_1)}
