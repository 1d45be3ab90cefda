"""How connections are set up: SQLite's pragmas, its BEGIN, and its checkpoints in one place."""

import sqlite3
from pathlib import Path
from threading import Event, Thread
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, event

CHECKPOINT_SECONDS = 20
# Set in the info of a session while it writes (`app/services/transaction.py`).
WRITING = "active_unit"

# As many connections stay open as requests are answered at once, and a few for work behind them.
# A new one takes PostgreSQL longer than a page; SQLite reads again what others have in memory.
CONNECTIONS_KEPT = 20
ENGINE_OPTIONS = {
    # Statements in error messages, and thus in logs, show no values.
    "hide_parameters": True,
    "pool_size": CONNECTIONS_KEPT,
    # The one used last remembers most.
    "pool_use_lifo": True,
}


def configure_engine(engine: Engine) -> None:
    """Set up every new connection of a SQLite engine, and what PostgreSQL says of errors."""
    if engine.dialect.name != "sqlite":
        event.listen(engine, "handle_error", _drop_details)
        return
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own BEGIN is deferred and loses updates; we emit ours in `_begin`.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        # A statement on a table with triggers keeps a journal; in a file it costs a long import
        # a tenth of its writing.
        "temp_store=MEMORY",
        # One dedicated connection checkpoints: before SQLite 3.51.3 two at once may corrupt.
        "wal_autocheckpoint=0",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _drop_details(context: ExceptionContext) -> None:
    """Cut an error down to its first line: PostgreSQL adds the row, with names and phones."""
    diagnosis = getattr(context.original_exception, "diag", None)
    if diagnosis is None or diagnosis.message_detail is None or not context.sqlalchemy_exception:
        return
    full, short = str(context.original_exception), diagnosis.message_primary or ""
    wrapper = context.sqlalchemy_exception
    wrapper.args = (str(wrapper.args[0]).replace(full, short), *wrapper.args[1:])
    context.original_exception.args = (short,)


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


class Checkpointer:
    """A thread with its own connection that moves SQLite's log into the file now and then.

    It also keeps one connection open for the life of the process, without which even reads fail on
    a full disk.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stop = Event()
        self._thread = Thread(target=self._run, name="checkpointer", daemon=True)

    def start(self) -> None:
        """Begin to checkpoint in the background."""
        self._thread.start()

    def stop(self) -> None:
        """Checkpoint once more and end."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        connection = sqlite3.connect(self._path, isolation_level=None, timeout=5)
        connection.execute("PRAGMA wal_autocheckpoint=0")
        while not self._stop.wait(CHECKPOINT_SECONDS):
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


def sqlite_file(engine: Engine) -> Path | None:
    """Return the file of a SQLite engine, or nothing for another database or one in memory."""
    name: Any = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return Path(name)
