"""Spans of days that may not overlap, kept by the database itself.

PostgreSQL has exclusion constraints. SQLite has triggers, which a batch change of a table silently
drops; so `migrations/env.py` makes them anew after every migration from the list below.
"""

from collections.abc import Iterator
from typing import NamedTuple

FAR_FUTURE = "9999-12-31"


class NoOverlap(NamedTuple):
    """Rows of `table` that agree in `keys` never have overlapping spans of days.

    A key that is empty agrees with nothing.
    """

    table: str
    keys: tuple[str, ...]
    suffix: str = ""

    @property
    def name(self) -> str:
        return f"no_overlap_{self.table}{self.suffix}"


NO_OVERLAPS = (
    NoOverlap("mentors", ("person_id",)),
    NoOverlap("mentees", ("person_id",)),
    NoOverlap("support_posts", ("person_id", "ward_id")),
    NoOverlap("mentorships", ("mentee_id",)),
    NoOverlap("pauses", ("mentor_id",), "_of_mentor"),
    NoOverlap("pauses", ("mentee_id",), "_of_mentee"),
    NoOverlap("pauses", ("support_post_id",), "_of_post"),
    NoOverlap("duty_patterns", ("support_post_id", "week_half")),
)


def postgresql_constraint(rule: NoOverlap) -> str:
    """Write the exclusion constraint; `int8range` spares the extension that plain `=` needs."""
    keys = ", ".join(f"int8range({key}, {key}, '[]') WITH &&" for key in rule.keys)
    # A range without bounds, which empty keys would make, overlaps with every other.
    has_keys = " AND ".join(f"{key} IS NOT NULL" for key in rule.keys)
    return (
        f"ALTER TABLE {rule.table} ADD CONSTRAINT {rule.name} EXCLUDE USING gist "
        f"({keys}, daterange(started_on, ended_on) WITH &&) "
        f"WHERE (deleted_at IS NULL AND {has_keys})"
    )


def sqlite_triggers(rule: NoOverlap) -> Iterator[str]:
    """Write the statements that drop and make the triggers on insert and on update."""
    same = " AND ".join(f"other.{key} = NEW.{key}" for key in rule.keys)
    for event in ("INSERT", "UPDATE"):
        name = f"{rule.name}_{event.lower()}"
        yield f"DROP TRIGGER IF EXISTS {name}"
        overlapping = (
            f"{same} AND other.id IS NOT NEW.id AND other.deleted_at IS NULL "
            f"AND other.started_on < coalesce(NEW.ended_on, '{FAR_FUTURE}') "
            f"AND NEW.started_on < coalesce(other.ended_on, '{FAR_FUTURE}')"
        )
        # The names come from the list above, never from outside.
        finding = f"SELECT 1 FROM {rule.table} AS other WHERE {overlapping}"  # noqa: S608
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {rule.table} "
            f"WHEN NEW.deleted_at IS NULL AND EXISTS ({finding}) "
            f"BEGIN SELECT RAISE(ABORT, '{rule.name}'); END"
        )
