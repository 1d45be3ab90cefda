"""Runs the benches: `python -m bench [--quick] [--data DIR] [NAME …]`, or makes a table of them."""

import argparse
import multiprocessing
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from bench import one
from bench.measuring import Measured, as_json
from bench.one import Order
from bench.registry import BENCHES, ON_POSTGRESQL
from bench.sites import ROOT, prepare
from bench.table import markdown_table

KEPT = ROOT / ".bench"
# These compare the larger scale with the smaller one.
OF_BOTH_SCALES = frozenset({"page_growth", "plan_growth"})
DONE, FAILED = 0, 1
# Where the system can, a process begins as a copy of one that has loaded the program already.
PROCESSES = (
    multiprocessing.get_context("forkserver")
    if "forkserver" in multiprocessing.get_all_start_methods()
    else multiprocessing.get_context("spawn")
)
PROCESSES.set_forkserver_preload(["bench.one"])


def main(arguments: Sequence[str]) -> int:
    """Run what the command line names: 0 when everything holds, 1 when not, 2 for wrong usage."""
    options = read_options(arguments)
    if options.table:
        print(markdown_table(options.table.read_text(encoding="utf-8").splitlines()))
        return DONE
    scale = "S1" if options.quick else "S2"
    kept = options.data.resolve()
    if options.postgresql:
        return _run_on_postgresql(options.names or sorted(ON_POSTGRESQL), scale, kept)
    names = options.names or [
        name for name in BENCHES if not (options.quick and name in OF_BOTH_SCALES)
    ]
    for needed in ("S1", "S2"):
        if needed == scale or OF_BOTH_SCALES.intersection(names):
            prepare(kept, needed)
    return _run_all(names, scale, kept)


def _run_on_postgresql(names: Sequence[str], scale: str, kept: Path) -> int:
    # Needed here alone: the other benches run without a server.
    from bench.postgresql import running

    # Beside the site in question, `save_session` has a small one for its bare inserts.
    with running(kept, {"S1", scale}):
        return _run_all(names, scale, kept, on_postgresql=True)


def _run_all(names: Sequence[str], scale: str, kept: Path, *, on_postgresql: bool = False) -> int:
    with tempfile.TemporaryDirectory(prefix="run-", dir=kept) as copies:
        folders = kept, Path(copies)
        orders = [
            Order(BENCHES[name].measure.__module__, name, scale, folders, on_postgresql)
            for name in names
        ]
        # All of them are run, also after one that does not hold.
        held = [run_alone(order) for order in orders]
    return DONE if all(held) else FAILED


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; ends the process with 2 where it is wrong."""
    parser = argparse.ArgumentParser(
        prog="python3 dev.py bench", description="Đo tốc độ; mỗi kết quả là một dòng JSON."
    )
    parser.add_argument(
        "names", nargs="*", choices=[[], *BENCHES], metavar="TÊN", help=", ".join(BENCHES)
    )
    parser.add_argument("--quick", action="store_true", help="chỉ đo ở cỡ nhỏ")
    parser.add_argument("--data", type=Path, default=KEPT, help="thư mục giữ dữ liệu mẫu")
    parser.add_argument("--table", type=Path, metavar="TỆP", help="làm bảng từ các dòng JSON")
    parser.add_argument(
        "--postgresql",
        action="store_true",
        help="đo trên một máy chủ PostgreSQL mở riêng: " + ", ".join(sorted(ON_POSTGRESQL)),
    )
    options = parser.parse_args(arguments)
    if options.postgresql and not ON_POSTGRESQL.issuperset(options.names):
        parser.error("--postgresql chỉ đo: " + ", ".join(sorted(ON_POSTGRESQL)))
    return options


def run_alone(order: Order) -> bool:
    """Run one bench in a process of its own, which prints its lines, and say whether all hold.

    So none is measured in what another one left in memory.
    """
    held, holding = PROCESSES.Pipe(duplex=False)
    program = PROCESSES.Process(target=one.run, args=(order, holding))
    program.start()
    holding.close()
    try:
        lines = list(_until_closed(held))
        program.join()
    except BaseException:
        program.terminate()
        raise
    if program.exitcode:
        broken = Measured(of="nothing", ratio=None, rounds=0)
        print(
            as_json(order.shown_name, order.scale, BENCHES[order.name].bounds, broken), flush=True
        )
        return False
    return all(lines)


def _until_closed(held: "Connection[None, bool]") -> Iterator[bool]:
    """Yield for each line whether it holds, until the process has nothing more to tell."""
    with suppress(EOFError):
        while True:
            yield held.recv()


def heed_termination() -> None:
    """Let the signal that asks to end unwind what was begun, as Ctrl+C does."""

    def end(*_: object) -> NoReturn:
        raise SystemExit(FAILED)

    signal.signal(signal.SIGTERM, end)


if __name__ == "__main__":
    heed_termination()
    sys.exit(main(sys.argv[1:]))
