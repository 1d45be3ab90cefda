"""The audit against plain SQL and other graph libraries, of one ward, and after one change."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from itertools import cycle

from app import clock
from app.access.current import require_reader
from app.access.policy import Permission
from app.access.scope import WardScope
from app.queries.audit import audit_scope, audit_ward
from app.queries.network import network_rows
from app.queries.settings import SiteSettings, get_settings
from app.queries.wards import get_ward
from app.worklist.items import work_items
from bench.browsing import COOKIE, Browser, recorded, replay
from bench.changes import EVERYWHERE, meetings
from bench.lab import Bench, Lab
from bench.measuring import ROUNDS, Bounds, Measured, Times, interleaved, timed
from bench.memory import LIBRARIES, peak_of
from bench.plain_sql import plain_totals
from bench.sites import WARD
from graphs.audit import audit
from graphs.live import LiveNetwork, RowChanges
from graphs.network import Network, build_network
from graphs.rows import NetworkRows
from models import db
from models.enums import Role

# A past day for which the network was large already.
DAYS_BACK = 40
ON_A_PAGE = 20
SOME_CHANGES = 200

TotalsOf = Callable[[sqlite3.Connection, date, SiteSettings], dict[str, int]]


def our_totals(day: date) -> dict[str, int]:
    """Return the totals of a day as a request reads them: in a database session of its own."""
    db.session.remove()
    return audit_scope(EVERYWHERE, day).totals._asdict()


def against(lab: Lab, other: TotalsOf, day: date) -> tuple[Times, str | None]:
    """Time our audit of a day against another way to its totals; say what differed.

    Before each of our turns somebody logs a meeting, so that no answer can be one given before.
    """
    site = lab.site
    with site.app.app_context(), closing(site.raw()) as connection:
        settings = get_settings(day)
        changes = meetings(site)
        theirs = partial(other, connection, day, settings)
        fault = _difference(day, theirs)
        times = interleaved(partial(our_totals, day), theirs, before_each=lambda: next(changes))
        return times, fault or _difference(day, theirs)


def _difference(day: date, theirs: Callable[[], dict[str, int]]) -> str | None:
    expected, found = theirs(), our_totals(day)
    if found == expected:
        return None
    wrong = {name for name in {*expected, *found} if expected.get(name) != found.get(name)}
    return f"as of {day} these totals differ: {', '.join(sorted(wrong))}"


def audit_vs_sql(lab: Lab) -> Iterator[Measured]:
    """The audit of today, just after a change, against SQL alone."""
    times, fault = against(lab, plain_totals, clock.today())
    yield timed("plain SQL for the same totals of today", times, fault=fault)


def audit_vs_rustworkx(lab: Lab) -> Iterator[Measured]:
    """The audit of today against a full rebuild by rustworkx, time and memory."""
    yield from _against_library(lab, "rustworkx")


def audit_vs_igraph(lab: Lab) -> Iterator[Measured]:
    """The audit of today against a full rebuild by igraph, time and memory."""
    yield from _against_library(lab, "igraph")


def _against_library(lab: Lab, name: str) -> Iterator[Measured]:
    times, fault = against(lab, LIBRARIES[name], clock.today())
    yield timed(f"time of a full rebuild and audit by {name}", times, fault=fault)
    if lab.is_quick:
        # Few rows weigh less than what the libraries load for them.
        return
    folder = lab.site.folder
    ours, theirs = peak_of("ours", folder), peak_of(name, folder)
    yield Measured(
        of=f"peak memory of a full rebuild and audit by {name}",
        ratio=ours / theirs,
        rounds=ROUNDS,
        peak_mb=ours,
        fault=fault,
    )


def audit_as_of(lab: Lab) -> Iterator[Measured]:
    """The audit of a past day against SQL alone."""
    day = clock.today() - timedelta(DAYS_BACK)
    times, fault = against(lab, plain_totals, day)
    yield timed(f"plain SQL for the same totals of {DAYS_BACK} days ago", times, fault=fault)


def audit_of_ward(lab: Lab) -> Iterator[Measured]:
    """One ward's audit and the first page of its work list, of a past day and of today."""
    cookie = Browser(lab.site, Role.WARD_LEADER).cookie
    today = clock.today()
    past = today - timedelta(DAYS_BACK)
    with lab.site.app.test_request_context("/", headers={"Cookie": f"{COOKIE}={cookie}"}):
        yield _of_ward(lab, past, f"the statements that read it {DAYS_BACK} days ago, run raw")
        yield _of_ward(lab, today, "the statements that read it from all rows of today, run raw")


