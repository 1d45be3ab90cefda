"""Saving a help session against a bare insert that is as safe."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
from sqlalchemy import make_url

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
        procedure_id, period_id = connection.execute(IDS).fetchone()
        saving = sessions(ward_id, procedure_id)
        row = (
            *(ward_id, clock.today().isoformat(), procedure_id, "together", "done", 15, True),
            *(period_id, clock.now().replace(tzinfo=None).isoformat(" "), 1),
        )
        statement = INSERT if bare.url is None else INSERT.replace("?", "%s")

        def insert() -> None:
            connection.execute("BEGIN" if bare.url else "BEGIN IMMEDIATE")
            connection.execute(statement, row)
            connection.execute("COMMIT")

        before = site.count_sessions()
        times = interleaved(lambda: next(saving), insert, clock=wall_clock)
        saved = site.count_sessions() - before
    fault = None if saved > times.rounds else f"only {saved} sessions were stored"
    yield timed("a bare insert and commit, synced as well; wall time", times, fault=fault)


INSERT = f"INSERT INTO help_sessions ({COLUMNS}) VALUES ({', '.join('?' * 10)})"  # noqa: S608  # constants
# A procedure and the last reporting period.
IDS = "SELECT (SELECT min(id) FROM procedures), (SELECT max(id) FROM reporting_periods)"


def _connection(site: Site) -> Any:  # noqa: ANN401  # of either driver: they are used alike
    if site.url is not None:
        address = make_url(site.url).set(drivername="postgresql")
        return psycopg.connect(address.render_as_string(), autocommit=True)
    connection = sqlite3.connect(site.database, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


BENCHES = {"save_session": Bench(Bounds(5, 2.5), save_session)}
