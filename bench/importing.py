"""A roster of a hundred thousand people, from the file to the network, against reading it."""

import gc
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineWorkbook

from app.services.import_roster import import_roster
from bench.changes import EVERYWHERE
from bench.import_workbook import write_roster
from bench.lab import Bench, Lab
from bench.measuring import Bounds, Measured, Times, interleaved, timed
from bench.memory import MEGABYTE, peak, reset_peak
from bench.sites import Site
from models import db

ROWS, QUICK_ROWS, PART, SEED = 100_000, 10_000, 10, 1
# What a tenth of the rows takes, the whole may take ten times, and a little more.
STILL_FLAT = 1.5
# Of the made-up rows one in a thousand is wrong, and some clash with who is recorded already.
FEWEST_GOOD = 0.99
# A row is new when something is made of it: a role, or a pairing of a role that is there already.
MADE = """
SELECT (SELECT count(*) FROM mentors) + (SELECT count(*) FROM mentees)
  + (SELECT count(*) FROM support_posts)
  + (SELECT count(*) FROM mentorships s JOIN mentees m ON m.id = s.mentee_id
     WHERE s.batch_id <> m.batch_id)
"""


class Written(NamedTuple):
    """How many rows of a file were said to be new, and of how many something was recorded."""

    told: int
    recorded: int
    peak_mb: float


def import_100k(lab: Lab) -> Iterator[Measured]:
    """Read, check, match, write and log a whole file; the site is a fresh one each time."""
    rows = QUICK_ROWS if lab.is_quick else ROWS
    small, small_written = _against_reading(lab, rows // PART)
    large, large_written = _against_reading(lab, rows)
    growth = large.measured / small.measured / PART
    yield timed(
        f"calamine merely reading the same {rows:,} rows; a row takes {growth:.2f} times as long "
        f"as one of a tenth of them, {rows / large.measured:,.0f} rows a second",
        large,
        peak_mb=max(one.peak_mb for one in large_written),
        fault=_fault(small_written, rows // PART)
        or _fault(large_written, rows)
        or (f"a row takes {growth:.2f} times as long" if growth > STILL_FLAT else None),
    )


def _against_reading(lab: Lab, rows: int) -> tuple[Times, list[Written]]:
    path = lab.sites.scratch / f"{rows}.xlsx"
    write_roster(path, rows, SEED)
    content = path.read_bytes()
    written: list[Written] = []
    fresh: list[Site] = []

    def renew() -> None:
        fresh[:] = [lab.sites.copy(lab.scale, "import")]
        forget_garbage()

    def bring_in() -> None:
        written.append(_bring_in(fresh[0], path, content))

    times = interleaved(
        bring_in, lambda: read_merely(content), before_each=renew, before_baseline=forget_garbage
    )
    return times, written


def forget_garbage() -> None:
    """Leave nothing for the collector: whoever merely reads has no import to clean up after."""
    gc.collect()
    gc.freeze()


def _bring_in(site: Site, path: Path, content: bytes) -> Written:
    before = _count(site)
    with site.app.app_context():
        in_use = reset_peak()
        report = import_roster(EVERYWHERE, content, path.name, only_good=True)
        most = peak() - in_use
        db.session.remove()
        db.engine.dispose()
    told = report.plan.counts.created if report.is_written else 0
    return Written(told, _count(site) - before, most / MEGABYTE)


def read_merely(content: bytes) -> int:
    """Read all cells by calamine, and return how many rows there are."""
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    return sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)


def _count(site: Site) -> int:
    with closing(site.raw()) as connection:
        count: int = connection.execute(MADE).fetchone()[0]
    return count


def _fault(written: list[Written], rows: int) -> str | None:
    wrong = [one for one in written if one.told != one.recorded or one.told < FEWEST_GOOD * rows]
    if not wrong:
        return None
    return f"of {rows} rows {wrong[0].told} were new as told, {wrong[0].recorded} are recorded"


BENCHES = {"import_100k": Bench(Bounds(6, 3), import_100k)}
