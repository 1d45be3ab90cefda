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