def _of_ward(lab: Lab, day: date, of: str) -> Measured:
    scope = require_reader().scope_for(Permission.VIEW_WARDS)
    ward_id = get_ward(scope, WARD).id

    def ours() -> None:
        db.session.rollback()
        report = audit_ward(scope, ward_id, day).report
        work_items(scope, report, report.findings[:ON_A_PAGE])

    with recorded(db.engine) as statements:
        db.session.rollback()
        settings = get_settings(day)
        report = audit(_built(scope.narrowed_to(ward_id), day, settings), settings.thresholds)
        work_items(scope, report, report.findings[:ON_A_PAGE])
    is_same = audit_ward(scope, ward_id, day).report == report
    with closing(lab.site.raw()) as connection:
        times = interleaved(ours, partial(replay, connection, statements))
    return timed(of, times, fault=None if is_same else f"another audit of the ward on {day}")


def change_then_audit(lab: Lab) -> Iterator[Measured]:
    """One changed row and the totals read again, against reading and judging all rows."""
    day = clock.today()
    with lab.site.app.app_context():
        settings = get_settings(day)
        rows = network_rows(EVERYWHERE, day, default_capacity=settings.default_capacity)
        kept = LiveNetwork(rows, as_of=day, thresholds=settings.thresholds)
        changed = cycle(changes_of(rows, day))

        def ours() -> None:
            kept.apply(next(changed))
            kept.totals()

        def rebuild() -> None:
            db.session.rollback()
            audit(_built(EVERYWHERE, day, settings), settings.thresholds)

        times = interleaved(ours, rebuild)
        kept.apply(RowChanges(mentorships=list(rows.mentorships)))
        is_same = kept.report() == audit(_built(EVERYWHERE, day, settings), settings.thresholds)
    yield timed(
        "reading and auditing all rows anew",
        times,
        fault=None if is_same else "the kept network tells something else than all its rows",
    )


def changes_of(rows: NetworkRows, day: date) -> list[RowChanges]:
    """Return meetings of today, each followed by its withdrawal, all over the wards."""
    mentorships = [row for row in rows.mentorships if row.ended_on is None]
    some = mentorships[:: max(1, len(mentorships) // SOME_CHANGES)][:SOME_CHANGES]
    return [
        RowChanges(mentorships=[one])
        for row in some
        for one in (row._replace(last_contact_on=day), row)
    ]


def _built(scope: WardScope, day: date, settings: SiteSettings) -> Network:
    rows = network_rows(scope, day, default_capacity=settings.default_capacity)
    return build_network(rows, as_of=day)


BENCHES = {
    "audit_vs_sql": Bench(Bounds(1.8, 0.4), audit_vs_sql),
    "audit_vs_rustworkx": Bench(Bounds(0.7, 0.12), audit_vs_rustworkx),
    "audit_vs_igraph": Bench(Bounds(0.7, 0.12), audit_vs_igraph),
    "audit_as_of": Bench(Bounds(3, 1.5), audit_as_of),
    "audit_ward": Bench(Bounds(4, 2), audit_of_ward),
    "change_then_audit": Bench(Bounds(1 / 5_000, 1 / 20_000), change_then_audit, large_only=True),
}
