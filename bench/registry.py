"""Every bench by its name, in the order in which they are told."""

from bench import (
    audits,
    figures,
    growing,
    importing,
    pages,
    planning,
    recruiting,
    robustness,
    searching,
    servers,
    writing,
)
from bench.lab import Bench

BENCHES: dict[str, Bench] = {
    **audits.BENCHES,
    **growing.BENCHES,
    **planning.BENCHES,
    **recruiting.BENCHES,
    **robustness.BENCHES,
    **figures.BENCHES,
    **pages.BENCHES,
    **servers.BENCHES,
    **writing.BENCHES,
    **importing.BENCHES,
    **searching.BENCHES,
}
# How long people wait who write and read at once; the others measure SQLite, or no database at all.
ON_POSTGRESQL = frozenset({"desk_50", "save_session", "users_50", "writers_32"})
