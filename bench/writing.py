"""Saving a help session against a bare insert that is as safe."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from app import clock
from app.queries.wards import get_ward
from bench.changes import EVERYWHERE, sessions
from bench.lab import Bench, Lab
from bench.measuring import Bounds, Measured, interleaved, timed, wall_clock
from bench.sites import WARD, Site

COLUMNS = (
    "ward_id, service_date, procedure_id, mode, result, minutes, is_first_this_year, "
    "reported_in_id, entered_at, version"
)
# As `app.database` sets a connection up.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "wal_autocheckpoint=0")


def save_session(lab: Lab) -> Iterator[Measured]:
    """The service that logs a turn of help: rights, log, tallies, everything, then one commit."""
    site = lab.site
    # Rows that nobody logged would not fit the tallies: they go to a database of their own.
    bare = lab.sites.copy("S1", "inserts")
    with site.app.app_context(), closing(_connection(bare)) as connection:
        ward_id = get_ward(EVERYWHERE, WARD).id
        procedure_id, period_id = _ids(connection)
        saving = sessions(ward_id, procedure_id)
        row = (
            *(ward_id, clock.today().isoformat(), procedure_id, "together", "done", 15, True),
            *(period_id, clock.now().replace(tzinfo=None).isoformat(" "), 1),
        )

        def insert() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(INSERT, row)
            connection.execute("COMMIT")

        before = _count(site)
        times = interleaved(lambda: next(saving), insert, clock=wall_clock)
        saved = _count(site) - before
    fault = None if saved > times.rounds else f"only {saved} sessions were stored"
    yield timed("a bare insert and commit, synced as well; wall time", times, fault=fault)


INSERT = f"INSERT INTO help_sessions ({COLUMNS}) VALUES ({', '.join('?' * 10)})"  # noqa: S608  # constants


def _connection(site: Site) -> sqlite3.Connection:
    connection = sqlite3.connect(site.database, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _ids(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return a procedure and the last reporting period."""
    query = "SELECT (SELECT min(id) FROM procedures), (SELECT max(id) FROM reporting_periods)"
    procedure_id, period_id = connection.execute(query).fetchone()
    return procedure_id, period_id


def _count(site: Site) -> int:
    with closing(site.raw()) as connection:
        count: int = connection.execute("SELECT count(*) FROM help_sessions").fetchone()[0]
    return count


BENCHES = {"save_session": Bench(Bounds(5, 2.5), save_session)}
