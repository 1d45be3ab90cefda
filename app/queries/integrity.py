"""Whether the database is whole: its own checks, overlaps, and the rows of the log's chain."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import RowMapping, inspect, select, text
from sqlalchemy.exc import DatabaseError

from app.access.scope import WardScope
from models import Change, DeskDay, DeskTopic, db
from models.name_index import COMPARE_INDEX, NAME_TRIGGERS
from models.overlap import FAR_FUTURE, NO_OVERLAPS, NoOverlap

CHUNK = 5_000


class TallyDifference(NamedTuple):
    """A tally with rows that counting anew does not give: how many, and the key of the first."""

    table: str
    rows: int
    first: tuple[object, ...]


def list_file_problems(scope: WardScope) -> list[str]:
    """Return what SQLite itself finds wrong with its file; PostgreSQL has no such check."""
    _require_everywhere(scope)
    if db.engine.dialect.name != "sqlite":
        return []
    found = db.session.scalars(text("PRAGMA integrity_check(20)")).all()
    return [str(line) for line in found if line != "ok"]


def count_orphans(scope: WardScope) -> dict[str, int]:
    """Return by table how many rows point at rows that do not exist; only tables that have any."""
    _require_everywhere(scope)
    counts: dict[str, int] = {}
    if db.engine.dialect.name == "sqlite":
        for row in db.session.execute(text("PRAGMA foreign_key_check")):
            counts[row[0]] = counts.get(row[0], 0) + 1
    return counts


def count_overlaps(scope: WardScope) -> dict[str, int]:
    """Return by table how many pairs of rows overlap although they must not."""
    _require_everywhere(scope)
    counts = {
        rule.table: db.session.scalar(text(_overlap_query(rule))) or 0 for rule in NO_OVERLAPS
    }
    return {table: count for table, count in counts.items() if count}


def missing_guards(scope: WardScope) -> list[str]:
    """Return SQLite's triggers that are lost: against overlaps, and those that keep the names."""
    _require_everywhere(scope)
    if db.engine.dialect.name != "sqlite":
        return []
    triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    present = set(db.session.scalars(triggers))
    wanted = [f"{rule.name}_{event}" for rule in NO_OVERLAPS for event in ("insert", "update")]
    return [name for name in (*wanted, *NAME_TRIGGERS) if name not in present]


def list_tally_differences(scope: WardScope) -> list[TallyDifference]:
    """Return the tallies of the desks that differ from what the help sessions say."""
    _require_everywhere(scope)
    differences = []
    for tally in (DeskDay, DeskTopic):
        key_length = len(list(tally.__table__.primary_key))
        kept = set(map(tuple, db.session.execute(select(*tally.__table__.columns))))
        counted = set(map(tuple, db.session.execute(tally.counted_anew())))
        keys = sorted({row[:key_length] for row in kept ^ counted})
        if keys:
            differences.append(TallyDifference(tally.__tablename__, len(keys), keys[0]))
    return differences


def has_wrong_names(scope: WardScope) -> bool:
    """Say whether SQLite's index of names finds other words than the names have."""
    _require_everywhere(scope)
    if db.engine.dialect.name != "sqlite":
        return False
    with db.engine.connect() as connection:
        try:
            connection.exec_driver_sql(COMPARE_INDEX)
        except DatabaseError:
            return True
        finally:
            connection.rollback()
    return False


def iterate_changes(scope: WardScope) -> Iterator[RowMapping]:
    """Yield the rows of the change log in the order in which they were written."""
    _require_everywhere(scope)
    columns: list[Any] = list(inspect(Change).columns)
    statement = select(*columns).order_by(Change.id).execution_options(yield_per=CHUNK)
    with db.session.execute(statement) as result:
        yield from result.mappings()


def _require_everywhere(scope: WardScope) -> None:
    """A chain or a file has no part that belongs to one ward."""
    scope.require(None)


def _overlap_query(rule: NoOverlap) -> str:
    same = " AND ".join(f"a.{key} = b.{key}" for key in rule.keys)
    return (
        f"SELECT count(*) FROM {rule.table} AS a JOIN {rule.table} AS b "  # noqa: S608  # our names
        f"ON {same} AND a.id < b.id "
        f"WHERE a.deleted_at IS NULL AND b.deleted_at IS NULL "
        f"AND a.started_on < coalesce(b.ended_on, '{FAR_FUTURE}') "
        f"AND b.started_on < coalesce(a.ended_on, '{FAR_FUTURE}')"
    )
