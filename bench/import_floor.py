"""What the rows of an import cost SQLite alone: `python -m bench.import_floor KEPT [ROWS]`.

The statements of one import are noted and run again through the bare driver, on a site of S2 from
the folder of `dev.py bench` as it is and on some that lack one of its guarantees. Prints a table;
every figure is CPU time over that of merely reading the file, the least of the rounds, since others
on the machine can only add to it. Takes three minutes.
"""

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.exchange.workbook import read_workbook
from app.services.import_roster import import_roster
from bench.changes import EVERYWHERE
from bench.import_workbook import write_roster
from bench.importing import ROWS, SEED, forget_garbage, read_merely
from bench.sites import DATABASE, Site, copy_site, make_app

ROUNDS = 3
SCALE = "S2"
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA wal_autocheckpoint=0",
    "PRAGMA foreign_keys=ON",
)
NO_FOREIGN_KEYS = "PRAGMA foreign_keys=OFF"

Statement = tuple[str, Any]


class Guarantee(NamedTuple):
    """What a site may lack: triggers by a pattern of their names, or what a pragma sees to.

    No indexes: the pages of a dropped one are taken for others, which costs more than it saved.
    """

    name: str
    triggers: str = ""
    pragma: str = ""


ALL = Guarantee("all statements that write")
GUARANTEES = (
    ALL,
    Guarantee("foreign keys", pragma=NO_FOREIGN_KEYS),
    Guarantee("rules against overlaps", "no_overlap_%_insert"),
    Guarantee("index of the words of names", "person_names_insert"),
)


def main(kept: Path, rows: int) -> None:
    """Print the table for a file of that many rows."""
    with tempfile.TemporaryDirectory(prefix="floor-", dir=kept) as folder:
        scratch = Path(folder)
        path = scratch / "roster.xlsx"
        write_roster(path, rows, SEED)
        content = path.read_bytes()
        statements = _note(kept, scratch, content)
        reading, checked = _reading(content)
        took = _replayed(kept, scratch, statements)
    print("| Part of the import | ÷ merely reading |", "| --- | --: |", sep="\n")
    print(f"| reading, unpacked and checked beforehand | {checked / reading:.2f} |")
    print(f"| {ALL.name}, by the bare driver | {took[ALL] / reading:.2f} |")
    for one in GUARANTEES[1:]:
        print(f"| of that: {one.name} | {(took[ALL] - took[one]) / reading:.2f} |")


def _note(kept: Path, scratch: Path, content: bytes) -> list[Statement]:
    """Import the file into a copy, and return all that was asked of the database to write."""
    site = Site(_copy(kept, scratch), make_app(scratch / SCALE))
    with site.app.app_context(), _noting() as noted:
        import_roster(EVERYWHERE, content, "roster.xlsx", only_good=True)
    return noted


@contextmanager
def _noting() -> Iterator[list[Statement]]:
    noted: list[Statement] = []

    def note(_connection: object, _cursor: object, sql: str, values: object, *_: object) -> None:
        if sql.startswith(("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE", "PRAGMA cache_size =")):
            noted.append((sql, values))

    def note_commit(_connection: object) -> None:
        noted.append(("COMMIT", ()))

    event.listen(Engine, "before_cursor_execute", note)
    event.listen(Engine, "commit", note_commit)
    try:
        yield noted
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        event.remove(Engine, "commit", note_commit)


def _reading(content: bytes) -> tuple[float, float]:
    merely, checked = lambda: read_merely(content), lambda: read_workbook(content)
    times = [(_time_of(merely), _time_of(checked)) for _ in range(ROUNDS + 1)][1:]
    return min(one for one, _ in times), min(other for _, other in times)


def _replayed(kept: Path, scratch: Path, statements: Sequence[Statement]) -> dict[Guarantee, float]:
    """Return how long the statements take without each guarantee; the sites take turns."""
    times: dict[Guarantee, list[float]] = {one: [] for one in GUARANTEES}
    for _ in range(ROUNDS):
        for one, taken in times.items():
            with closing(_without(_copy(kept, scratch) / DATABASE, one)) as connection:
                taken.append(_time_of(lambda: _run(connection, statements)))
    return {one: min(taken) for one, taken in times.items()}


def _without(database: Path, missing: Guarantee) -> sqlite3.Connection:
    connection = sqlite3.connect(database, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    if missing.pragma:
        connection.execute(missing.pragma)
    named = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE ?"
    for (name,) in connection.execute(named, (missing.triggers,)).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    return connection


def _run(connection: sqlite3.Connection, statements: Sequence[Statement]) -> None:
    for sql, values in statements:
        if sql != "COMMIT" or connection.in_transaction:  # those of reading were not noted
            connection.execute(sql, values)


def _copy(kept: Path, scratch: Path) -> Path:
    folder = scratch / SCALE
    shutil.rmtree(folder, ignore_errors=True)
    copy_site(kept / SCALE, folder)
    return folder


def _time_of(action: Callable[[], object]) -> float:
    forget_garbage()
    start = process_time()
    action()
    return process_time() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ROWS)  # noqa: PLR2004
