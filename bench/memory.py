"""How much memory an audit of today needs at its peak: `python -m bench.memory SIDE FOLDER`.

Each side runs in a process of its own that has imported everything beforehand, so that only the
audit is counted; ours counts what it keeps for the next one, too.
"""

import gc
import importlib
import multiprocessing
import re
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from statistics import median

from app import clock
from app.access.scope import WardScope
from app.queries.audit import audit_scope
from app.queries.settings import get_settings
from bench.measuring import ROUNDS
from bench.other_graphs import totals_by_igraph, totals_by_rustworkx
from bench.sites import ROOT, Site, make_app, site_environment

KILOBYTE, MEGABYTE = 1024, 1_000_000
# Linux tells the peak and lets it be reset; elsewhere it is that of the whole life.
STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
OURS = "ours"
# No time is taken, so that two may run beside each other.
AT_ONCE = 2
LIBRARIES = {"rustworkx": totals_by_rustworkx, "igraph": totals_by_igraph}


def peak_of(side: str, folder: Path) -> float:
    """Return the peak of one side on a site in 1,000,000 bytes, the median of several processes."""
    answer = subprocess.run(
        [sys.executable, "-m", "bench.memory", side, str(folder)],
        cwd=ROOT,
        env=site_environment(folder),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return float(answer.stdout)


def measure(side: str, folder: Path) -> float:
    """Run one side once in this process and return by how much its memory grew at its peak."""
    if side != OURS:
        importlib.import_module(side)
    site = Site(folder, make_app(folder))
    today = clock.today()
    with site.app.app_context(), closing(site.raw()) as connection:
        settings = get_settings(today)
        before = reset_peak()
        if side == OURS:
            audit_scope(WardScope.everywhere(), today)
        else:
            LIBRARIES[side](connection, today, settings)
        return (peak() - before) / MEGABYTE


def reset_peak() -> int:
    """Begin to look for the peak anew where the system can; return the memory in use, in bytes."""
    gc.collect()
    with suppress(OSError):
        CLEAR.write_text("5", encoding="ascii")
    return peak()


def peak() -> int:
    """Return the most memory that this process has had, in bytes."""
    if STATUS.exists():
        return int(PEAK.findall(STATUS.read_text(encoding="ascii"))[0]) * KILOBYTE
    # Windows has no such module; nothing else of the benches needs it.
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * KILOBYTE


def main(side: str, folder: Path) -> None:
    """Print the median of several measurements, each in a process that ends with it."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    with context.Pool(AT_ONCE, maxtasksperchild=1) as pool:
        peaks = pool.starmap(measure, [(side, folder)] * ROUNDS, chunksize=1)
    sys.stdout.write(f"{median(peaks)}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
